"""For `make run`: everything on one machine, nothing to set."""

from linksite.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "only-for-development-never-for-people"  # noqa: S105
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
