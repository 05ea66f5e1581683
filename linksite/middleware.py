"""What stands between every request and its view."""

from django.contrib import messages
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.exception import response_for_exception
from django.db.models import ProtectedError, RestrictedError
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from .intake.links import by_link
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
            except (MultiPartParserError, SuspiciousOperation) as error:
                return self._refuse(request, error)
            except (LookupError, UnicodeError, UnreadablePostError):
                return self._refuse(request, BadRequest("What was sent cannot be read."))
        return self.get_response(request)

    def _refuse(self, request, error):
        # The address may be a link that opens for whoever has it.
        return by_link(response_for_exception(request, error))


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


class ProtectedMiddleware:
    """Says in the admin why something stays that others stand on, such as a site.

    The database refuses to delete it only after the page that asks has been confirmed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, ProtectedError | RestrictedError):
            return None
        # The admin's language ended with its view.
        profile = getattr(request.user, "wagtail_userprofile", None)
        with translation.override(profile.get_preferred_language() if profile else None):
            kinds = {str(one._meta.verbose_name_plural) for one in exception.args[1]}
            text = _("This cannot be deleted: there are %(kinds)s that belong to it.")
            messages.error(request, text % {"kinds": ", ".join(sorted(kinds))})
        return redirect("wagtailadmin_home")
