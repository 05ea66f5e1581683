"""The README keeps what it promises."""

import re
from pathlib import Path

from django.conf import settings

README = (settings.BASE_DIR / "README.md").read_text()
SETTINGS = Path(settings.BASE_DIR / "linksite" / "settings")


def test_every_environment_variable_stands_in_its_table():
    read = re.compile(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"')
    asked_for = {name for file in SETTINGS.glob("*.py") for name in read.findall(file.read_text())}
    assert "SECRET_KEY" in asked_for
    assert {name for name in asked_for if f"`{name}`" not in README} == set()


def test_every_file_it_links_to_is_there():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert [link for link in links if not (settings.BASE_DIR / link).exists()] == []


def test_every_make_target_it_names_is_there():
    makefile = (settings.BASE_DIR / "Makefile").read_text()
    named = set(re.findall(r"`make ([a-z-]+)", README))
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.M)} == set()
