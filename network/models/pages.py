"""The network's pages: what it is, and its meetings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from linksite.content.blocks import BODY_BLOCKS
from linksite.content.models import BasePage, Place
from linksite.content.shared_facts import SharedFacts
from linksite.intake import working_days
from linksite.intake.statuses import ClosingReason

from .applications import NetworkApplication
from .organisations import Organisation

#: Somebody whose application was closed for one of these reasons does not come to a meeting.
NOT_COMING = [reason for reason in ClosingReason if reason != ClosingReason.STARTED]


class NetworkIndexPage(BasePage):
    """What the network for initiators is, its next meetings and its partners."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    parent_page_types = ["home.HomePage"]
    subpage_types = ["network.NetworkMeetingPage"]
    max_count_per_parent = 1
    template = "network/network_index_page.html"
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    page_description = _("What the network is, with its meetings and partners.")

    class Meta:
        verbose_name = _("network page")

    def get_context(self, request, *args, **kwargs):
        meetings = NetworkMeetingPage.objects.child_of(self).live().public().with_places()
        return {
            **super().get_context(request, *args, **kwargs),
            "upcoming": meetings.upcoming(),
            "past": meetings.past()[:12],
            "partners": Organisation.objects.filter(shown=True),
        }


class ProgrammeItem(blocks.StructBlock):
    time = blocks.TimeBlock(label=_("Time"), required=False)
    title = blocks.CharBlock(label=_("What"), max_length=160)
    text = blocks.TextBlock(label=_("More"), max_length=500, rows=2, required=False)

    class Meta:
        icon = "time"
        label = _("Programme item")
        template = "blocks/programme_item.html"
        preview_value = {"time": "10:00", "title": "To om gangen: å starte en gruppe sammen"}
        description = _("A time and what happens then.")


class NetworkMeetingQuerySet(PageQuerySet):
    def upcoming(self):
        """Return those that are not over, the next one first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self):
        """Return those that are over, the latest first."""
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")

    def this_week(self):
        """Return those until Sunday that are not over, the next one first."""
        return self.upcoming().filter(starts_at__lt=working_days.end_of_week())

    def with_places(self):
        """Annotate the number of people signed up in all translations.

        An application counts its nominated people, or its contact person when it names nobody.
        """
        coming = (
            NetworkApplication.objects.filter(meeting__translation_key=OuterRef("translation_key"))
            .exclude(closing_reason__in=NOT_COMING)
            .order_by()
            .values("meeting__translation_key")
        )
        nominated = coming.annotate(total=Count("people")).values("total")
        alone = coming.filter(people=None).annotate(total=Count("pk")).values("total")
        people = Coalesce(Subquery(nominated), 0) + Coalesce(Subquery(alone), 0)
        return self.annotate(people_signed_up=people)


class NetworkMeetingPage(SharedFacts, BasePage):
    """A meeting of the network (*nettverkssamling*): programme, audience, place and signup."""

    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(
        _("in person or digital"), max_length=8, choices=Place, default=Place.ROOM
    )
    venue = models.CharField(
        _("where"),
        max_length=200,
        blank=True,
        help_text=_("Address, or the video service. Links to a video meeting are sent by email."),
    )
    audience = models.CharField(
        _("who it is for"),
        max_length=250,
        blank=True,
        help_text=_("For example: initiators, contact points, and anyone who wants to become one."),
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, help_text=_("Leave empty if there is no limit.")
    )
    sign_up_by = models.DateField(_("sign up by"), null=True, blank=True)
    programme = StreamField([("item", ProgrammeItem())], blank=True, verbose_name=_("programme"))
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    objects = PageManager.from_queryset(NetworkMeetingQuerySet)()

    parent_page_types = ["network.NetworkIndexPage"]
    subpage_types = []
    template = "network/network_meeting_page.html"
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("venue"),
        index.SearchField("audience"),
        index.SearchField("programme"),
        index.SearchField("body"),
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("venue")]),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    _(
                        "The page shows automatically whether there are places left, based on "
                        "the number of places, the last day to sign up and who has signed up."
                    )
                ),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("sign_up_by")]),
                FieldPanel("audience"),
            ],
            heading=_("Signing up"),
        ),
        FieldPanel("programme"),
        FieldPanel("body"),
    ]
    # Times and numbers are the same in every language.
    words_of_facts = ["venue"]
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in ["starts_at", "ends_at", "place", "capacity", "sign_up_by"]
    ]
    page_description = _("One meeting of the network, with programme and signup.")

    class Meta:
        verbose_name = _("network meeting")
        verbose_name_plural = _("network meetings")

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The meeting must end after it starts.")})

    @cached_property
    def people_signed_up(self) -> int:
        """The number of people signed up; a page from `with_places` has it already."""
        page = NetworkMeetingPage.objects.filter(pk=self.pk).with_places().first()
        return page.people_signed_up if page else 0

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def places_left(self) -> int | None:
        """The number of free places, never below 0; None without a limit."""
        return None if self.capacity is None else max(0, self.capacity - self.people_signed_up)

    @property
    def takes_signups(self) -> bool:
        """Whether somebody can sign up now: not begun, not past the last day, not full."""
        last_day_over = self.sign_up_by and self.sign_up_by < timezone.localdate()
        return self.starts_at > timezone.now() and not last_day_over and self.places_left != 0
