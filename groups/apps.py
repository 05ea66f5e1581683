from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Groups")

    def ready(self):
        # Models can be imported only now.
        from linksite.intake.queue import register

        from .group_queue import GroupQueue

        register(GroupQueue())
