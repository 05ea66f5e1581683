"""The wording of the mails to applicants, as a centre wants it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailText(models.Model):
    """A mail's wording in one language, in place of the default.

    Holds placeholders (`{reference}`), never anything about anybody.
    """

    kind = models.CharField(_("email"), max_length=32)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"), max_length=5000)

    class Meta:
        verbose_name = _("email template")
        verbose_name_plural = _("email templates")
        default_permissions = ["change"]
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="mail_text_once")]

    def __str__(self):
        return f"{self.kind} ({self.language})"
