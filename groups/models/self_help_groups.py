"""A self-help group from the first idea of it until it has ended."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from linksite.content.models import Place
from linksite.intake import working_days
from linksite.intake.mail.discretion import told_at_a_glance
from linksite.intake.models import may_view
from linksite.intake.references import new_reference
from network.models import Initiator

from .offers import LEAST, MOST, GroupOfferPage
from .topics import Area, Topic


class GroupStatus(models.TextChoices):
    """A group's life (design.md)."""

    FORMING = "forming", _("Forming")
    READY = "ready", _("Ready to start")
    STARTED = "started", _("Started")
    ON_ITS_OWN = "on_its_own", _("On its own")
    ENDED = "ended", _("Ended")


#: From each, where to.
ALLOWED_STEPS = {
    GroupStatus.FORMING: [GroupStatus.READY, GroupStatus.ENDED],
    GroupStatus.READY: [GroupStatus.FORMING, GroupStatus.STARTED, GroupStatus.ENDED],
    GroupStatus.STARTED: [GroupStatus.ON_ITS_OWN, GroupStatus.ENDED],
    GroupStatus.ON_ITS_OWN: [GroupStatus.ENDED],
    GroupStatus.ENDED: [],
}


#: Places can still be proposed.
FILLING = [GroupStatus.FORMING, GroupStatus.READY]


#: Initiators are needed: it counts as one of the groups they have now.
LED = [*FILLING, GroupStatus.STARTED]


#: Names are shown no longer.
OUT_OF_SIGHT = [GroupStatus.ON_ITS_OWN, GroupStatus.ENDED]


class SelfHelpGroupQuerySet(models.QuerySet):
    """Verbs that lists, the board and the dashboard share."""

    def visible_to(self, user):
        """Give what `user` may see: all groups, or none."""
        return self if may_view(user, self.model) else self.none()

    def lock(self, pk):
        """Return the group as it is now, locked until the transaction ends."""
        return self.select_for_update().get(pk=pk)

    def filling(self):
        """Give those that people are still proposed for."""
        return self.filter(status__in=FILLING)

    def short_of_people(self):
        """Give those of them with fewer places held than the least they start with."""
        return self.filling().filter(places_taken__lt=models.F("least"))

    def led(self):
        """Give those that initiators look after now."""
        return self.filter(status__in=LED)


class SelfHelpGroup(models.Model):
    """Four to eight people who meet (seeds 2 and 3), and what staff know of them.

    `str()` is the reference, never what it is about. `places_taken` is kept by `groups.actions`
    under a lock on this row, and the database refuses more than `most`; it stays when the names
    are gone.
    """

    site = models.ForeignKey(
        Site, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(
        _("reference"), max_length=7, unique=True, default=new_reference, editable=False
    )
    name = models.CharField(
        _("working name"),
        max_length=100,
        help_text=_("For staff only, such as “Thursdays in Storgata”. Never sent to anybody."),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=GroupStatus,
        default=GroupStatus.FORMING,
        editable=False,
    )
    offer = models.ForeignKey(
        GroupOfferPage,
        verbose_name=_("group offer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="self_help_groups",
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="self_help_groups",
    )
    area = models.ForeignKey(
        Area,
        verbose_name=_("area"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="self_help_groups",
    )
    initiators = models.ManyToManyField(
        Initiator, verbose_name=_("initiators"), blank=True, related_name="self_help_groups"
    )
    place = models.CharField(_("place or digital"), max_length=8, choices=Place, default=Place.ROOM)
    venue = models.CharField(
        _("where"),
        max_length=200,
        blank=True,
        help_text=_("The room and its address. Members read it on the page of their place."),
    )
    meets = models.CharField(
        _("meets"),
        max_length=100,
        blank=True,
        help_text=_("For instance “Thursdays from 18 to 20”. Members read it."),
    )
    least = models.PositiveSmallIntegerField(
        _("least"), default=LEAST, validators=[MinValueValidator(2)]
    )
    most = models.PositiveSmallIntegerField(
        _("most"), default=MOST, validators=[MaxValueValidator(12)]
    )
    places_taken = models.PositiveSmallIntegerField(_("places taken"), default=0, editable=False)
    start_up_at = models.DateTimeField(_("start-up meeting"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("formed"), default=timezone.now, editable=False)
    ready_at = models.DateTimeField(_("ready"), null=True, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    on_its_own_at = models.DateTimeField(_("on its own since"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    names_deleted_at = models.DateTimeField(_("names deleted"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SelfHelpGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("self-help group")
        verbose_name_plural = _("self-help groups")
        # A group ends; it is never deleted by hand.
        default_permissions = ["view", "add", "change"]
        indexes = [models.Index(fields=["status", "start_up_at"], name="selfhelpgroup_status")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(places_taken__lte=models.F("most")),
                name="selfhelpgroup_no_more_than_most",
            )
        ]

    def __str__(self):
        return self.reference

    def clean(self):
        """Raise `ValidationError` for more least than most, or what members may not be sent."""
        super().clean()
        self._check_what_members_read()
        if self.least and self.most and self.most < self.least:
            raise ValidationError({"most": _("Most cannot be fewer than least.")})
        if self.most and self.most < self.places_taken:
            raise ValidationError({"most": _("More places than that are taken.")})

    def _check_what_members_read(self):
        """Refuse a place in their calendars, or a time, that says what they come for."""
        found = {name: told_at_a_glance(getattr(self, name)) for name in ("venue", "meets")}
        errors = {
            name: _("Others may see this in a calendar, so it must not say %(words)s.")
            % {"words": ", ".join(_("“%(word)s”") % {"word": word} for word in words)}
            for name, words in found.items()
            if words
        }
        if errors:
            raise ValidationError(errors)

    @property
    def places_left(self) -> int:
        """Places that are free."""
        return max(0, self.most - self.places_taken)

    def is_visible_to(self, user) -> bool:
        """Whether `user` may see it: the rule of `visible_to`, without a query."""
        return may_view(user, type(self))

    @property
    def is_filling(self) -> bool:
        """Whether places can still be proposed."""
        return self.status in FILLING

    @property
    def is_short_of_people(self) -> bool:
        """Whether fewer places are held than the least it starts with."""
        return self.is_filling and self.places_taken < self.least

    @property
    def was_called_off(self) -> bool:
        """Whether it ended before it started: nobody was ever in it."""
        return self.status == GroupStatus.ENDED and self.started_at is None

    @property
    def start_up_has_come(self) -> bool:
        """Whether the day of the start-up meeting is today or has passed."""
        at = self.start_up_at
        return at is not None and timezone.localdate(at) <= timezone.localdate()

    @property
    def asks_about_start_up(self) -> bool:
        """Whether a time is proposed that is still ahead."""
        at = self.start_up_at
        return self.is_filling and at is not None and at > timezone.now()

    @property
    def shows_names(self) -> bool:
        """Whether staff may still see who is in it."""
        return self.status not in OUT_OF_SIGHT


class MeetingKind(models.TextChoices):
    """What a meeting of a group is, for its initiators."""

    START_UP = "start_up", _("Start-up meeting")
    SUPPORTED = "supported", _("Supported meeting")
    FOLLOW_UP = "follow_up", _("Follow-up visit")


class GroupMeetingQuerySet(models.QuerySet):
    """The verb that *My day* and the list of meetings share."""

    def due_this_week(self):
        """Give those until Sunday that nobody has noted as held or not, past ones included."""
        due = self.filter(held=None, at__lt=working_days.end_of_week())
        # Nothing can be noted any more of a group that has ended.
        return due.exclude(group__status=GroupStatus.ENDED)


class GroupMeeting(models.Model):
    """A meeting with initiators: one to five at the start, a visit after six weeks (seed 3)."""

    group = models.ForeignKey(SelfHelpGroup, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind)
    at = models.DateTimeField(_("time"))
    held = models.BooleanField(_("held"), null=True, help_text=_("Empty while nobody has said."))

    objects = GroupMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = []
        indexes = [
            # Only those that My day asks for: most have been noted long ago.
            models.Index(fields=["at"], condition=models.Q(held=None), name="groupmeeting_due")
        ]

    def __str__(self):
        return f"{self.group} {self.at:%Y-%m-%d}"

    @property
    def has_come(self) -> bool:
        """Whether its day is today or has passed, so that it can be noted."""
        return timezone.localdate(self.at) <= timezone.localdate()
