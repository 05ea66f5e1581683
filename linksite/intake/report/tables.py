"""A table as the page, the workbook and the plots show it."""

from dataclasses import dataclass, field

from .hiding import Between, Hidden

#: A cell: a number, what is known of one, why there is none, or None where too few waited to say
#: how long.
Cell = int | Between | Hidden | None


@dataclass
class Row:
    """One line: what it is about, and its cells."""

    label: str
    cells: list[Cell]

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not any(self.cells)


@dataclass
class Table:
    """A table with its caption. `plot` is an address of its picture, `alt` what that says."""

    name: str
    caption: str
    #: What the first column lists, and the headings of the others.
    rows_are: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    #: Long ones open when asked for.
    folded: bool = False
    #: Numbers that say by how much something changed, by their column.
    changes: tuple[int, ...] = ()
    plot: str = ""
    alt: str = ""

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """Each row as it is read."""
        return [(row.label, self._texts(row)) for row in self.rows]

    def _texts(self, row):
        return [as_text(cell, number in self.changes) for number, cell in enumerate(row.cells)]

    def __bool__(self):
        return any(not row.is_empty for row in self.rows)


def as_text(cell: Cell, is_change: bool = False) -> str:
    """Give a cell as it is read; a change has its sign."""
    if cell is None:
        return "–"
    if is_change and isinstance(cell, int) and cell:
        return f"{cell:+}".replace("-", "−")
    return str(cell)


def ranked(rows: list[Row]) -> list[Row]:
    """Give the rows with most first. Hidden ones come after, by name: their order tells nothing."""
    return sorted(rows, key=_rank)


def _rank(row):
    first = row.cells[0]
    if isinstance(first, Hidden):
        return (1, 0, row.label)
    first = first.low if isinstance(first, Between) else first
    return (0, -first, row.label) if first else (2, 0, row.label)
