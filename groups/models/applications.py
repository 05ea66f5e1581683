"""The queue of people who want to join a group."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linksite.content.choices import ChoiceListField
from linksite.intake.models import Application, ApplicationQuerySet, Mail, Note
from linksite.intake.statuses import HOLDING_STATUSES, ClosingReason

from .topics import Area, Topic


class AgeBand(models.TextChoices):
    """Ten years or so: enough to keep a group's span near fifteen, too wide to point at anybody."""

    UNDER_13 = "0-12", _("under 13")
    FROM_13 = "13-15", "13–15"
    FROM_16 = "16-17", "16–17"
    FROM_18 = "18-24", "18–24"
    FROM_25 = "25-34", "25–34"
    FROM_35 = "35-44", "35–44"
    FROM_45 = "45-54", "45–54"
    FROM_55 = "55-64", "55–64"
    FROM_65 = "65-120", _("65 or older")

    @property
    def youngest(self) -> int:
        """The lowest age in the band, in years."""
        return int(self.value.split("-")[0])

    @property
    def oldest(self) -> int:
        """The highest age in the band, in years."""
        return int(self.value.split("-")[1])


class Availability(models.TextChoices):
    """When somebody could come."""

    MONDAY = "mon", _("Monday evening")
    TUESDAY = "tue", _("Tuesday evening")
    WEDNESDAY = "wed", _("Wednesday evening")
    THURSDAY = "thu", _("Thursday evening")
    FRIDAY = "fri", _("Friday evening")
    DAYTIME = "daytime", _("Daytime on weekdays")
    WEEKEND = "weekend", _("At the weekend")


class GroupApplicationQuerySet(ApplicationQuerySet):
    """The group queue's own verbs."""

    def holding_place(self):
        """Give those who hold or have taken a place."""
        started = models.Q(closing_reason=ClosingReason.STARTED)
        return self.filter(models.Q(status__in=HOLDING_STATUSES) | started)


class GroupApplication(Application):
    """A person who asks for a place in a self-help group."""

    offer = models.ForeignKey(
        "groups.GroupOfferPage",
        verbose_name=_("group offer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
    )
    on_waiting_list = models.BooleanField(
        _("on the waiting list"),
        default=False,
        help_text=_("The offer was full when the person signed up."),
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="applications"
    )
    area = models.ForeignKey(
        Area,
        verbose_name=_("area"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
    )
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, blank=True)
    availability = ChoiceListField(_("could come"), choices=Availability, blank=True)

    objects = GroupApplicationQuerySet.as_manager()

    class Meta(Application.Meta):
        verbose_name = _("group application")
        verbose_name_plural = _("group applications")
        permissions = [("export_groupapplication", _("Can export group applications"))]
        indexes = [
            *Application.Meta.indexes,
            # All that counting the places of an offer looks at.
            models.Index(
                fields=["offer", "status", "closing_reason"], name="groupapplication_offer"
            ),
        ]


class GroupNote(Note):
    """A note on a group application."""

    application = models.ForeignKey(
        GroupApplication, on_delete=models.CASCADE, related_name="notes"
    )

    class Meta(Note.Meta):
        default_permissions = []


class GroupMail(Mail):
    """A mail about a group application."""

    application = models.ForeignKey(
        GroupApplication, on_delete=models.CASCADE, related_name="mails"
    )

    class Meta(Mail.Meta):
        default_permissions = []
