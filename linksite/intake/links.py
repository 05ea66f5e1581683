"""Signed links for people without an account: each for one purpose and a limited time.

And the headers of the pages they open, so that nothing of them is kept anywhere.
"""

from collections.abc import Callable
from functools import wraps

from django.core import signing
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpResponse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode


def sign(purpose: str, *parts) -> str:
    """Return a token that holds `parts` (texts and numbers), valid for `purpose` only."""
    signed = signing.dumps(list(parts), salt=purpose)
    # Without the colons, which some mail programs do not take for part of an address.
    return urlsafe_base64_encode(signed.encode())


def read(purpose: str, token: str, *, max_age: int) -> list:
    """Return the parts; raise `signing.BadSignature` for a forged token or after `max_age` (s)."""
    try:
        signed = urlsafe_base64_decode(token).decode()
    except ValueError as error:
        raise signing.BadSignature from error
    return signing.loads(signed, salt=purpose, max_age=max_age)


def private(response: HttpResponse) -> HttpResponse:
    """Return the response marked so that no cache and no search engine keeps it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def by_link(response: HttpResponse) -> HttpResponse:
    """Return the response made private, and so that no other page learns the link."""
    response["Referrer-Policy"] = "no-referrer"
    return private(response)


def opened_by_link(view: Callable) -> Callable:
    """Return the view with `by_link` applied to all its responses, errors included."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        # Django would turn an error into a page only outside this view, without these headers.
        answer = convert_exception_to_response(lambda request: view(request, *args, **kwargs))
        return by_link(answer(request))

    return opened
