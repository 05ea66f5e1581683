"""The building blocks of a page's body.

Each block has one template under `templates/blocks/` and a preview in the editor.
"""

import re
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]

TEXT = _("Text")
MEDIA = _("Pictures and files")
HIGHLIGHT = _("Highlights")
LINKS = _("Where to go next")


class HeadingBlock(blocks.StructBlock):
    """A heading inside the text, with an anchor made from its words."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        choices=[("h2", _("Section")), ("h3", _("Subsection"))], default="h2", label=_("Level")
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT
        template = "blocks/heading.html"
        preview_value = {"text": "Hva skjer når du tar kontakt?", "level": "h2"}
        description = _("A heading that divides a longer text.")


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        template = "blocks/paragraph.html"
        preview_value = "<p>En gruppe er <b>fire til åtte</b> mennesker som møtes jevnlig.</p>"
        description = _("Body text with links and lists.")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        group = TEXT
        template = "blocks/question.html"
        preview_value = {
            "question": "Må jeg si hvorfor jeg kommer?",
            "answer": "<p>Nei. Det bestemmer du selv.</p>",
        }
        description = _("A question many people ask. The answer opens below it.")


def is_file_name(text: str | None, picture) -> bool:
    """Return whether an alternative text is the name of the picture's file, or looks like one."""
    words = (text or "").strip()
    if re.search(r"\.(jpe?g|png|gif|webp|avif|heic)$", words, re.IGNORECASE):
        return True
    stem, said = (
        slugify(name.replace("_", "-")) for name in (PurePath(picture.file.name).stem, words)
    )
    named = " " not in words or any(letter.isdigit() for letter in words)
    return bool(said) and named and stem.startswith(said)


class PictureBlock(blocks.StructBlock):
    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)
    credit = blocks.CharBlock(
        label=_("Photographer"),
        max_length=100,
        required=False,
        help_text=_("Who took or drew the picture."),
    )

    def clean(self, value):
        """Refuse a file name as alternative text: Wagtail fills it in unasked."""
        value = super().clean(value)
        picture = value["picture"]
        if picture and is_file_name(getattr(picture, "contextual_alt_text", ""), picture):
            text = _("This is the name of the file. Say what can be seen in the picture.")
            error = blocks.StructBlockValidationError({"alt_text": ValidationError(text)})
            raise blocks.StructBlockValidationError({"picture": error})
        return value

    class Meta:
        icon = "image"
        label = _("Picture")
        group = MEDIA
        template = "blocks/picture.html"
        preview_template = "blocks/previews/picture.html"
        description = _("A picture with a caption and the photographer's name.")


class DocumentBlock(blocks.StructBlock):
    """One document to download, under a name people understand."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Shown as"),
        max_length=120,
        required=False,
        help_text=_("Leave empty to show the document's own title."),
    )


class DocumentsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    documents = blocks.ListBlock(DocumentBlock(), min_num=1, label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        group = MEDIA
        template = "blocks/documents.html"
        preview_template = "blocks/previews/documents.html"
        description = _("Brochures, booklets and forms to download.")


class PullQuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quote"), max_length=300, rows=2)
    said_by = blocks.CharBlock(label=_("Said by"), max_length=100, required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        group = HIGHLIGHT
        template = "blocks/pull_quote.html"
        preview_value = {
            "quote": "Det var godt å slippe å forklare alt fra begynnelsen.",
            "said_by": "Deltaker",
        }
        description = _("A sentence lifted from the text.")


class FeedbackBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    voices = blocks.ListBlock(
        blocks.TextBlock(max_length=300, rows=2), min_num=1, label=_("What they said")
    )

    class Meta:
        icon = "group"
        label = _("Participants' feedback")
        group = HIGHLIGHT
        template = "blocks/feedback.html"
        preview_value = {
            "heading": "Tilbakemeldinger fra dagen",
            "voices": ["Jeg gikk hjem med en plan.", "Fint å møte andre som setter i gang."],
        }
        description = _("Short quotes from the people who were there.")


class FactBoxBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        group = HIGHLIGHT
        template = "blocks/fact_box.html"
        preview_value = {
            "heading": "Hva er selvorganisert selvhjelp?",
            "text": "<p>En gruppe uten leder, der alle deler ansvaret.</p>",
        }
        description = _("Facts alongside the text, for example about what a group is.")


class RelatedPagesBlock(blocks.StructBlock):
    """Links to other pages of this site, with their titles in the reader's language."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), min_num=1, label=_("Pages"))

    class Meta:
        icon = "link"
        label = _("Related pages")
        group = LINKS
        template = "blocks/related_pages.html"
        preview_template = "blocks/previews/related_pages.html"
        description = _("Where a reader may want to go next.")


class CallToActionBlock(blocks.StructBlock):
    """One clear way on: a page of this site behind a button that names the action."""

    text = blocks.CharBlock(label=_("Text before the button"), max_length=200, required=False)
    button = blocks.CharBlock(label=_("What the button says"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"))
    interest = blocks.ChoiceBlock(
        choices=[("group", _("to join a group")), ("network", _("to join the network"))],
        required=False,
        label=_("If this is the signup page: signing up"),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Button")
        group = LINKS
        template = "blocks/call_to_action.html"
        preview_template = "blocks/previews/call_to_action.html"
        description = _("A button that leads to the signup page or another page.")


class WayInBlock(CallToActionBlock):
    """A way into the site for one kind of visitor, on the front page."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=240, rows=2)

    class Meta:
        icon = "arrow-right-full"
        label = _("Starting point")
        template = "blocks/way_in.html"
        form_layout = ["title", "text", "button", "page", "interest"]


LEAD_PICTURE_BLOCKS = [("picture", PictureBlock())]
BODY_BLOCKS = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("question", QuestionBlock()),
    ("picture", PictureBlock()),
    ("documents", DocumentsBlock()),
    ("pull_quote", PullQuoteBlock()),
    ("feedback", FeedbackBlock()),
    ("fact_box", FactBoxBlock()),
    ("related_pages", RelatedPagesBlock()),
    ("call_to_action", CallToActionBlock()),
]
