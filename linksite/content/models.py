"""What all pages have in common. Abstract only: the apps define the real pages."""

import hashlib

from django.db import models
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.search import index

from .blocks import BODY_BLOCKS, LEAD_PICTURE_BLOCKS
from .navigation import Navigation, restrictions


class Place(models.TextChoices):
    ROOM = "room", _("In person")
    VIDEO = "video", _("By video")
    PHONE = "phone", _("By phone")


class BasePage(Page):
    """A page with a lead and an optional picture; the base of all page types."""

    lead = models.TextField(
        _("introduction"),
        max_length=400,
        help_text=_("Two or three sentences that say what the page is about. Also shown in lists."),
    )
    lead_picture = StreamField(
        LEAD_PICTURE_BLOCKS,
        max_num=1,
        blank=True,
        verbose_name=_("picture"),
        help_text=_("Shown under the heading and in lists."),
    )

    search_fields = [*Page.search_fields, index.SearchField("lead")]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("lead_picture")]

    class Meta:
        abstract = True

    @property
    def content_locale(self):
        """The locale the text is written in: an alias shows its source's text."""
        return (self.alias_of or self).locale

    @property
    def original(self):
        """The page in the default language if there is one, otherwise the page itself.

        What people apply for is the same in every language, so it is stored once.
        """
        default = Locale.get_default()
        if self.locale_id == default.pk:
            return self
        return self.get_translation_or_none(default) or self

    def search_terms(self) -> list:
        """Return what else the page is found by, beside its `search_fields`."""
        return []

    @property
    def lead_picture_block(self):
        """The value of the picture's block, or None."""
        return self.lead_picture[0].value if self.lead_picture else None

    def get_view_restrictions(self):
        """Skip the query for ancestors where no page is restricted."""
        if self.restrictions_anywhere:
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    @cached_property
    def restrictions_anywhere(self) -> list[PageViewRestriction]:
        """All restrictions of the site: few, and asked for by every page that links to another."""
        return restrictions()

    def serve(self, request, *args, **kwargs):
        """Show interface strings in the language of the page, whatever the visitor's is."""
        links = request._navigation = Navigation(request, self)
        if links.home:
            # The menu needs the front pages with their locales anyway.
            self.locale = links.home.locale
        with translation.override(self.locale.language_code):
            response = super().serve(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response


class EditorialPage(BasePage):
    """A page of mainly text, which knows when its text last really changed."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))
    content_digest = models.CharField(max_length=64, editable=False, blank=True)
    content_updated_at = models.DateTimeField(_("updated"), editable=False, null=True)

    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Note an update when the text of a live page differs from what was last live."""
        if self.live:
            self._note_update()
        return super().save(*args, **kwargs)

    def _note_update(self):
        body = self._meta.get_field("body").value_to_string(self)
        words = "\n".join([self.title, self.lead, body])
        digest = hashlib.sha256(words.encode()).hexdigest()
        if digest != self.content_digest:
            self.content_digest = digest
            self.content_updated_at = self.last_published_at or timezone.now()

    def with_content_json(self, content):
        """Keep what was noted since: a revision must not bring back what it knew."""
        page = super().with_content_json(content)
        page.content_digest = self.content_digest
        page.content_updated_at = self.content_updated_at
        return page

    @property
    def was_updated(self):
        """Whether the text changed on a later day than its first publication."""
        if not (self.first_published_at and self.content_updated_at):
            return False
        published = timezone.localdate(self.first_published_at)
        return timezone.localdate(self.content_updated_at) > published
