"""Production settings on this machine: no debug, templates cached, mail into the void."""

import os

from linksite.settings.base import *  # noqa: F403
from linksite.settings.base import BASE_DIR, DATABASES

SECRET_KEY = "only-for-measuring"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE_NAME") or DATABASES["default"]["NAME"]
ROOT_URLCONF = "tests.benchmarks.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STATIC_ROOT = BASE_DIR / "linksite" / "static"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
# Each measured visitor has another address, so that the rate limit never answers instead.
TRUSTED_PROXIES = 1
