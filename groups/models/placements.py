"""A person's place in a group: proposed, accepted, or on the group's waiting list."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PlacementStatus(models.TextChoices):
    WAITING = "waiting", _("On the group's waiting list")
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    RELEASED = "released", _("No longer in the group")
    STARTED = "started", _("Came to the first meeting")


#: They take up a place in the group.
HOLDING = [PlacementStatus.PROPOSED, PlacementStatus.ACCEPTED, PlacementStatus.STARTED]
#: They are in the group, or are going to be.
MEMBERS = [PlacementStatus.ACCEPTED, PlacementStatus.STARTED]
#: They may still say yes or no.
ANSWERABLE = [PlacementStatus.WAITING, PlacementStatus.PROPOSED, PlacementStatus.ACCEPTED]
#: They are out of the group; an expired place they may still ask for.
OUT = [PlacementStatus.DECLINED, PlacementStatus.EXPIRED, PlacementStatus.RELEASED]


class PlacementQuerySet(models.QuerySet):
    def holding(self):
        return self.filter(status__in=HOLDING)

    def members(self):
        return self.filter(status__in=MEMBERS)

    def people(self) -> list:
        """Return the applications, in the order of the places."""
        return [placement.application for placement in self.select_related("application")]

    def lock(self, placement):
        """Return the placement as it is now with its group and application, all of them locked.

        Raise `ObjectDoesNotExist` if it has been erased meanwhile.
        """
        group = self.model.group.field.related_model.objects.lock(placement.group_id)
        people = self.model.application.field.related_model.objects
        application = people.lock_members([placement.application_id]).get(placement.application_id)
        locked = self.select_for_update().get(pk=placement.pk)
        locked.group, locked.application = group, application
        return locked

    def lapsed(self):
        """Return the proposed places whose time to answer is over."""
        return self.filter(status=PlacementStatus.PROPOSED, reply_by__lt=timezone.now())

    def running_out(self, within):
        """Return the proposed places with less than the `timedelta` left to answer, or none."""
        limit = timezone.now() + within
        return self.filter(status=PlacementStatus.PROPOSED, reply_by__lt=limit)


class Placement(models.Model):
    """One application and one group. Nobody is proposed automatically for the same group twice.

    There is one row for each pair, so somebody who declined is only asked again by staff.
    """

    group = models.ForeignKey(
        "groups.SelfHelpGroup", on_delete=models.CASCADE, related_name="placements"
    )
    application = models.ForeignKey(
        "groups.GroupApplication", on_delete=models.CASCADE, related_name="placements"
    )
    status = models.CharField(
        _("status"), max_length=12, choices=PlacementStatus, default=PlacementStatus.WAITING
    )
    # Counts the changes, so that an answer from an outdated page changes nothing.
    turn = models.PositiveSmallIntegerField(default=0)
    proposed_at = models.DateTimeField(_("proposed"), null=True)
    reply_by = models.DateTimeField(_("answer by"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    # What they said to the start-up time proposed last; None while they have not answered.
    agrees = models.BooleanField(_("the time suits"), null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        # The permissions on groups apply.
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["group", "application"], name="placement_once"),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(status__in=["proposed", "accepted"]),
                name="placement_one_place_each",
            ),
        ]
        indexes = [models.Index(fields=["status", "reply_by"], name="placement_reply_by")]

    def __str__(self):
        return f"{self.group} / {self.application}"

    def save_with_new_link(self) -> None:
        """Save; what was shown of it earlier can no longer be answered."""
        self.turn += 1
        self.save()

    @property
    def is_answerable(self) -> bool:
        return self.status in ANSWERABLE
