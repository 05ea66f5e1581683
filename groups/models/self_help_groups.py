"""A self-help group, from the first idea of it until it has ended."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from linksite.content.models import Place
from linksite.folded import FoldedField
from linksite.intake import working_days
from linksite.intake.mail.confidentiality import told_at_a_glance
from linksite.intake.models import may_view
from linksite.intake.references import new_reference
from network.models import Initiator

from .fields import optional_key
from .offers import LEAST, MOST, GroupOfferPage
from .topics import Area, Topic


class GroupStatus(models.TextChoices):
    FORMING = "forming", _("Forming")
    READY = "ready", _("Ready to start")
    STARTED = "started", _("Started")
    ON_ITS_OWN = "on_its_own", _("On its own")
    ENDED = "ended", _("Ended")


#: The statuses that can follow each.
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
#: Names are no longer shown.
OUT_OF_SIGHT = [GroupStatus.ON_ITS_OWN, GroupStatus.ENDED]


class SelfHelpGroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return all groups, or none if `user` may not see groups."""
        return self if may_view(user, self.model) else self.none()

    def lock(self, pk):
        """Return the group as it is now, locked until the transaction ends."""
        return self.select_for_update().get(pk=pk)

    def filling(self):
        return self.filter(status__in=FILLING)

    def short_of_people(self):
        """Return the filling groups with fewer places held than the least they start with."""
        return self.filling().filter(places_taken__lt=models.F("least"))

    def led(self):
        return self.filter(status__in=LED)


class SelfHelpGroup(models.Model):
    """Four to eight people who meet, and what staff know of them.

    `str()` is the reference, never what it is about. `groups.actions` keeps `places_taken` under a
    lock on this row, and the database refuses more than `most`; the count stays when the names are
    gone.
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
        help_text=_("For staff only, such as “Thursdays in Storgata”. Never sent to anyone."),
    )
    folded = FoldedField(of=["name"])
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=GroupStatus,
        default=GroupStatus.FORMING,
        editable=False,
    )
    offer = optional_key(GroupOfferPage, _("group offer"), related_name="self_help_groups")
    topic = optional_key(Topic, _("topic"), related_name="self_help_groups")
    area = optional_key(Area, _("area"), related_name="self_help_groups")
    initiators = models.ManyToManyField(
        Initiator, verbose_name=_("initiators"), blank=True, related_name="self_help_groups"
    )
    place = models.CharField(
        _("in person or digital"), max_length=8, choices=Place, default=Place.ROOM
    )
    venue = models.CharField(
        _("where"),
        max_length=200,
        blank=True,
        help_text=_("The room and its address. Members see it on the page about their place."),
    )
    meets = models.CharField(
        _("meets"),
        max_length=100,
        blank=True,
        help_text=_("For example “Thursdays, 18:00–20:00”. Members see it."),
    )
    least = models.PositiveSmallIntegerField(
        _("minimum participants"), default=LEAST, validators=[MinValueValidator(2)]
    )
    most = models.PositiveSmallIntegerField(
        _("maximum participants"), default=MOST, validators=[MaxValueValidator(12)]
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
        super().clean()
        self._check_what_members_read()
        if self.least and self.most and self.most < self.least:
            raise ValidationError({"most": _("The maximum cannot be lower than the minimum.")})
        if self.most and self.most < self.places_taken:
            raise ValidationError({"most": _("More places than that are already taken.")})

    def _check_what_members_read(self):
        """Refuse a place or time that shows others, in a calendar, what members come for."""
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
        return max(0, self.most - self.places_taken)

    def is_visible_to(self, user) -> bool:
        """Return the same as `visible_to`, without a query."""
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
    START_UP = "start_up", _("Start-up meeting")
    SUPPORTED = "supported", _("Supported meeting")
    FOLLOW_UP = "follow_up", _("Follow-up visit")


class GroupMeetingQuerySet(models.QuerySet):
    def due_this_week(self):
        """Return meetings until Sunday, past ones included, not yet noted as held or not."""
        due = self.filter(held=None, at__lt=working_days.end_of_week())
        # Nothing can be noted about a group that has ended.
        return due.exclude(group__status=GroupStatus.ENDED)


class GroupMeeting(models.Model):
    """A meeting with initiators: one to five at the start, a visit after six weeks."""

    group = models.ForeignKey(SelfHelpGroup, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind)
    at = models.DateTimeField(_("time"))
    held = models.BooleanField(
        _("held"), null=True, help_text=_("Empty until someone has answered.")
    )

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
