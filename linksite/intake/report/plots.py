"""Plots as SVG, drawn on the server, that need no colour: hatches, markers, and every number said.

matplotlib is loaded with the first plot. Its `Figure` is used alone, never `pyplot`, which keeps
state that threads would share.
"""

import base64
from functools import cache
from io import BytesIO
from textwrap import wrap
from threading import Lock

from .hiding import at_least
from .tables import Table

INK, PALE = "#17324d", "#ffffff"
EDGE = {"edgecolor": INK, "linewidth": 0.8}
#: The first of two series is solid, the second hatched. What is hidden is a crossed stub in either,
#: and crossed as far as it is known.
LOOKS = [{"facecolor": INK}, {"facecolor": PALE, "hatch": "////"}]
HIDDEN_LOOK = {"facecolor": PALE, "hatch": "xxxx", "linestyle": ":"}
#: The marks of a middle and of a slow end.
MARKERS = [("o", INK), ("D", PALE)]
#: Text stays text, which makes the picture half as big.
STYLE = {"font.size": 9, "hatch.linewidth": 0.8, "svg.fonttype": "none", "axes.edgecolor": INK}
#: A name is shown as it is: two dollar signs are no formula.
STYLE |= {"text.parse_math": False}
#: Inches: the whole width, and what is kept for names beside the bars, the scale and the legend.
WIDTH, NAMES, SCALE, LEGEND = 7.2, 2.4, 0.3, 0.35
#: Room for the number beyond the longest bar.
ROOM = 1.12
#: More bars than these are in the table only, so that each can be read.
MOST_BARS = 12
#: Letters that fit in `NAMES` in a wide typeface: the browser's own is used.
LINE = 27
#: With more months than this not each can have its name and its numbers.
MOST_LABELLED = 14

_drawing = Lock()


def bars(table: Table, columns: tuple[int, ...]) -> str:
    """Give lying bars, one for each row and each of `columns`, as the address of a picture."""
    rows = [row for row in table.rows if not row.is_empty][:MOST_BARS]

    def draw(axes):
        _bars(axes, axes.barh, rows, columns)
        _name_rows(axes, rows)
        axes.set_xlim(0, _longest(rows, columns) * ROOM)
        # Each bar says its number, so there is nothing to read off a scale.
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        return _bar_legend(table, columns)

    return _picture(draw, (0.22 * len(columns) + 0.14) * len(rows), left=NAMES, below=0.1)


def months(table: Table, columns: tuple[int, ...]) -> str:
    """Give standing columns, one for each row and each of `columns`."""
    rows = table.rows
    step = 1 + (len(rows) - 1) // MOST_LABELLED

    def draw(axes):
        _bars(axes, axes.bar, rows, columns, labelled=step == 1)
        names = [row.label for row in rows][::step]
        axes.set_xticks(range(0, len(rows), step), names, rotation=30, ha="right")
        axes.set_ylim(0, _longest(rows, columns) * ROOM)
        axes.yaxis.get_major_locator().set_params(integer=True)
        return _bar_legend(table, columns)

    return _picture(draw, 2.2, left=0.5, below=0.7)


def spans(table: Table, columns: tuple[int, int]) -> str:
    """Give a line for each row from one of `columns` to the other, both marked.

    The second may be missing.
    """
    rows = [row for row in table.rows if row.cells[columns[0]] is not None]

    def draw(axes):
        for place, row in enumerate(rows):
            _span(axes, place, _days(row, columns))
        _name_rows(axes, rows)
        axes.set_xlim(0, max(max(_days(row, columns)) for row in rows) * ROOM + 1)
        return [
            axes.plot([], [], marker, color=INK, markerfacecolor=fill, label=table.columns[column])[
                0
            ]
            for (marker, fill), column in zip(MARKERS, columns, strict=True)
        ]

    return _picture(draw, 0.42 * len(rows), left=NAMES) if rows else ""


def _days(row, columns):
    return [row.cells[column] for column in columns if row.cells[column] is not None]


def _span(axes, place, both):
    axes.plot(both, [place] * len(both), color=INK, linewidth=1)
    for (marker, fill), days in zip(MARKERS, both, strict=False):
        axes.plot([days], [place], marker, color=INK, markerfacecolor=fill)
    # Where both are the same, one number says it.
    for days in {*both}:
        axes.annotate(
            str(days), (days, place), (0, 6), textcoords="offset points", ha="center", fontsize=8
        )


def _name_rows(axes, rows):
    axes.set_yticks(range(len(rows)), [_fitting(row.label) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)


def _fitting(label):
    return "\n".join(wrap(label, LINE, max_lines=2, placeholder="…"))


def _bars(axes, draw, rows, columns, labelled=True):
    """Draw with `axes.bar` or `axes.barh`: those of a row side by side, each with its number."""
    thick = 0.8 / len(columns)
    stub = 0.03 * _longest(rows, columns)
    for turn, column in enumerate(columns):
        cells = [row.cells[column] for row in rows]
        sizes = [cell if isinstance(cell, int) else max(stub, at_least(cell)) for cell in cells]
        places = [place + (turn - (len(columns) - 1) / 2) * thick for place in range(len(rows))]
        drawn = draw(places, sizes, thick * 0.92, **EDGE, **LOOKS[turn])
        for bar, cell in zip(drawn, cells, strict=True):
            if not isinstance(cell, int):
                bar.set(**HIDDEN_LOOK)
        if labelled:
            axes.bar_label(drawn, [str(cell) for cell in cells], padding=2, fontsize=8)


def _bar_legend(table, columns):
    from matplotlib.patches import Patch

    pairs = zip(LOOKS, columns, strict=False)
    return [Patch(**EDGE, **look, label=table.columns[column]) for look, column in pairs]


def _longest(rows, columns):
    return max((at_least(row.cells[column]) for row in rows for column in columns), default=0) or 1


def _picture(draw, height, left, below=SCALE) -> str:
    """Give what `draw(axes)` draws as an address that holds the picture itself.

    `height` is the plot's own; `draw` gives what the legend explains.
    """
    Figure = _figure_class()
    whole = below + height + LEGEND
    with _drawing:
        figure = Figure(figsize=(WIDTH, whole))
        box = [left / WIDTH, below / whole, 0.99 - left / WIDTH, height / whole]
        axes = figure.add_axes(box)
        handles = draw(axes)
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(handles=handles, loc="upper right", ncols=2, frameon=False)
        svg = BytesIO()
        figure.savefig(svg, format="svg", metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(svg.getvalue()).decode()


@cache
def _figure_class():
    """Load matplotlib. Where it cannot write its settings it takes a temporary folder by itself."""
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcParams.update(STYLE)
    return Figure
