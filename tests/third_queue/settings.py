"""The tests' settings with one app more."""

from linksite.settings.test import *  # noqa: F403
from linksite.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.third_queue.evenings"]
