"""The one style sheet that visitors fetch, as `npm run css` bundles it."""

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

#: What a first view may weigh without pictures: 45 kB in all, of which the page is about 7.
BUDGET = 32_000


@pytest.fixture
def sheet():
    return (settings.BASE_DIR / "linksite/static/css/site.css").read_text("utf-8")


def test_it_is_one_file_with_the_design_system_and_each_component(sheet):
    assert "@import" not in sheet
    assert ".offer-card" in sheet
    assert "@layer ds.components{.ds-button{" in sheet


def test_first_view_stays_light(sheet):
    assert len(gzip.compress(sheet.encode())) < BUDGET


def linked():
    """Yield the file behind each link to a style sheet or script, by the template that has it."""
    for template in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        for name in re.findall(r"static [\"']([^\"']+)[\"']", template.read_text("utf-8")):
            yield pytest.param(name, id=f"{template.name}-{name}")


@pytest.mark.parametrize("name", [*linked()])
def test_what_a_template_links_to_is_there(name):
    assert finders.find(name)
