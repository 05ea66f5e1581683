"""The report as a workbook: one sheet a table, each cell as the page shows it."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from linksite.intake.listing.spreadsheets import NOT_XML
from linksite.report.tables import Table

#: What a sheet's name cannot hold, and how long it can be.
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31
HEADING = Font(bold=True)


def workbook(tables: list[Table], notes: list[str]) -> bytes:
    """Return the workbook; `notes` are on a first sheet of their own."""
    book = Workbook(write_only=True)
    _sheet(book, 1, notes[0], [[note] for note in notes])
    for number, table in enumerate(tables, start=2):
        headings = [table.rows_are, *table.columns]
        rows = [[row.label, *row.cells] for row in table.rows]
        notes = [[note] for note in table.notes]
        _sheet(book, number, table.caption, [headings, *rows, *notes])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book, number, name, rows):
    sheet = book.create_sheet(f"{number} {name}".translate(NOT_IN_NAMES)[:LONGEST_NAME].strip())
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 40
    for place, row in enumerate(rows):
        sheet.append([_cell(sheet, value, heading=place == 0) for value in row])


def _cell(sheet, value, heading):
    """Return a cell that is never a formula, whatever it looks like."""
    if not isinstance(value, int):
        value = NOT_XML.sub("", str(value))
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if heading:
        cell.font = HEADING
    return cell
