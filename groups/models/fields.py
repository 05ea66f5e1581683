"""A field of the same shape in several models."""

from django.db import models


def optional_key(to, name, *, related_name, **options):
    """Return a foreign key that may be empty, and is emptied when its row is deleted."""
    return models.ForeignKey(
        to,
        verbose_name=name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name=related_name,
        **options,
    )
