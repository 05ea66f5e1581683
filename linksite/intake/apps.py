from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "linksite.intake"
    label = "intake"
    verbose_name = _("Intake")

    def ready(self):
        post_save.connect(let_go, sender=settings.AUTH_USER_MODEL)


def let_go(instance, **kwargs):
    """Leave nobody with a colleague whose account has been switched off."""
    from .actions import hand_over  # noqa: PLC0415, models are not there before

    if not instance.is_active:
        hand_over(instance)
