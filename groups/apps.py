from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Groups")

    def ready(self):
        """Make known the mails about places, and what no mail may name."""
        from linksite.intake import telling as intake_telling

        from . import mail_kinds, telling  # noqa: F401

        intake_telling.register(telling.names)
