"""People asking for a place: what every queue shares."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from linksite.contact_details import EmailModelField, PhoneModelField
from linksite.folded import FoldedField

from ..centre import Centre, centre_of
from ..references import new_reference
from ..statuses import ALLOWED_CHANGES, HOLDING_STATUSES, OPEN_STATUSES, ClosingReason, Status
from .overdue import waited_too_long
from .records import MailStatus


class ContactBy(models.TextChoices):
    PHONE = "phone", _("Phone call")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("Email")


class HeardFrom(models.TextChoices):
    COURSE = "course", _("A course")
    GP = "gp", _("GP or other health service")
    MUNICIPALITY = "municipality", _("The municipality")
    VOLUNTEER_CENTRE = "volunteer_centre", _("Volunteer centre")
    ORGANISATION = "organisation", _("An organisation")
    FRIEND = "friend", _("Friend or family")
    MEDIA = "media", _("Newspaper, radio or social media")
    BROCHURE = "brochure", _("Brochure or poster")
    SEARCH = "search", _("Found it online")
    OTHER = "other", _("Other")


def may_view(user, model) -> bool:
    """Return whether `user` may see rows of `model` at all; one query for each user."""
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('view', model._meta)}")


class ApplicationQuerySet(models.QuerySet):
    """Verbs that lists, searches, exports and actions share."""

    def visible_to(self, user):
        """Return what `user` may see: the one gate for every list, page and export."""
        return self if may_view(user, self.model) else self.none()

    def open(self):
        """Return those where somebody still has to do something."""
        return self.filter(status__in=OPEN_STATUSES)

    def follow_up_due(self):
        """Return those to be contacted today, or earlier and not yet."""
        return self.open().filter(follow_up_on__lte=timezone.localdate())

    def overdue(self):
        """Return those who have waited too long, by the rule of `waited_too_long`."""
        return self.open().filter(waited_too_long())

    def with_overdue(self):
        too_long = models.Q(status__in=OPEN_STATUSES) & waited_too_long()
        is_overdue = models.Case(models.When(too_long, then=True), default=False)
        return self.annotate(is_overdue=is_overdue)

    def call_today(self):
        """Have the open ones called today; an earlier day stays, and counts as overdue."""
        today = timezone.localdate()
        self.open().exclude(follow_up_on__lte=today).update(follow_up_on=today)

    def lock(self, pk):
        """Return the application as it is now, locked until the transaction ends."""
        return self.select_for_update().get(pk=pk)

    def lock_all(self, pks) -> dict:
        """Return current applications by key, locked until the transaction ends."""
        rows = self.select_for_update().filter(pk__in=pks).order_by("pk")
        return {application.pk: application for application in rows}

    def newest_first(self):
        """Return them in every queue's order; the id makes it total, an index serves it."""
        return self.order_by("-submitted_at", "-pk")


class Application(models.Model):
    """Somebody who asked for a place. `str()` is the reference, never a name."""

    #: Set when the queue is registered: all that differs between one queue and another.
    queue: ClassVar[Any]
    #: What the queue's own models of notes and mails add to it.
    notes: ClassVar[Any]
    mails: ClassVar[Any]
    duplicate_of_id: int | None

    site = models.ForeignKey(
        Site, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(
        _("reference"), max_length=7, unique=True, default=new_reference, editable=False
    )
    status = models.CharField(
        _("status"), max_length=16, choices=Status, default=Status.NEW, editable=False
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    follow_up_on = models.DateField(_("follow up on"), null=True, blank=True)

    name = models.CharField(_("name, or what to call them"), max_length=200)
    email = EmailModelField(_("email"), blank=True)
    phone = PhoneModelField(_("phone"), blank=True)
    folded = FoldedField(of=["name"])
    contact_by = models.CharField(
        _("prefers to be contacted by"), max_length=8, choices=ContactBy, blank=True
    )
    leave_message = models.BooleanField(_("we may leave a message"), default=False)
    language = models.CharField(_("language for contact"), max_length=8, choices=settings.LANGUAGES)
    message = models.TextField(_("message"), max_length=5000, blank=True)
    heard_from = models.CharField(
        _("heard about us from"), max_length=20, choices=HeardFrom, blank=True
    )
    helper = models.CharField(
        _("signed up with help from"),
        max_length=200,
        blank=True,
        help_text=_("The professional who signed the person up at their request."),
    )

    consent_text = models.TextField(_("consent given to"))
    consented_at = models.DateTimeField(_("consent given at"))
    consent_heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("consent heard by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who heard it, if it was given orally."),
    )
    verified = models.BooleanField(
        _("passed the robot check"),
        default=False,
        help_text=_("Not passed does not mean it was a robot. Most people are never asked."),
    )
    submitted_at = models.DateTimeField(_("received"), default=timezone.now)
    # Null, not empty, where staff entered it: only what was sent from the form is unique.
    submission_key = models.CharField(  # noqa: DJ001
        max_length=64, unique=True, null=True, editable=False
    )
    last_step_at = models.DateTimeField(_("last step"), default=timezone.now, editable=False)
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name=_("duplicate of"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="duplicates",
        editable=False,
    )
    # What the figures have counted of it already (linksite.intake.tally).
    counted = models.JSONField(default=list, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closing_reason = models.CharField(
        _("closing reason"), max_length=16, choices=ClosingReason, blank=True, editable=False
    )
    # For keeping a row without the person; not used yet: rows are deleted instead.
    anonymised_at = models.DateTimeField(_("anonymised at"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="%(class)s_newest"),
            models.Index(fields=["status", "-submitted_at", "-id"], name="%(class)s_status"),
            models.Index(fields=["assigned_to", "-submitted_at"], name="%(class)s_assigned"),
            models.Index(fields=["follow_up_on"], name="%(class)s_follow_up"),
            models.Index(
                fields=["last_step_at"],
                condition=models.Q(status__in=OPEN_STATUSES),
                name="%(class)s_idle",
            ),
            # To find duplicates.
            models.Index(Lower("email"), name="%(class)s_email"),
            models.Index(fields=["phone"], name="%(class)s_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(email="", phone="", anonymised_at=None),
                name="%(class)s_can_be_reached",
            )
        ]

    def __str__(self):
        return self.reference

    def is_visible_to(self, user) -> bool:
        """Return whether `user` may see it: the rule of `visible_to`, without a query."""
        return may_view(user, type(self))

    @property
    def is_open(self):
        return self.status in OPEN_STATUSES

    @cached_property
    def centre(self) -> Centre:
        """What its mails say of the centre; asked for once for all mails of a signup."""
        return centre_of(self.site)

    @property
    def email_refused(self) -> bool:
        """Whether a mail server has refused mail to their address, as it is now."""
        refused = self.mails.filter(status=MailStatus.REFUSED, to=self.email)
        return bool(self.email) and refused.exists()

    @property
    def holds_place(self) -> bool:
        """Whether a place is held for them, or taken."""
        return self.status in HOLDING_STATUSES

    @property
    def follow_up_passed(self) -> bool:
        return self.follow_up_on is not None and self.follow_up_on < timezone.localdate()

    def call_today(self) -> None:
        """Set the follow-up to today if it is open; an earlier day stays, and counts as overdue."""
        if self.is_open:
            today = timezone.localdate()
            self.follow_up_on = min(self.follow_up_on or today, today)

    @property
    def allowed_changes(self) -> list[Status]:
        changes = ALLOWED_CHANGES[Status(self.status)]
        return [status for status in changes if status in self.queue.statuses]

    @property
    def changes_by_hand(self) -> list[Status]:
        """The allowed changes that staff may choose; the others follow from what is done."""
        return [
            status
            for status in self.allowed_changes
            if status not in self.queue.set_by_actions and not self.queue.refusals([self], status)
        ]

    @transaction.atomic
    def delete(self, *args, **kwargs):
        # Whoever erases has locked it (linksite.intake.retention).
        self.queue.erasing(self)
        return super().delete(*args, **kwargs)
