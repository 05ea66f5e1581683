"""What stands between every request and its view."""

from django.core.exceptions import BadRequest
from django.http import UnreadablePostError

from .text import cleaned


class TextMiddleware:
    """Cleans what is sent, before anything else reads it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.GET = cleaned(request.GET)
        if request.method == "POST":
            try:
                request.POST = cleaned(request.POST)
            except (LookupError, UnicodeError, UnreadablePostError) as error:
                raise BadRequest("What was sent cannot be read.") from error
        return self.get_response(request)


class HugeNumberMiddleware:
    """Answers 400 to a key too long for SQLite, which raises `OverflowError`.

    PostgreSQL finds no row with such a key, as for any other that there is none of.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OverflowError):
            raise BadRequest("A number is too large for the database.") from exception
