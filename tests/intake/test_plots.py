"""Plots: read without colour, safe between threads, at home anywhere."""

import base64
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

from linksite.intake.report import plots
from linksite.intake.report.hiding import Hidden
from linksite.intake.report.tables import Row, Table

TABLE = Table(
    "topic",
    "By topic",
    "Topic",
    ["2026", "2025"],
    [
        Row("Sorg & tap", [12, 7]),
        Row("Ensomhet", [Hidden.FEW, 0]),
        Row("Rus", [Hidden.WITHHELD, 5]),
    ],
)


def drawn(address):
    """Return what a picture says, as text."""
    head, data = address.split(",")
    assert head == "data:image/svg+xml;base64"
    root = ElementTree.fromstring(base64.b64decode(data))  # noqa: S314
    return [
        "".join(text.itertext()).strip() for text in root.iter("{http://www.w3.org/2000/svg}text")
    ]


def test_bars_say_every_number_and_hide_what_the_table_hides():
    said = drawn(plots.bars(TABLE, (0, 1)))
    assert {"Sorg & tap", "12", "7", "<5", "0", ":", "5", "2026", "2025"} <= set(said)


def test_two_series_differ_without_colour():
    svg = base64.b64decode(plots.bars(TABLE, (0, 1)).split(",")[1]).decode()
    assert "<pattern" in svg


def test_months_are_named_as_long_as_there_is_room():
    rows = [Row(f"m{number}", [number, 5]) for number in range(60)]
    said = drawn(plots.months(Table("months", "", "", ["a", "b"], rows), (0, 1)))
    assert "m0" in said and "m1" not in said


def test_spans_leave_out_what_too_few_waited_for():
    rows = [Row("first contact", [2, 9]), Row("a place", [None, None])]
    said = drawn(plots.spans(Table("days", "", "", ["half", "most"], rows), (0, 1)))
    assert {"first contact", "2", "9", "half", "most"} <= set(said) and "a place" not in said
    assert plots.spans(Table("days", "", "", ["half", "most"], rows[1:]), (0, 1)) == ""


def test_threads_draw_at_the_same_time():
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: plots.bars(TABLE, (0, 1)), range(8)))
    assert len({tuple(drawn(picture)) for picture in pictures}) == 1


def test_matplotlib_needs_no_folder_of_its_own(tmp_path):
    code = "from linksite.intake.report import plots; print(plots._figure_class().__name__)"
    nowhere = {"HOME": "/proc/nowhere", "MPLCONFIGDIR": "/proc/nowhere", "TMPDIR": str(tmp_path)}
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        env={**os.environ, **nowhere},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert result.stdout.strip() == "Figure", result.stderr
