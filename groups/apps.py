from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Groups")

    def ready(self):
        """Make known the mails about places, and what no mail may name."""
        from linksite.intake.mail import discretion as intake_telling

        from . import mails as mail_kinds  # noqa: F401
        from . import mails as telling

        intake_telling.register(telling.names)
