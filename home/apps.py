from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_init, post_migrate, pre_save
from django.utils.translation import gettext_lazy as _

from . import roles


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from .models.words import learn_all  # noqa: PLC0415, models are not there before

        post_migrate.connect(roles.give_roles, sender=self)
        post_migrate.connect(learn_all, sender=self)
        pre_save.connect(unlock, sender=settings.AUTH_USER_MODEL)
        post_init.connect(keep_local_time, sender="wagtailusers.UserProfile")


def unlock(instance, update_fields=None, **kwargs):
    """Let somebody in who has chosen a new password after too many wrong ones."""
    from axes.utils import reset  # noqa: PLC0415, models are not there before

    if instance.pk and not update_fields:
        before = type(instance).objects.filter(pk=instance.pk).values_list("password", flat=True)
        if before.first() not in {None, instance.password}:
            reset(username=instance.get_username())


def keep_local_time(instance, **kwargs):
    """Take no notice of an account's time zone: a meeting is at the hour of its place."""
    instance.current_time_zone = ""
