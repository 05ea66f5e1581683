"""Pictures for lists of pages: two queries, however long the list."""

from collections.abc import Iterable

from wagtail.images import get_image_model
from wagtail.images.models import Filter

#: As in `components/article_card.html`.
CARD_SPECS = Filter.expand_spec(["format-{webp,jpeg}", "fill-640x400"])


def with_card_pictures(pages: Iterable) -> list:
    """Return `pages`, each with its `card_picture`: an image with its renditions, or None."""
    pages = list(pages)
    images = get_image_model().objects.prefetch_renditions(*CARD_SPECS)
    found = images.in_bulk({number for page in pages if (number := _picture_id(page))})
    for page in pages:
        page.card_picture = found.get(_picture_id(page))
    return pages


def _picture_id(page):
    """Return the image's id as stored; reading the block itself would cost a query a page."""
    for block in page.lead_picture.raw_data:
        return (block["value"].get("picture") or {}).get("image")
    return None
