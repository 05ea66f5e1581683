"""What is counted when it happens, so that figures outlive the people they were about."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tally(models.Model):
    """How many times something happened in one month, by one dimension alone.

    One dimension a row, so that no two facts about the same person can be combined again. The key
    is random, so that its order gives nothing away either. Events add rows;
    `linksite.intake.tally` merges those of a month that say the same, and explains the words
    used.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField(help_text="The first day of the month in which it happened.")
    queue = models.CharField(max_length=32)
    event = models.CharField(max_length=32)
    dimension = models.CharField(max_length=16, blank=True)
    value = models.CharField(max_length=255, blank=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        # Counted, never entered.
        default_permissions = ["view"]
        indexes = [models.Index(fields=["month", "event", "dimension"], name="tally_month")]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.queue} {self.event}"
