"""What visitors do: read an article, look for a group, sign up."""

import time

from groups.models import GroupIndexPage
from home.models import ArticlePage, SignupPage
from home.signup import tokens
from tests.benchmarks.visitors import HiddenInputs, Visitor, compare

VISITORS = (1, 16)
SIGNUPS = 150


def path_of(pages) -> str:
    """Return the path of the first live bokmål page."""
    return pages.filter(live=True, locale__language_code="nb").first().specific.url


def measure(port, bare_folder, say):
    """Print requests a second, and their ratio to the bare view's."""
    say(f"\n{'':28}{'at a time':>10}{'each second':>13}{'of bare':>9}")
    pages = {"article": ArticlePage, "offers": GroupIndexPage}
    for name, model in pages.items():
        path = path_of(model.objects.all())
        (bare_folder / name).write_bytes(Visitor(port).get(path))
        for visitors in VISITORS:
            page, bare = compare(port, path, f"/bare/{name}", visitors)
            say(f"{name:28}{visitors:>10}{page:>13.0f}{page / bare:>9.2f}")
    measure_signup(port, bare_folder, say)


def measure_signup(port, bare_folder, say):
    """Print full visits a second: get the form, post it."""
    path = path_of(SignupPage.objects.all()) + "?interest=group"
    (bare_folder / "signup").write_bytes(Visitor(port).get(path))
    page = signups(port, path)
    bare = bare_signups(port)
    say(f"{'signup: form and post':28}{1:>10}{page:>13.0f}{page / bare:>9.2f}")


def signups(port, path) -> float:
    """Return the visits a second, without the time visitors spend on the form."""
    visitor = Visitor(port)
    start = time.perf_counter()
    forms = [HiddenInputs(visitor.get(path).decode()).values for _ in range(SIGNUPS)]
    taken = time.perf_counter() - start
    time.sleep(tokens.SHORTEST)
    visitor = Visitor(port)
    start = time.perf_counter()
    for n, hidden in enumerate(forms):
        answers = {"name": f"Deltaker {n}", "phone": "22 22 55 55", "consent": "on"}
        visitor.post(path.split("?")[0], hidden | answers | {"language": "nb"})
    return SIGNUPS / (taken + time.perf_counter() - start)


def bare_signups(port) -> float:
    """Return the same for the bare view: stored bytes, one insert."""
    visitor = Visitor(port)
    start = time.perf_counter()
    for n in range(SIGNUPS):
        visitor.get("/bare/signup")
        visitor.post("/bare/signup", {"name": f"bare {n}", "slug": f"bare-{n}"})
    return SIGNUPS / (time.perf_counter() - start)
