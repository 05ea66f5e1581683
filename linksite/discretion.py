"""Logs that tell what went wrong and where, but nothing of what people sent."""

import logging
import re
import traceback

#: Whoever has such an address can open what it leads to, without an account.
LINK = re.compile(r"/(svar|receipt)/[^/\s]+")


class DiscreetFormatter(logging.Formatter):
    """Leaves out the messages of exceptions.

    A database says in them which row it refused, a mail server to whom it would not send. The kind
    of each exception and the lines it came through stay. So do paths, but of a link that somebody
    was sent only what it is for.
    """

    def format(self, record):
        """Give the line, as Python does, without what makes a link work."""
        return LINK.sub(r"/\1/…", super().format(record))

    def formatException(self, ei):
        """Give the traceback with the causes first, as Python does, without the messages."""
        return "\n".join(_told(ei[1])).rstrip()


def _told(error, seen=()):
    if error is None or error in seen:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    yield from _told(before, (*seen, error))
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__
