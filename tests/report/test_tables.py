"""How the numbers of a table are written, ordered and drawn."""

from linksite.report.rounding import WITHHELD
from linksite.report.tables import Row, Table, as_text, ranked


def a_table(**more):
    rows = [
        Row("Sorg", [20, 5, WITHHELD]),
        Row("Ensomhet", [10, 0, WITHHELD]),
        Row("Rus", [WITHHELD, 15, WITHHELD]),
    ]
    return Table("topic", "By topic", "Topic", ["2026", "2025", "Change"], rows, **more)


def test_a_change_has_its_sign():
    assert [as_text(cell, is_change=True) for cell in (3, -3, 0)] == ["+3", "−3", "0"]
    assert as_text(WITHHELD, is_change=True) == as_text(WITHHELD) == ":"


def test_most_come_first_and_what_is_withheld_is_ordered_by_name():
    rows = [Row("b", [0]), Row("d", [WITHHELD]), Row("a", [10]), Row("c", [50]), Row("e", [10])]
    assert [row.label for row in ranked(rows)] == ["c", "a", "e", "b", "d"]


def test_bars_are_as_long_as_the_numbers_beside_them():
    assert [line.bars for line in a_table().lines] == [[100, 25], [50, 0], [0, 75]]
    assert [drawn for _column, drawn in a_table().heads] == [True, True, False]


def test_a_table_that_is_folded_has_no_bars():
    table = a_table(folded=True)
    assert not any(line.bars for line in table.lines)
    assert not any(drawn for _column, drawn in table.heads)


def test_a_table_of_noughts_alone_can_be_drawn():
    table = Table("area", "By area", "Area", ["2026", "2025"], [Row("Byen", [0, 0])])
    assert [line.bars for line in table.lines] == [[0, 0]] and not table


def test_why_something_is_withheld_stands_only_where_something_is():
    assert a_table(note="Rounded", why_withheld="Few").notes == ["Rounded", "Few"]
    table = a_table(note="Rounded", why_withheld="Few")
    table.rows = [Row("Sorg", [20, 10, 10])]
    assert table.notes == ["Rounded"]
