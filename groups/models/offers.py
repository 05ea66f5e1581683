"""Group offers as people see them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from linksite.content.blocks import BODY_BLOCKS
from linksite.content.models import BasePage, Place
from linksite.content.shared_facts import SharedFacts
from network.models import Organisation

from .capacity import GroupOfferQuerySet, OfferState
from .fields import optional_key
from .offer_panels import OFFER_PANELS, SAME_IN_ALL_LANGUAGES
from .topics import Area, RowsWithTopic, Topic, each_topic_once, names_of

#: Under four a group is fragile, over eight there is too little room for each.
LEAST, MOST = 4, 8


class OfferKind(models.TextChoices):
    AFTER_COURSE = "after_course", _("After a course")
    SPECIFIC = "specific", _("For people with the same experience")
    OPEN = "open", _("Open to everyone")


class Weekday(models.IntegerChoices):
    """The fixed day a group meets, numbered as in `date.weekday()`."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class GroupOfferPage(SharedFacts, BasePage):
    """A group that somebody may join: what, when, where, and whether there is a place."""

    kind = models.CharField(_("kind"), max_length=16, choices=OfferKind, default=OfferKind.OPEN)
    course = models.CharField(
        _("course"), max_length=160, blank=True, help_text=_("Which course the group follows.")
    )
    provider = optional_key(Organisation, _("course provider or partner"), related_name="offers")
    area = optional_key(Area, _("area"), related_name="offers")
    place = models.CharField(
        _("in person or digital"), max_length=8, choices=Place, default=Place.ROOM
    )
    venue = models.CharField(_("where"), max_length=200, blank=True)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, null=True, blank=True)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    starts_on = models.DateField(
        _("start-up meeting"),
        null=True,
        blank=True,
        help_text=_("Leave empty if the group starts when enough people have signed up."),
    )
    apply_by = models.DateField(
        _("sign up by"),
        null=True,
        blank=True,
        help_text=_(
            "The last day to sign up. If empty, people can sign up until the start-up meeting."
        ),
    )
    least = models.PositiveSmallIntegerField(
        _("minimum participants"), default=LEAST, validators=[MinValueValidator(2)]
    )
    most = models.PositiveSmallIntegerField(
        _("maximum participants"), default=MOST, validators=[MaxValueValidator(12)]
    )
    taken_beforehand = models.PositiveSmallIntegerField(
        _("places filled outside signup"),
        default=0,
        help_text=_("For example, by people who said yes at the last session of the course."),
    )
    youngest = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    oldest = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    spoken_language = models.CharField(
        _("language in the group"), max_length=60, blank=True, help_text=_("If not Norwegian.")
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    objects = PageManager.from_queryset(GroupOfferQuerySet)()

    parent_page_types = ["groups.GroupIndexPage"]
    subpage_types = []
    template = "groups/group_offer_page.html"
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("course"),
        index.SearchField("venue"),
        index.SearchField("body"),
    ]
    content_panels = [*BasePage.content_panels, *OFFER_PANELS]
    override_translatable_fields = SAME_IN_ALL_LANGUAGES
    words_of_facts = ["venue"]
    page_description = _("A group that people can sign up for.")

    class Meta:
        verbose_name = _("group offer")
        verbose_name_plural = _("group offers")

    def clean(self):
        super().clean()
        errors = {}
        if self._backwards("least", "most"):
            errors["most"] = _("The maximum cannot be lower than the minimum.")
        if self._backwards("starts_at", "ends_at"):
            errors["ends_at"] = _("The meeting ends before it starts.")
        if self._backwards("youngest", "oldest"):
            errors["oldest"] = _("The upper age limit is below the lower one.")
        if self._backwards("apply_by", "starts_on"):
            errors["apply_by"] = _("The last day to sign up cannot be after the start-up meeting.")
        follows_course = self.kind == OfferKind.AFTER_COURSE
        if follows_course and not self.course:
            errors["course"] = _("Enter the course the group follows.")
        if self.course and not follows_course:
            errors["course"] = _(
                "Only a group after a course can follow a course. Choose that kind above."
            )
        if errors:
            raise ValidationError(errors)

    def _backwards(self, first, second):
        first, second = getattr(self, first), getattr(self, second)
        return first is not None and second is not None and second < first

    def save(self, *args, **kwargs):
        each_topic_once(self.offer_topics)
        super().save(*args, **kwargs)

    def search_terms(self):
        """Return what every offer says: its topics, where and when it meets, and for whom."""
        facts = [
            self.get_kind_display(),
            self.get_place_display(),
            self.get_weekday_display(),
            self.area or "",
            self.provider or "",
        ]
        return [*names_of(self.topics), *facts]

    @property
    def topics(self):
        """The offer's topics, in the editor's order."""
        return [row.topic for row in self.offer_topics.all()]

    @cached_property
    def in_groups(self) -> dict:
        """The annotations of `with_places()`, queried if they are not there."""
        names = ["places_held", "under_way", "people_waiting"]
        if all(hasattr(self, name) for name in names):
            return {name: getattr(self, name) for name in names}
        page = GroupOfferPage.objects.filter(pk=self.pk).with_places()
        return page.values(*names).first() or dict.fromkeys(names, 0)

    @property
    def places_taken(self) -> int:
        """Places held by applicants in any language, and those given elsewhere."""
        return self.in_groups["places_held"] + self.taken_beforehand

    @property
    def waiting_list(self) -> int:
        """How many are on its waiting list."""
        return self.in_groups["people_waiting"]

    @property
    def places_left(self) -> int:
        return max(0, self.most - self.places_taken)

    @property
    def last_day(self):
        """The last day to sign up, or None while the group has no date."""
        return self.apply_by or self.starts_on

    @property
    def state(self) -> OfferState:
        """Open, full or closed, found from its dates and groups."""
        if self.last_day and self.last_day < timezone.localdate():
            return OfferState.CLOSED
        if self.in_groups["under_way"]:
            return OfferState.CLOSED
        return OfferState.OPEN if self.places_left else OfferState.FULL


class OfferTopic(Orderable):
    page = ParentalKey(GroupOfferPage, on_delete=models.CASCADE, related_name="offer_topics")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+"
    )

    objects = RowsWithTopic()
