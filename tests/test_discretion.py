"""What a log says of an error, and what it leaves out."""

import logging
import sys

import pytest

from linksite.discretion import DiscreetFormatter
from linksite.intake import links


def logged(error, cause=None):
    """Return what is logged of `error`."""
    try:
        try:
            if cause:
                raise cause
        finally:
            raise error
    except type(error):
        record = logging.LogRecord("x", 40, __file__, 1, "went wrong", (), sys.exc_info())
    return DiscreetFormatter("%(message)s").format(record)


@pytest.mark.parametrize(
    "path",
    ["/nb/svar/{}/", "/en/svar/{}/avtale.ics", "/nb/bli-med/receipt/{}/?x={}"],
)
@pytest.mark.django_db
def test_no_link_that_works_is_in_a_line_of_the_log(client, caplog, path):
    token = links.sign("purpose", 1, 2)
    client.put(path.format(token, ""))
    assert caplog.records
    for record in caplog.records:
        line = DiscreetFormatter("%(message)s").format(record)
        assert token not in line and token[10:] not in line
        assert "/svar/…" in line or "/receipt/…" in line


def test_other_paths_stay_in_the_log():
    record = logging.LogRecord("x", 40, "", 1, "Not Found: %s", ("/nb/svarte-natta/1/",), None)
    assert DiscreetFormatter("%(message)s").format(record) == "Not Found: /nb/svarte-natta/1/"


def test_the_row_a_database_refused_stays_out():
    text = logged(ValueError("Failing row contains (Kari)"), cause=KeyError("kari@example.org"))
    assert "ari" not in text.replace("variable", "")
    assert "KeyError" in text and "ValueError" in text
    assert text.index("KeyError") < text.index("ValueError")
    assert "test_discretion.py" in text
