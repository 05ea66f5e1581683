"""Facts about an offer, a meeting or a group: `{% load fact_tags %}`."""

from django import template
from django.template.loader import render_to_string

from ..models import Place

register = template.Library()

PLACE_ICONS = {Place.ROOM: "place", Place.VIDEO: "screen", Place.PHONE: "screen"}


@register.simple_block_tag
def fact(content: str, icon: str, label: str) -> str:
    """Return one of a list: `{% fact "clock" _("Meets") %}…{% endfact %}`; a place has its icon."""
    icon = f"components/icons/{PLACE_ICONS.get(icon, icon)}.svg"
    return render_to_string(
        "components/fact.html", {"icon": icon, "label": label, "content": content}
    )
