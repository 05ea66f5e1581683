"""A third queue is a folder and one class: `evenings/`, which nothing else knows."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).parent


def test_a_third_queue_is_a_folder_and_one_class():
    """Run `walk.py` with settings of its own: an app cannot be added to a running process."""
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    given = {"DJANGO_SETTINGS_MODULE": "tests.third_queue.settings", "DATABASE_URL": "sqlite://"}
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", HERE / "walk.py"],
        env=kept | given,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
