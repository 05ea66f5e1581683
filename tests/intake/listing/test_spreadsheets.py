"""CSV and XLSX: harmless, readable and sent bit by bit."""

import csv
import io
from datetime import date, datetime

import pytest
from django.utils import translation
from openpyxl import load_workbook

from linksite.intake.listing.spreadsheets import stream_csv, stream_xlsx

FORMULAS = ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "  =1+1"]


def read_csv(stream):
    text = io.StringIO(b"".join(stream).decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=";"))


def read_xlsx(stream):
    return load_workbook(io.BytesIO(b"".join(stream)))["1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_makes_formulas_harmless(formula):
    assert read_csv(stream_csv(["A"], [[formula]])) == [["A"], [f"'{formula}"]]


@pytest.mark.parametrize("formula", FORMULAS)
def test_xlsx_holds_formulas_as_text(formula):
    cell = read_xlsx(stream_xlsx(["A"], [[formula]]))["A2"]
    assert cell.data_type != "f" and cell.value.strip() == formula.strip()


def test_values_come_through():
    row = ["Åse & <Øyvind>\nLind", "", 3, date(2026, 11, 22), datetime(2026, 11, 22, 13, 30)]
    sheet = read_xlsx(stream_xlsx(list("ABCDE"), [row]))
    values = [cell.value for cell in sheet[2]]
    assert values == ["Åse & <Øyvind>\nLind", None, 3, datetime(2026, 11, 22), row[4]]
    assert read_csv(stream_csv(list("ABCDE"), [row]))[1] == [
        *row[:2],
        "3",
        "2026-11-22",
        "2026-11-22 13:30",
    ]


def test_what_xml_cannot_hold_is_left_out():
    assert read_xlsx(stream_xlsx(["A"], [["a\x00b\x0bc\ud800d"]]))["A2"].value == "abcd"


@pytest.mark.parametrize("stream", [stream_csv, stream_xlsx])
def test_the_first_bytes_come_before_the_first_row_is_read(stream):
    def rows():
        raise AssertionError("read too early")
        yield

    assert next(stream(["A"], rows()))


def test_many_rows():
    rows = [[f"Rad {number}"] for number in range(1001)]
    assert read_csv(stream_csv(["A"], rows))[1:] == rows
    assert read_xlsx(stream_xlsx(["A"], rows)).max_row == 1002


@pytest.mark.parametrize(("language", "line"), [("nb", "A;B"), ("nn", "A;B"), ("en", "A,B")])
def test_cells_are_parted_as_the_reader_s_program_expects(language, line):
    with translation.override(language):
        stream = stream_csv(["A", "B"], [])
    assert b"".join(stream).decode("utf-8-sig").strip() == line
