"""People who want to come to an information evening."""

from django.db import models

from linksite.intake.models import Application, Mail, Note


class EveningApplication(Application):
    town = models.CharField("town", max_length=60, blank=True)

    class Meta(Application.Meta):
        verbose_name = "evening application"
        verbose_name_plural = "evening applications"
        permissions = [("export_eveningapplication", "Can export evening applications")]


class EveningNote(Note):
    application = models.ForeignKey(EveningApplication, models.CASCADE, related_name="notes")


class EveningMail(Mail):
    application = models.ForeignKey(EveningApplication, models.CASCADE, related_name="mails")
