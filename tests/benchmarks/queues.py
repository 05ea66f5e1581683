"""What staff do: open the day, the queue, the board and the figures, at a thousand and more."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from .filling import Filling
from .visitors import Visitor, seconds

QUEUE = "/admin/groups/applications/"
WAYS = {
    "my day": "/admin/",
    "board": "/admin/groups/board/",
    "figures": "/admin/figures/",
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
        Filling(size).fill()
        for name, path in WAYS.items():
            visitor, times = Visitor(port, cookie), 1 if "export" in name else 5
            visitor.get(QUEUE if "export" in name else path)
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
