"""The views of a queue that people save for themselves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """One person's named filters of a queue. Never a search text, which may be a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_queue_views"
    )
    queue = models.CharField(max_length=32)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        # Everybody who may see the queue may save views of it.
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["owner", "queue", "name"], name="saved_view_once")
        ]

    def __str__(self):
        return self.name
