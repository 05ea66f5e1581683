"""What staff do: open the queue, filter, search, export; at a thousand and a hundred thousand."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from groups.models import GroupApplication
from linksite.intake.statuses import ClosingReason, Status

from .visitors import Visitor, seconds

QUEUE = "/admin/groups/applications/"
WAYS = {
    "queue": QUEUE,
    "queue, one status": f"{QUEUE}?status=waiting",
    "queue, search by name": f"{QUEUE}?q=Deltaker+99",
    "queue, page 20": f"{QUEUE}?p=20",
    "export CSV": f"{QUEUE}?export=csv",
    "export XLSX": f"{QUEUE}?export=xlsx",
}


def measure(port, sizes, say):
    """Print the time of each way, and its ratio to the time at the smallest size."""
    cookie, first = log_in(), {}
    say(f"\n{'':28}" + "".join(f"{size:>18,}" for size in sizes))
    table = {name: [] for name in WAYS}
    for size in sizes:
        fill(size)
        for name, path in WAYS.items():
            visitor, times = Visitor(port, cookie), 1 if "export" in name else 5
            visitor.get(QUEUE)
            taken = seconds(lambda v=visitor, p=path: v.get(p), times)
            table[name].append(
                f"{taken * 1000:>9.0f} ms{taken / first.setdefault(name, taken):>5.1f}×"
            )
    for name, cells in table.items():
        say(f"{name:28}" + "".join(f"{cell:>18}" for cell in cells))


def log_in() -> str:
    """Give the cookie of somebody who may see and export the group queue."""
    user = get_user_model().objects.create_superuser("bench", password="bench")  # noqa: S106
    user.groups.set(Group.objects.all())
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def fill(size):
    """Bring the group queue up to `size` applications, spread over the years and statuses."""
    numbers = range(GroupApplication.objects.count(), size)
    site, now, statuses = Site.objects.first(), timezone.now(), list(Status)
    GroupApplication.objects.bulk_create(
        (application(site, now, statuses, n) for n in numbers), batch_size=2000
    )


def application(site, now, statuses, n):
    """Give the `n`th made-up application, unsaved."""
    status = statuses[n % 20] if n % 20 < len(statuses) else Status.CLOSED
    closed = status == Status.CLOSED
    return GroupApplication(
        site=site,
        # In order, because random ones meet at a hundred thousand; with digits no real one has.
        reference=f"0{n:06}",
        name=f"Deltaker {n}",
        email=f"deltaker{n}@example.org",
        language="nb",
        consent_text="Ja",
        consented_at=now,
        submitted_at=now - timedelta(minutes=17 * n),
        status=status,
        closed_at=now if closed else None,
        closing_reason=ClosingReason.STARTED if closed else "",
    )
