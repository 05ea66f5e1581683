"""What groups are about, and where they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from linksite.content.multilingual import in_language
from network.models import Initiator


class Topic(Orderable):
    """What a group or an article is about, in the site's languages."""

    name = models.CharField(_("name (bokmål)"), max_length=80, unique=True)
    name_nn = models.CharField(_("name (nynorsk)"), max_length=80, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    slug = models.SlugField(
        _("name in web addresses"),
        unique=True,
        help_text=_("Short, without æ, ø or å. Does not change when the name changes."),
    )

    # Initiators in the middle of something themselves do not lead others through it.
    open_for = models.ManyToManyField(
        Initiator, verbose_name=_("being gone through by"), blank=True, related_name="open_themes"
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("name_nn"), FieldPanel("name_en")]),
        FieldPanel("slug"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return in_language(self, "name")


class RowsWithTopic(models.Manager):
    """For rows that say what a page is about: they come with their topics, in one query."""

    def get_queryset(self):
        return super().get_queryset().select_related("topic")


def names_of(topics) -> list[str]:
    """Return the names of topics in every language."""
    return [name for topic in topics for name in (topic.name, topic.name_nn, topic.name_en)]


def each_topic_once(rows) -> None:
    """Drop the rows of a page that repeat a topic.

    No constraint of the database does: rows are saved one after another, and an editor who
    exchanges two topics would meet it halfway.
    """
    seen = set()
    for row in rows.all():
        if row.topic_id in seen:
            rows.remove(row)
        seen.add(row.topic_id)


class Area(Orderable):
    """A part of the centre's district, as people call it; the same name in every language."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("name in web addresses"), unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta(Orderable.Meta):
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self):
        return self.name
