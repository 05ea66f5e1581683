"""Logs that say what went wrong and where, but nothing of what people sent."""

import logging
import re
import traceback

#: Such an address opens its page for anybody who has it, without an account.
LINK = re.compile(r"/(svar|receipt)/[^/\s]+")


class DiscreetFormatter(logging.Formatter):
    """Leaves out the messages of exceptions.

    A database names the row it refused in them, a mail server the recipient it rejected. The type
    of each exception and its traceback stay. So do paths, but a link that was mailed to somebody is
    cut after its purpose.
    """

    def format(self, record):
        return LINK.sub(r"/\1/…", super().format(record))

    def formatException(self, ei):
        return "\n".join(_told(ei[1])).rstrip()


def _told(error, seen=()):
    if error is None or error in seen:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    yield from _told(before, (*seen, error))
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__
