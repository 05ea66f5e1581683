"""What a visitor's search finds a page by: its words folded, the same on both databases."""

from django.db import models
from django.db.models.signals import post_save
from django.utils import translation
from wagtail.models import Page
from wagtail.search import index

from groups.models import Topic
from linksite.content.models import BasePage
from linksite.text import fold


class PageWords(models.Model):
    """The words of a live page as it is published; no draft's."""

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    title = models.TextField()
    text = models.TextField()

    def __str__(self):
        return f"#{self.pk}"


def learn(page: BasePage) -> None:
    """Keep the words of a page, as it is to be found from now on."""
    fields = [field for field in page.search_fields if isinstance(field, index.SearchField)]
    with translation.override(page.locale.language_code):
        terms = [str(term) for term in page.search_terms()]
    parts = [_text(field.get_value(page)) for field in fields]
    text = fold(" ".join([*parts, *terms]))
    PageWords.objects.update_or_create(
        page_id=page.pk, defaults={"title": fold(page.title), "text": text}
    )


def _text(value):
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def learn_all(**kwargs) -> None:
    """Keep the words of all pages there are, after a migration that found none kept."""
    if not PageWords.objects.exists():
        for page in Page.objects.live().specific().iterator():
            _on_save(page)


def _on_save(instance, update_fields=None, raw=False, **kwargs):
    # Saving a draft names the few fields it saves, while the page in hand holds the draft's text.
    if isinstance(instance, BasePage) and instance.live and not update_fields and not raw:
        learn(instance)


def _on_topic(instance, **kwargs):
    """Have pages about a topic found under its new name."""
    about = models.Q(articlepage__article_topics__topic=instance)
    about |= models.Q(groupofferpage__offer_topics__topic=instance)
    for page in Page.objects.live().filter(about).distinct().specific():
        learn(page)


post_save.connect(_on_save)
post_save.connect(_on_topic, sender=Topic)
