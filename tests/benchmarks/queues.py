"""What staff do: open the day, the queue, the board and the figures, at a thousand and more."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from home import roles

from .filling import Filling
from .visitors import Visitor, seconds

QUEUE = "/admin/groups/applications/"
#: Each by the role that works with it.
WAYS = {
    roles.GROUP_COORDINATOR: {
        "my day": "/admin/",
        "board": "/admin/groups/board/",
        "queue": QUEUE,
        "queue, one status": f"{QUEUE}?status=waiting",
        "queue, page 20": f"{QUEUE}?p=20",
        "search, many found": f"{QUEUE}?q=Deltaker+99",
        "search, one found": f"{QUEUE}?q=Deltaker+999",
        "export CSV": f"{QUEUE}?export=csv",
        "export XLSX": f"{QUEUE}?export=xlsx",
    },
    roles.MANAGER: {"figures": "/admin/figures/"},
}
#: What goes through every row there is, and so takes the longer the more there are.
EVERY_ROW = ("search", "export")
#: So many times as long as at the smallest size may the others take at most.
LIMIT = 1.5


def measure(port, sizes, say) -> list[str]:
    """Print the time of each way, and its ratio to the time at the smallest size.

    Gives those that take more than `LIMIT` times as long; what goes through every row does.
    """
    ways = [
        (name, path, cookie)
        for role, paths in WAYS.items()
        for cookie in [log_in(role)]
        for name, path in paths.items()
    ]
    say(f"\n{'':28}" + "".join(f"{size:>18,}" for size in sizes))
    taken = {name: [] for name, _path, _cookie in ways}
    for size in sizes:
        Filling(size).fill()
        for name, path, cookie in ways:
            taken[name].append(_time(Visitor(port, cookie), name, path))
    for name, times in taken.items():
        cells = (f"{time * 1000:>9.0f} ms{time / times[0]:>5.1f}×" for time in times)
        say(f"{name:28}" + "".join(f"{cell:>18}" for cell in cells))
    return [name for name, times in taken.items() if _is_judged(name) and _is_slow(times)]


def _time(visitor, name, path):
    is_export = name.startswith("export")
    visitor.get(QUEUE if is_export else path)
    return seconds(lambda: visitor.get(path), 1 if is_export else 10)


def _is_judged(name):
    return not name.startswith(EVERY_ROW)


def _is_slow(times):
    return max(times) > LIMIT * times[0]


def log_in(role: str) -> str:
    """Give the cookie of somebody who holds `role`."""
    user = get_user_model().objects.create_user(f"bench {role}")
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
