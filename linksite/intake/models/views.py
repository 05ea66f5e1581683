"""The views of a queue that somebody keeps for themselves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """Filters of a queue under a name, one person's own. Never what was searched for: a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_queue_views"
    )
    queue = models.CharField(max_length=32)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        # One's own; whoever may see the queue may keep views of it.
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["owner", "queue", "name"], name="saved_view_once")
        ]

    def __str__(self):
        return self.name
