"""Rows as CSV or XLSX, sent piece by piece: the first bytes at once, never all in memory.

Wagtail's own export builds everything before it sends anything, and lets formulas through in CSV. A
value here is text, a number, a date or a time; whatever it looks like, no cell is ever a formula.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from xml.sax.saxutils import escape

from django.utils.formats import get_format

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: A cell beginning with one of these is a formula (OWASP, CSV injection); the full-width ones are
#: where the program is set to an East Asian language.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: What XML 1.0 cannot hold.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Rows gathered before they are sent on.
BATCH = 200
#: Day 0 of a spreadsheet's calendar: a time is the number of days since then.
EPOCH = datetime(1899, 12, 30)

_NS = "http://schemas.openxmlformats.org"
_MAIN = f"{_NS}/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_REL = f"{_NS}/officeDocument/2006/relationships"
#: The parts of a workbook with one sheet. Style 1 is a date, 2 a date with time, 3 a heading.
XLSX_PARTS = {
    "[Content_Types].xml": f"""{_HEAD}<Types xmlns="{_NS}/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""{_HEAD}<Relationships xmlns="{_NS}/package/2006/relationships">\
<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""{_HEAD}<Relationships xmlns="{_NS}/package/2006/\
relationships"><Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_REL}/styles" Target="styles.xml"/></Relationships>""",
    "xl/workbook.xml": f"""{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>\
<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/styles.xml": f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/>\
</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill \
patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs \
count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="14" applyNumberFormat="1"/>\
<xf numFmtId="22" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs><cellStyles \
count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>""",
}
_SHEET_START = f"""{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">\
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
<sheetData>"""
_SHEET_END = "</sheetData></worksheet>"


def stream_csv(headings: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    """Return the table as CSV in UTF-8, with the byte order mark spreadsheet programs need."""
    # A program that writes 0,5 expects semicolons between cells. Asked now: when the rows are sent,
    # the reader's language is no longer active.
    return _csv(headings, rows, ";" if get_format("DECIMAL_SEPARATOR") == "," else ",")


def _csv(headings, rows, delimiter):
    buffer = _Buffer()
    writer = csv.writer(buffer, delimiter=delimiter)
    buffer.write("\ufeff")
    writer.writerow([_harmless(heading) for heading in headings])
    yield buffer.taken()
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        writer.writerows([_harmless(value) for value in row] for row in batch)
        yield buffer.taken()


def stream_xlsx(headings: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    """Yield the table as a workbook with one sheet, its headings bold and always in view."""
    buffer = _Buffer()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        for name, xml in XLSX_PARTS.items():
            book.writestr(name, xml)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_SHEET_START + _row(headings, style=' s="3"')).encode())
            yield buffer.taken()
            rows = iter(rows)
            while batch := list(islice(rows, BATCH)):
                sheet.write("".join(map(_row, batch)).encode())
                yield buffer.taken()
            sheet.write(_SHEET_END.encode())
    yield buffer.taken()


class _Buffer:
    """Collects what a writer writes, until it is sent on."""

    def __init__(self):
        self.parts = []

    def write(self, data):
        self.parts.append(data.encode() if isinstance(data, str) else bytes(data))
        return len(data)

    def flush(self):
        """Do nothing: zipfile wants the method, and what was written is sent when taken."""

    def taken(self):
        data, self.parts = b"".join(self.parts), []
        return data


def _harmless(value):
    """Return `value` as text that no spreadsheet program takes for a formula."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _row(values, style=""):
    cells = [_cell(value, style) if value != "" else "<c/>" for value in values]
    return f"<row>{''.join(cells)}</row>"


def _cell(value, style=""):
    if isinstance(value, str):
        text = escape(NOT_XML.sub("", value))
        return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, datetime):
        return f'<c s="2"><v>{(value - EPOCH) / timedelta(days=1):.6f}</v></c>'
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - EPOCH.date()).days}</v></c>'
    return f"<c><v>{int(value)}</v></c>"
