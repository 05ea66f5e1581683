"""Small changes to text for templates: `{% load text_tags %}`."""

import re

from anyascii import anyascii
from django import template
from django.utils import timezone
from django.utils.text import slugify

from ..dates import date_span

register = template.Library()


@register.filter
def anchor(heading: str) -> str:
    """Return an id for a heading: «Når møtes vi?» becomes `nar-motes-vi`."""
    return slugify(anyascii(heading)) or "section"


@register.filter
def tel(number: str) -> str:
    return "tel:" + re.sub(r"[^\d+]", "", str(number))


@register.filter
def days_of(event) -> str:
    """Return the days from `starts_at` to `ends_at`, as people write them."""
    first, last = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    return date_span(first.date(), last.date())
