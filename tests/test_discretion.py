"""What a log says of an error, and what not."""

import logging
import sys

from linksite.discretion import DiscreetFormatter


def logged(error, cause=None):
    """Give what is logged of `error`."""
    try:
        try:
            if cause:
                raise cause
        finally:
            raise error
    except type(error):
        record = logging.LogRecord("x", 40, __file__, 1, "went wrong", (), sys.exc_info())
    return DiscreetFormatter("%(message)s").format(record)


def test_the_row_a_database_refused_stays_out():
    text = logged(ValueError("Failing row contains (Kari)"), cause=KeyError("kari@example.org"))
    assert "ari" not in text.replace("variable", "")
    assert "KeyError" in text and "ValueError" in text
    assert text.index("KeyError") < text.index("ValueError")
    assert "test_discretion.py" in text
