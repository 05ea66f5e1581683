"""The browser that the tests in `browser/` drive."""

import os
import shutil

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
#: Its path, None if there is none.
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
#: Whether its tests are skipped: never where a browser is required, as in CI.
LEFT_OUT = not CHROMIUM and not os.environ.get("REQUIRE_BROWSER")
MISSING = "No Chromium found, so the browser tests were skipped (Debian: apt install chromium)."
