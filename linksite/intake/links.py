"""Signed links to people without an account: each for one purpose, for a while.

And what the pages they open tell browsers, so that nothing of them is kept anywhere.
"""

from collections.abc import Callable
from functools import wraps

from django.core import signing
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpResponse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode


def sign(purpose: str, *parts) -> str:
    """Give a token that says `parts` (texts and numbers), good for `purpose` alone."""
    signed = signing.dumps(list(parts), salt=purpose)
    # Without the colons, which not every mail program takes for a part of an address.
    return urlsafe_base64_encode(signed.encode())


def read(purpose: str, token: str, *, max_age: int) -> list:
    """Give the parts; raise `signing.BadSignature` for a token too old (seconds) or not ours."""
    try:
        signed = urlsafe_base64_decode(token).decode()
    except ValueError as error:
        raise signing.BadSignature from error
    return signing.loads(signed, salt=purpose, max_age=max_age)


def private(response: HttpResponse) -> HttpResponse:
    """Give the response so that no cache and no search engine keeps anything of it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def by_link(response: HttpResponse) -> HttpResponse:
    """Give the private response that a link opened; no other page learns that link."""
    response["Referrer-Policy"] = "no-referrer"
    return private(response)


def opened_by_link(view: Callable) -> Callable:
    """Give the view so that `by_link` holds of all it answers, also when the request is wrong."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        # Django would turn the error into a page only where nobody knows any more of the link.
        answer = convert_exception_to_response(lambda request: view(request, *args, **kwargs))
        return by_link(answer(request))

    return opened
