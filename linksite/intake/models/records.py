"""Notes and mails of an application. Abstract; each queue has its own tables."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Note(models.Model):
    """What staff write about an application. A subclass adds the `application` it belongs to."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("note"), max_length=5000)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.application} #{self.pk}"


class MailStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    REFUSED = "refused", _("Refused: the address may be wrong")


#: As far as is known, not yet handed to the mail server.
UNSENT = [MailStatus.QUEUED, MailStatus.SENDING]
#: A mail that has waited this long is one that staff should know of.
LATE = timedelta(hours=1)


class MailQuerySet(models.QuerySet):
    def stuck(self):
        """Return what somebody has waited for too long, or will never get at the address it has."""
        late = models.Q(status__in=UNSENT, created_at__lt=timezone.now() - LATE)
        refused = models.Q(status=MailStatus.REFUSED, to=models.F("application__email"))
        return self.filter(late | refused)


class Mail(models.Model):
    """A mail about an application, in the outbox until it is sent.

    Saved in the transaction that caused it; `linksite.intake.mail.outbox` sends it. A subclass adds
    the `application` it belongs to, so that it is deleted with it.
    """

    kind = models.CharField(max_length=32)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    status = models.CharField(max_length=8, choices=MailStatus, default=MailStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "due_at"], name="%(class)s_due")]

    def __str__(self):
        return f"{self.kind} {self.pk}"
