"""Reads the demo's data: TOML, in which every text is beside its translations.

Three forms can be anywhere in a file: `{nb = "…", nn = "…", en = "…"}` for a text, `{days = 21,
weekday = 2, time = 18:00:00}` for a date or time counted from today, and `"page:privacy"` for the
primary key of something made before.
"""

import re
import tomllib
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path

from django.utils import timezone

FOLDER = Path(__file__).parent
LANGUAGES = ("nb", "nn", "en")

REFERENCE = re.compile(r"[a-z]+:[a-z0-9-]+")
PAGE_LINK = re.compile(r'<a href="(page:[a-z0-9-]+)">')


@cache
def read(name: str) -> dict:
    """Return the content of `data/<name>.toml`."""
    return tomllib.loads((FOLDER / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def in_language(data, language: str):
    """Return `data` with each text in `language` and each date counted from today."""
    return _change(data, partial(_said, language=language))


def linked(data, made: dict):
    """Return `data` with each reference, also in the links of a text, replaced by a primary key."""
    return _change(data, partial(_linked, made=made))


def pairs(one, other):
    """Yield the strings of `one` with those in the same places of `other`."""
    if isinstance(one, str):
        yield one, other
    elif isinstance(one, dict):
        for key, value in one.items():
            yield from pairs(value, other[key])
    elif isinstance(one, list):
        for mine, theirs in zip(one, other, strict=True):
            yield from pairs(mine, theirs)


def day(days: int, weekday: int | None = None) -> date:
    """Return the date `days` from today, or the first such weekday (Monday is 0) from then on."""
    found = timezone.localdate() + timedelta(days=days)
    return found if weekday is None else found + timedelta(days=(weekday - found.weekday()) % 7)


def _change(data, change):
    data = change(data)
    if isinstance(data, dict):
        return {key: _change(value, change) for key, value in data.items()}
    return [_change(item, change) for item in data] if isinstance(data, list) else data


def _said(value, language):
    if not isinstance(value, dict):
        return value
    if value.keys() == set(LANGUAGES):
        return _tidy(value[language])
    return _moment(**value) if "days" in value else value


def _tidy(text):
    # In a file each paragraph of rich text has its own line; the database has no line breaks.
    return "".join(text.split("\n")) if text.startswith("<") else text


def _moment(days, weekday=None, time=None):
    date = day(days, weekday)
    return timezone.make_aware(datetime.combine(date, time)) if time else date


def _linked(value, made):
    if not isinstance(value, str):
        return value
    if REFERENCE.fullmatch(value):
        return made[value]
    return PAGE_LINK.sub(lambda link: f'<a linktype="page" id="{made[link[1]]}">', value)
