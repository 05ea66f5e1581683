"""Puts the demo's pictures and documents into the library."""

from django.core.files import File
from wagtail.documents.models import Document
from wagtail.images.models import Image

from ..data import FOLDER, in_language, read


def load_media(owner) -> dict[str, int]:
    """Return the new files' primary keys by reference: `picture:cups`, `document:brochure`."""
    files = in_language(read("media"), "nb")
    return {
        **_load(Image, "picture", FOLDER / "pictures", ".webp", files["pictures"], owner),
        **_load(Document, "document", FOLDER / "documents", ".pdf", files["documents"], owner),
    }


def _load(model, kind, folder, suffix, titles, owner):
    return {
        f"{kind}:{name}": _upload(model, folder / (name + suffix), title, owner).pk
        for name, title in titles.items()
    }


def _upload(model, path, title, owner):
    with path.open("rb") as content:
        file = File(content, name=path.name)
        item = model.objects.create(title=title, file=file, uploaded_by_user=owner)
    item.get_file_size()
    item.get_file_hash()
    return item
