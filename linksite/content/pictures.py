"""Pictures: published as they are seen and nothing more, and two queries for any list of them."""

from collections.abc import Iterable

from PIL import ImageOps
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError
from willow.image import (
    AvifImageFile,
    GIFImageFile,
    ImageFile,
    JPEGImageFile,
    PNGImageFile,
    WebPImageFile,
)
from willow.plugins.pillow import PillowImage

#: What can be uploaded (`WAGTAILIMAGES_EXTENSIONS`).
FILES = [AvifImageFile, GIFImageFile, JPEGImageFile, PNGImageFile, WebPImageFile]
#: The kinds of pixels that every format of the web can be made from.
KNOWN_MODES = {"1", "CMYK", "L", "LA", "P", "RGB", "RGBA"}
#: Where a camera writes the place, the time and its owner.
METADATA = ["comment", "exif", "photoshop", "xmp", "XML:com.adobe.xmp"]

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


def opened(file: ImageFile) -> PillowImage:
    """Return the picture in a file, all of it.

    Raise `SourceImageIOError` if it cannot be read: Wagtail then shows that it is missing.
    """
    try:
        return PillowImage.open(file)
    except Exception as error:  # Readers of pictures raise whatever they meet.
        raise SourceImageIOError(str(error)) from error


def upright(willow: PillowImage) -> PillowImage:
    """Return a picture turned as its camera was held, in eight bits, without its metadata.

    Wagtail does this first for each picture it makes.
    """
    picture = ImageOps.exif_transpose(willow.image)
    if picture.mode.startswith(("I", "F")):
        # Sixteen bits, as scanners write; converted as they are, all would be white.
        picture = picture.convert("F").point(lambda value: value / 256).convert("L")
    elif picture.mode not in KNOWN_MODES:
        picture = picture.convert("RGB")
    for name in METADATA:
        picture.info.pop(name, None)
    return PillowImage(picture)
