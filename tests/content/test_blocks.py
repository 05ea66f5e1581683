"""The blocks of a page's body: each on a page, each with a preview for editors."""

import pytest
from django.urls import reverse
from wagtail.blocks import Block

from linksite.content.blocks import BODY_BLOCKS
from tests import factories as make
from tests.html import links, soup

VALUES = {
    "heading": {"text": "Hva skjer?", "level": "h3"},
    "paragraph": "<p>Vi ringer deg.</p>",
    "question": {"question": "Koster det noe?", "answer": "<p>Nei.</p>"},
    "pull_quote": {"quote": "Det var godt.", "said_by": "Deltaker"},
    "feedback": {"heading": "Etterpå", "voices": ["Jeg kommer igjen."]},
    "fact_box": {"heading": "Fakta", "text": "<p>Fire til åtte.</p>"},
}


def show(client, centre, *body):
    centre.nb.about.body = list(body)
    centre.nb.about.save()
    return soup(client.get("/nb/om/"))


@pytest.mark.parametrize("name", VALUES)
def test_text_blocks_show_their_words(client, centre, name):
    page = show(client, centre, (name, VALUES[name]))
    words = VALUES[name].values() if isinstance(VALUES[name], dict) else [VALUES[name]]
    shown = page.select_one(".prose").text
    for word in words:
        word = word[0] if isinstance(word, list) else word
        assert word.strip("<p>/") in shown or word == "h3"


def test_documents_say_type_and_size(client, centre):
    item = {"document": make.DocumentFactory(title="Hefte"), "title": "Til igangsettere"}
    page = show(client, centre, ("documents", {"heading": "Last ned", "documents": [item]}))
    line = page.select_one(".documents li").text
    assert "Til igangsettere" in line and "PDF" in line


def test_related_pages_are_in_the_readers_language_and_live(client, centre):
    centre.en.about.body = [
        ("related_pages", {"heading": "", "pages": [centre.nb.groups, centre.nb.network]})
    ]
    centre.en.about.save()
    centre.en.network.unpublish()
    assert links(soup(client.get("/en/om/")).select_one(".related-pages").parent) >= {
        "/en/grupper/"
    }


def test_button_to_an_unpublished_page_is_not_shown(client, centre):
    value = {"text": "", "button": "Les mer", "page": centre.nb.groups, "interest": ""}
    centre.nb.groups.unpublish()
    assert not show(client, centre, ("call_to_action", value)).select("main .ds-button")


@pytest.mark.parametrize("block", [block for _name, block in BODY_BLOCKS], ids=lambda b: b.name)
def test_every_block_has_a_preview(admin_client, centre, block):
    assert block.is_previewable
    shown = Block.definition_registry
    number = next(key for key, known in shown.items() if type(known) is type(block))
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": number})
    assert soup(response).select_one(".block-preview").text.strip()
