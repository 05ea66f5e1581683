from django.apps import AppConfig
from django.db.models.signals import post_init, post_migrate
from django.utils.translation import gettext_lazy as _

from . import roles


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from .models.words import learn_all  # noqa: PLC0415, models are not there before

        post_migrate.connect(roles.give_roles, sender=self)
        post_migrate.connect(learn_all, sender=self)
        post_init.connect(keep_local_time, sender="wagtailusers.UserProfile")


def keep_local_time(instance, **kwargs):
    """Take no notice of an account's time zone: a meeting is at the hour of its place."""
    instance.current_time_zone = ""
