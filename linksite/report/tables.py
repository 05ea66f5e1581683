"""A table as the page and the workbook show it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .rounding import WITHHELD, Published

#: A table draws its first columns, for reading at a glance: this period and the one before.
DRAWN = 2


@dataclass
class Row:
    """One line: what it is about, and its cells."""

    label: str
    cells: list[Published]

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened, or nothing that is given."""
        return not any(map(size, self.cells))


class Line(NamedTuple):
    """A row as it is read; `bars` are percents of the longest."""

    label: str
    cells: list[str]
    bars: list[int]


@dataclass
class Table:
    name: str
    caption: str
    #: What the first column lists, and the headings of the others.
    rows_are: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    #: Long ones open when asked for, and have no bars.
    folded: bool = False
    #: Numbers that say by how much something changed, by their column.
    changes: tuple[int, ...] = ()
    #: What to know about its numbers, and why one is withheld where one is.
    note: str = ""
    why_withheld: str = ""

    @property
    def notes(self) -> list[str]:
        """What stands below it."""
        withheld = any(WITHHELD in row.cells for row in self.rows)
        return [note for note in (self.note, withheld and self.why_withheld) if note]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The heading of each column, and whether the column is drawn."""
        drawn = 0 if self.folded else DRAWN
        return [(column, number < drawn) for number, column in enumerate(self.columns)]

    @property
    def lines(self) -> list[Line]:
        return [Line(row.label, self._texts(row), self._bars(row)) for row in self.rows]

    def __bool__(self):
        return any(not row.is_empty for row in self.rows)

    def _texts(self, row):
        return [as_text(cell, number in self.changes) for number, cell in enumerate(row.cells)]

    def _bars(self, row):
        if self.folded:
            return []
        longest = max(size(cell) for row in self.rows for cell in row.cells[:DRAWN]) or 1
        return [round(100 * size(cell) / longest) for cell in row.cells[:DRAWN]]


def size(cell: Published) -> int:
    """Return the number to draw or order by."""
    return cell if isinstance(cell, int) else 0


def as_text(cell: Published, is_change: bool = False) -> str:
    """Return a cell as it is read; a change has its sign."""
    if is_change and isinstance(cell, int) and cell:
        return f"{cell:+}".replace("-", "−")
    return str(cell)


def ranked(rows: list[Row]) -> list[Row]:
    """Return the rows with most first, equals by name."""
    return sorted(rows, key=lambda row: (-size(row.cells[0]), row.label))
