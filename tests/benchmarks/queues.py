"""What staff do: open the day, the queue, the board and the figures, at a thousand and more."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from home import roles
from tests.benchmarks.visitors import Visitor, seconds

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
#: What reads every row, and so takes longer the more there are.
EVERY_ROW = ("search", "export")
#: How many times as long as at the smallest size the others may take.
LIMIT = 1.5
#: The shortest of so many rounds counts: other load can only add to it.
ROUNDS = 12


def measure(ports: dict[int, int], cookies: dict[str, str], say) -> list[str]:
    """Print the time of each page at each size, and its ratio to the smallest size's.

    `ports` says where each size is served, the smallest first; `cookies` has one for each role.
    Return the pages that take more than `LIMIT` times as long, except those that read every row.
    """
    say(f"\n{'':28}" + "".join(f"{size:>18,}" for size in ports))
    slow = []
    for role, paths in WAYS.items():
        visitors = [Visitor(port, cookies[role]) for port in ports.values()]
        for name, path in paths.items():
            times = _time(visitors, name, path)
            cells = (f"{time * 1000:>9.0f} ms{time / times[0]:>5.1f}×" for time in times)
            say(f"{name:28}" + "".join(f"{cell:>18}" for cell in cells))
            if _is_judged(name) and max(times) > LIMIT * times[0]:
                slow.append(name)
    return slow


def _time(visitors, name, path):
    """Return the shortest time at each size; in turn, so that other load affects all alike."""
    is_export = name.startswith("export")
    for visitor in visitors:
        visitor.get(QUEUE if is_export else path)
    rounds = [
        [seconds(lambda: visitor.get(path)) for visitor in visitors]  # noqa: B023
        for _ in range(1 if is_export else ROUNDS)
    ]
    return [min(taken) for taken in zip(*rounds, strict=True)]


def _is_judged(name):
    return not name.startswith(EVERY_ROW)


def log_in() -> dict[str, str]:
    """Return for each role the cookie of somebody who has it."""
    return {role: _log_in(role) for role in WAYS}


def _log_in(role):
    user = get_user_model().objects.create_user(f"bench {role}")
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
