"""The queue of people who want to join a group."""

from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _

from linksite.content.choices import ChoiceListField
from linksite.intake.models import Application, ApplicationQuerySet, Mail, Note
from linksite.intake.statuses import Status
from network.models import Organisation

from .fields import optional_key
from .locks import after_their_groups
from .topics import Area, Topic

#: What the signup asks besides the offer, contact details and the like. The phone entry, the
#: conversation, the application's page, its export, merging and signposting go by this list.
QUESTIONS = ["topics", "area", "age_band", "availability"]


class AgeBand(models.TextChoices):
    """About ten years: fine enough to keep a group's span near fifteen, too coarse to identify."""

    UNDER_13 = "0-12", _("under 13")
    FROM_13 = "13-15", "13–15"
    FROM_16 = "16-17", "16–17"
    FROM_18 = "18-24", "18–24"
    FROM_25 = "25-34", "25–34"
    FROM_35 = "35-44", "35–44"
    FROM_45 = "45-54", "45–54"
    FROM_55 = "55-64", "55–64"
    FROM_65 = "65-120", _("65 or over")

    @property
    def youngest(self) -> int:
        """The lowest age in the band, in years."""
        return int(self.value.split("-")[0])

    @property
    def oldest(self) -> int:
        """The highest age in the band, in years."""
        return int(self.value.split("-")[1])


class Availability(models.TextChoices):
    MONDAY = "mon", _("Monday evening")
    TUESDAY = "tue", _("Tuesday evening")
    WEDNESDAY = "wed", _("Wednesday evening")
    THURSDAY = "thu", _("Thursday evening")
    FRIDAY = "fri", _("Friday evening")
    DAYTIME = "daytime", _("Daytime on weekdays")
    WEEKEND = "weekend", _("At the weekend")


class GroupApplicationQuerySet(ApplicationQuerySet):
    def visible_to(self, user):
        """Leave out members of groups on their own: nobody here sees them any more."""
        return super().visible_to(user).filter(handed_over_at=None)

    def in_pool(self):
        """Return those who have had their conversation and wait for a group."""
        return self.filter(status=Status.WAITING)

    def longest_first(self):
        """Return them in the order in which places are offered."""
        return self.order_by("submitted_at", "pk")

    def lock_members(self, pks) -> dict:
        """Return the applications by key, locked; for who holds the lock on their group already."""
        return super().lock_all(pks)

    def lock(self, pk):
        """Return the application, locked after the groups in which it has a place."""
        return after_their_groups([pk], partial(super().lock, pk))

    def lock_all(self, pks):
        """Return the applications by key, locked after the groups in which they have places."""
        return after_their_groups(pks, partial(super().lock_all, pks))


class GroupApplication(Application):
    """A person who asks for a place in a self-help group."""

    offer = optional_key(
        "groups.GroupOfferPage",
        _("group offer"),
        related_name="applications",
        # Two indexes below begin with it; a third only misleads SQLite.
        db_index=False,
    )
    on_waiting_list = models.BooleanField(
        _("on the waiting list"),
        default=False,
        help_text=_("The offer was full when the person signed up."),
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="applications"
    )
    area = optional_key(Area, _("area"), related_name="applications")
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, blank=True)
    availability = ChoiceListField(_("could come"), choices=Availability, blank=True)

    # From the introductory conversation.
    conversation_at = models.DateTimeField(
        _("introductory conversation"), null=True, blank=True, editable=False
    )
    expectations = models.TextField(_("expectations and needs"), max_length=5000, blank=True)
    agreed = models.TextField(_("what we agreed"), max_length=2000, blank=True)
    keep_apart_from = models.TextField(
        _("keep apart from"),
        max_length=500,
        blank=True,
        help_text=_(
            "Names of people they must not meet in a group, one per line. Never write a "
            "reason: it is not needed, and nobody is told."
        ),
    )
    # The "not us" exit.
    referred_to = optional_key(Organisation, _("signposted to"), related_name="+")
    referral_consented_at = models.DateTimeField(
        _("agreed to details being passed on"), null=True, editable=False
    )
    # From then on nobody sees it: the group is on its own.
    handed_over_at = models.DateTimeField(_("handed over"), null=True, editable=False)

    objects = GroupApplicationQuerySet.as_manager()

    class Meta(Application.Meta):
        verbose_name = _("group application")
        verbose_name_plural = _("group applications")
        permissions = [("export_groupapplication", _("Can export group applications"))]
        indexes = [
            *Application.Meta.indexes,
            # Covers the waiting list of an offer.
            models.Index(
                fields=["offer", "status", "submitted_at", "id"], name="groupapplication_offer"
            ),
            models.Index(
                fields=["offer", "status", "submitted_at", "id"],
                condition=models.Q(on_waiting_list=True),
                name="groupapplication_waiting",
            ),
            # Covers what the board reads of the pool, so that it never opens the rows. The key is
            # named, for PostgreSQL does not add it. Only those who wait, for all who once did
            # would make it long.
            models.Index(
                fields=[
                    "status",
                    "handed_over_at",
                    "area",
                    "offer",
                    "age_band",
                    "submitted_at",
                    "availability",
                    "id",
                ],
                condition=models.Q(status=Status.WAITING),
                name="groupapplication_pool",
            ),
        ]

    def is_visible_to(self, user):
        """Return the same as `visible_to`, without a query."""
        return super().is_visible_to(user) and self.handed_over_at is None


class KeepApart(models.Model):
    """Two who must never be proposed for the same group. Nobody is told, and no reason is kept."""

    one = models.ForeignKey(GroupApplication, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(GroupApplication, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="keep_apart_once"),
            # So that a pair is one row, whichever of them was named first.
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="keep_apart_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.one_id} / {self.other_id}"


class GroupNote(Note):
    application = models.ForeignKey(
        GroupApplication, on_delete=models.CASCADE, related_name="notes"
    )

    class Meta(Note.Meta):
        default_permissions = []


class GroupMail(Mail):
    application = models.ForeignKey(
        GroupApplication, on_delete=models.CASCADE, related_name="mails"
    )

    class Meta(Mail.Meta):
        default_permissions = []
