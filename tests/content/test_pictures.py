"""Whatever picture an editor chooses, the page opens, and shows no more than the picture."""

import os
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from wagtail.blocks import StructBlockValidationError
from wagtail.images.models import Image, Rendition

from linksite.content.blocks import PictureBlock
from tests import factories as make
from tests.html import soup

GPS = 0x8825


def taken(where="IMG_0001", size=(900, 600), mode="RGB", kind="JPEG", cut=None, **how):
    """Return an uploaded picture, of whose file only the first `cut` bytes are left."""
    content = BytesIO()
    Pillow.new(mode, size, how.pop("color", 0)).save(content, kind, **how)
    file = ImageFile(BytesIO(content.getvalue()), f"{where}.{kind.lower()}")
    picture = Image.objects.create(title=where, file=file)
    if cut is not None:
        os.truncate(picture.file.path, cut)
    return Image.objects.get()


def with_place(kind, **how):
    exif = Pillow.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "Kari Fotograf"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (60.0, 23.0, 30.0)
    return taken(kind=kind, exif=exif, **how)


STRANGE = {
    "sixteen bits": {"mode": "I;16", "kind": "PNG", "color": 40_000},
    "black and white": {"mode": "1", "kind": "PNG"},
    "grey, see-through": {"mode": "LA", "kind": "PNG"},
    "few colours": {"mode": "P", "kind": "GIF", "transparency": 0},
    "for printing": {"mode": "CMYK", "kind": "JPEG"},
    "cut off": {"kind": "JPEG", "size": (900, 600), "cut": 2000},
    "cut off, too": {"kind": "PNG", "cut": 900},
    "empty": {"kind": "JPEG", "cut": 0},
    "one pixel": {"size": (1, 1), "kind": "PNG"},
    "a thread": {"size": (4000, 2), "kind": "WEBP"},
}


@pytest.mark.parametrize("how", STRANGE.values(), ids=STRANGE)
def test_a_strange_picture_takes_no_page_down(client, centre, how, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    picture = taken(**how)
    article = make.ArticlePageFactory(
        parent=centre.nb.articles,
        title="Om sorg",
        lead_picture=[
            ("picture", {"picture": picture}),
        ],
    )
    for address in (article.url, centre.nb.articles.url, centre.nb.home.url):
        assert soup(client.get(address)).h1
    if how.get("cut") == 0:
        return
    client.force_login(make.UserFactory(is_superuser=True))
    for address in ("/admin/images/", f"/admin/images/{picture.pk}/", "/admin/images/chooser/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("cut", [0, 10, 2000])
def test_a_damaged_file_is_refused_in_words(client, centre, cut, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make.UserFactory(is_superuser=True))
    content = BytesIO()
    Pillow.new("RGB", (900, 600)).save(content, "JPEG")
    file = SimpleUploadedFile("halvt.jpg", content.getvalue()[:cut], "image/jpeg")
    response = client.post("/admin/images/add/", {"title": "Halvt", "file": file})
    assert response.status_code == 200 and not Image.objects.exists()
    errors = soup(response).select(".error-message, .w-field__errors")
    assert "".join(error.text for error in errors).strip()


def test_sixteen_bits_become_the_same_grey(client, centre, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    grey = taken(**STRANGE["sixteen bits"]).get_rendition("width-100|format-png")
    with Pillow.open(grey.file.path) as made:
        assert made.convert("L").getpixel((5, 5)) == 40_000 // 256


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("made", ["jpeg", "png", "webp", "avif"])
def test_no_picture_tells_where_it_was_taken(db, kind, made, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with_place(kind).get_rendition(f"width-300|format-{made}")
    [rendition] = Rendition.objects.all()
    with Pillow.open(rendition.file.path) as shown:
        assert not shown.getexif() and "exif" not in shown.info
        # Turned as the camera was held.
        assert shown.height > shown.width
    assert b"Fotograf" not in rendition.file.read()


@pytest.mark.parametrize(
    ("text", "taken_for"),
    [
        ("IMG_0001", True),
        ("img-0001", True),
        ("sommer.jpg", True),
        ("IMG 0001", True),
        ("To stoler ved et vindu", False),
        ("Stoler", False),
    ],
)
def test_a_file_name_is_no_alternative_text(db, tmp_path, settings, text, taken_for):
    settings.MEDIA_ROOT = tmp_path
    picture = taken()
    picture.contextual_alt_text, picture.decorative = text, False
    value = {"picture": picture, "caption": "", "credit": ""}
    if taken_for:
        with pytest.raises(StructBlockValidationError):
            PictureBlock().clean(value)
    else:
        assert PictureBlock().clean(value)["picture"] == picture
