from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Groups")

    def ready(self):
        from linksite.intake.queue import register  # noqa: PLC0415 - models can be imported only now

        from .group_queue import GroupQueue  # noqa: PLC0415 - likewise

        register(GroupQueue())
