"""Counts signups from one place, so that nobody can flood a queue."""

from django.db import models
from django.utils import timezone


class Attempt(models.Model):
    """One signup sent from somewhere: a keyed hash of the address, nothing else.

    Counted in the database because a cache may be lost, or be one for each process.
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="attempt_key_at")]

    def __str__(self):
        return self.key[:8]
