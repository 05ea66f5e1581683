"""The demo's texts, as they are written: the same in each language, and each once."""

import pytest

from home.demo.data import in_language, pairs
from home.demo.site.pages import names, texts
from home.demo.site.translations import phrases


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_page_has_each_text_once_in_each_language(name, language):
    texts_in_pairs = list(pairs(texts(name, "nb"), texts(name, language)))
    assert all(bool(mine) == bool(theirs) for mine, theirs in texts_in_pairs)
    meanings = {}
    for mine, theirs in texts_in_pairs:
        assert meanings.setdefault(mine, theirs) == theirs
    assert phrases(name, language)


def test_a_text_is_given_in_the_language_asked_for():
    text = {"title": {"nb": "Hei", "nn": "Hei du", "en": "<p>Hi</p>\n<p>you</p>"}}
    assert in_language(text, "nn") == {"title": "Hei du"}
    assert in_language(text, "en") == {"title": "<p>Hi</p><p>you</p>"}
