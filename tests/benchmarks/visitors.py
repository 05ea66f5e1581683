"""Visitors over HTTP, as many at a time as asked for, and how fast they are served."""

import itertools
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode

SECONDS = 2.0
ROUNDS = 3
_addresses = itertools.count(1)


def new_address() -> str:
    """Return an address nobody has used in this run."""
    n = next(_addresses)
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


class Visitor:
    """One keep-alive connection to the measured server."""

    def __init__(self, port, cookie=""):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=600)
        self.cookie = cookie

    def get(self, path) -> bytes:
        """Return the body at `path`; anything but 200 is an error."""
        return self._request("GET", path, None, 200)

    def post(self, path, data) -> bytes:
        """Post a form that must be answered by a redirect."""
        return self._request("POST", path, urlencode(data), (302, 303))

    def _request(self, method, path, body, expected):
        headers = {"Cookie": self.cookie, "X-Forwarded-For": new_address()}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        expected = expected if isinstance(expected, tuple) else (expected,)
        if response.status not in expected:
            raise RuntimeError(f"{method} {path}: {response.status}")
        return content


class HiddenInputs(HTMLParser):
    """The hidden fields of a form, as a browser would send them back."""

    def __init__(self, html):
        super().__init__()
        self.values = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "input" and attrs.get("type") == "hidden" and "name" in attrs:
            self.values[attrs["name"]] = attrs.get("value", "")


def rate(port, path, visitors) -> float:
    """Return how many requests a second `visitors` at a time are served, over a short while."""
    until = time.perf_counter() + SECONDS

    def visit(_):
        visitor, served = Visitor(port), 0
        while time.perf_counter() < until:
            visitor.get(path)
            served += 1
        return served

    with ThreadPoolExecutor(visitors) as pool:
        return sum(pool.map(visit, range(visitors))) / SECONDS


def compare(port, path, bare_path, visitors) -> tuple[float, float]:
    """Return the rates of both paths, medians of interleaved rounds, so that noise hits both."""
    rounds = [(rate(port, path, visitors), rate(port, bare_path, visitors)) for _ in range(ROUNDS)]
    page, bare = zip(*rounds, strict=True)
    return statistics.median(page), statistics.median(bare)


def seconds(work) -> float:
    """Return how long `work()` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
