"""What somebody sees and answers by the link in a mail."""

from django.http import Http404


def answer(request, token):
    """Give the page of a place."""
    raise Http404


def appointment(request, token):
    """Give the start-up meeting as a calendar file."""
    raise Http404
