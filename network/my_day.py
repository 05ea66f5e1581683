"""What My day shows of the network queue and the network's meetings."""

from django.urls import reverse
from django.utils.translation import gettext as _

from linksite.content.translations import once_each
from linksite.intake.my_day import TASKS, Figure, QueueFigures, Section, Task, counted
from linksite.intake.permissions import may

from .models import NetworkApplication, NetworkMeetingPage
from .queue.filters import NetworkApplicationFilters


def section(user) -> Section | None:
    """Return the section on the network, or None for users who may not see its queue."""
    if not may(user, "view", NetworkApplication):
        return None
    queue = QueueFigures(NetworkApplicationFilters, user)
    meetings = once_each(NetworkMeetingPage.objects.live()).this_week()
    url = reverse("network_meetings:index")
    figures = [
        *queue.common(),
        Figure(_("Network meetings this week"), counted(meetings), f"{url}?when=week", asks=False),
    ]
    tasks = [
        Task(one.starts_at, _("Network meeting"), one.title, f"{queue.url}?meeting={one.pk}")
        for one in meetings.defer_streamfields()[:TASKS]
    ]
    return Section(_("Network for initiators"), queue.url, "clipboard-list", figures, tasks)
