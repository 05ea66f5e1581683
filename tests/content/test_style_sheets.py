"""The one style sheet that visitors fetch."""

import gzip

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from linksite.style_sheets import BundlingStorage, bundle

#: What a first view may weigh without pictures: 45 kB in all, of which the page is about 7.
BUDGET = 32_000


class Found(dict):
    """Where collectstatic would find each file."""

    def __missing__(self, name):
        path = finders.find(name)
        if path is None:
            raise KeyError(name)
        return FileSystemStorage("/"), path

    def __contains__(self, name):
        return finders.find(name) is not None


def test_imports_are_put_in_place():
    sheet = bundle("css/site.css", Found())
    assert "@import" not in sheet
    assert ".offer-card" in sheet
    assert "@layer ds.components {\n.ds-button{" in sheet


def test_first_view_stays_light():
    assert len(gzip.compress(bundle("css/site.css", Found()).encode())) < BUDGET


def test_missing_import_is_an_error(tmp_path):
    (tmp_path / "site.css").write_text('@import url("gone.css");')
    with pytest.raises(KeyError):
        bundle("site.css", {"site.css": (FileSystemStorage(tmp_path), "site.css")})


def test_bundle_is_what_gets_a_lasting_name(tmp_path):
    (tmp_path / "source" / "css").mkdir(parents=True)
    source = FileSystemStorage(tmp_path / "source")
    (tmp_path / "source/css/site.css").write_text('@import url("one.css") layer(base);')
    (tmp_path / "source/css/one.css").write_text("p{color:red}")
    names = ["css/site.css", "css/one.css"]
    storage = BundlingStorage(location=tmp_path / "collected", base_url="/static/")
    for name in names:
        storage.save(name, source.open(name))
    done = list(storage.post_process({name: (source, name) for name in names}))
    assert not [failure for *_, failure in done if isinstance(failure, Exception)]
    lasting = tmp_path / "collected" / storage.stored_name("css/site.css")
    assert lasting.read_text() == "@layer base {\np{color:red}\n}"
