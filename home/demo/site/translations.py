"""Translates the demo's pages with wagtail-localize, as a translator in the admin would.

An editor who opens a page in nynorsk or English then finds each text beside its bokmål.
"""

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue, extract_strings

from ..data import LANGUAGES, pairs
from .pages import texts


def add_locales() -> None:
    """Make sure that the site's three languages exist."""
    for language in LANGUAGES:
        Locale.objects.get_or_create(language_code=language)


def translate(pages: dict[str, Page], editor) -> None:
    """Publish each of the bokmål `pages`, parents first, in the other languages."""
    for locale in Locale.objects.exclude(pk=Locale.get_default().pk):
        for name, page in pages.items():
            _translate(page, locale, phrases(name, locale.language_code), editor)


def _translate(page, locale, phrases, editor):
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    segments = source.stringsegment_set.select_related("string", "context")
    StringTranslation.objects.bulk_create(
        [_string(segment, locale, phrases, editor) for segment in segments]
    )
    translation.save_target(user=editor, publish=False)
    # Published here, not on commit as save_target would: a failure then rolls everything back.
    page.get_translation(locale).get_latest_revision().publish(user=editor)


def _string(segment, locale, phrases, editor):
    return StringTranslation(
        translation_of=segment.string,
        context=segment.context,
        locale=locale,
        data=phrases[segment.string.data],
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        last_translated_by=editor,
    )


def phrases(name: str, language: str) -> dict[str, str]:
    """Return the translation in `language` of each piece of a page's bokmål text.

    Raise `ValueError` when a text and its translation do not have the same pieces.
    """
    return {
        mine: theirs
        for text, translated in pairs(texts(name, "nb"), texts(name, language))
        for mine, theirs in zip(_pieces(text), _pieces(translated), strict=True)
    }


def _pieces(text):
    """Return a text as wagtail-localize stores it: rich text by paragraph, without its links."""
    if not text.startswith("<"):
        return [StringValue.from_plaintext(text).data]
    return [string.data for string, _attributes in extract_strings(text)[1]]
