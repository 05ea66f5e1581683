"""For the tests: quick hashing, mail in memory, a database file that threads can share."""

from pathlib import Path
from tempfile import TemporaryDirectory

from linksite.settings.base import *  # noqa: F403
from linksite.settings.base import DATABASES, ON_POSTGRESQL

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Goes when the process ends.
_FILES = TemporaryDirectory(prefix="linksite-test-")
MEDIA_ROOT = Path(_FILES.name) / "media"
WHITENOISE_AUTOREFRESH = True
if not ON_POSTGRESQL:
    # Not in memory: a lock between two connections has to behave as it does for people.
    DATABASES["default"]["TEST"] = {"NAME": Path(_FILES.name) / "test.sqlite3"}
