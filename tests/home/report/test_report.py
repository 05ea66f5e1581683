"""The figures as the manager sees them: who may, what they say, what is rounded or withheld."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from groups.models import SelfHelpGroup
from home import roles
from home.report.annual import annual_text
from home.report.dimensions import DIMENSIONS
from home.report.figures import Figures
from linksite.intake import tally
from linksite.intake.tally import Event
from linksite.report.periods import Period
from linksite.report.rounding import WITHHELD
from tests import factories as make
from tests.queues import content, logged_in

URL = "/admin/figures/"
TERTIAL = f"{URL}?first=2026-01&last=2026-04"
NOW, THEN = date(2026, 5, 3), date(2025, 5, 3)
GROUP, NETWORK = "groupapplication", "networkapplication"
GROUPS = SelfHelpGroup._meta.model_name


@pytest.fixture(autouse=True)
def _summer(centre):
    with time_machine.travel("2026-07-15 12:00+02:00"):
        yield


@pytest.fixture
def manager():
    return logged_in(roles.MANAGER)


def happened(event, times=1, queue=GROUP, on=NOW, **dimensions):
    for _ in range(times):
        told = {name: [value] for name, value in dimensions.items()}
        tally.tally(queue, event, told, on=on)


def table(page, caption):
    """Return the rows of the table with this caption, each as its texts."""
    found = next(t for t in re.findall(r"<table>.*?</table>", page, re.S) if f">{caption}<" in t)
    rows = re.findall(r"<tr>(.*?)</tr>", found, re.S)[1:]
    return {cells[0]: cells[1:] for cells in (_texts(row) for row in rows)}


def _texts(row):
    cells = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.S)
    return [unescape(re.sub(r"<.*?>", "", cell, flags=re.S)).strip() for cell in cells]


@pytest.mark.parametrize("role", [*roles.ROLES, ""])
def test_figures_are_for_the_manager_alone(role):
    happened(Event.RECEIVED, 7)
    client = logged_in(role)
    for path in (URL, f"{URL}?export=xlsx"):
        assert (client.get(path).status_code == 200) == (role == roles.MANAGER)
    if role:
        assert (URL in content(client.get("/admin/"))) == (role == roles.MANAGER)


def test_a_superuser_sees_them_and_a_stranger_logs_in():
    assert logged_in(is_superuser=True).get(URL).status_code == 200


def test_before_anything_is_counted_the_page_says_so(manager):
    page = content(manager.get(URL))
    assert "Nothing has been counted yet" in page and "<caption id=" not in page
    assert manager.get(f"{URL}?export=xlsx").status_code == 200


def test_a_period_in_which_nothing_happened(manager):
    happened(Event.RECEIVED, 7)
    page = content(manager.get(f"{URL}?first=2025-01&last=2025-03"))
    assert "Nothing happened in this period" in page


def test_each_table_has_bars_that_need_no_reading_aloud(manager):
    happened(Event.RECEIVED, 7, source="gp", area="byen")
    page = content(manager.get(URL))
    tables = re.findall(r"<table>.*?</table>", page, re.S)
    assert page.count("<caption id=") == len(tables)
    folded = "how they heard about us</caption>"
    assert all(("figures-bar" in one) != ("each month, by " + folded in one) for one in tables)
    bars = re.findall(r"<svg class=\"figures-bar\".*?>", page)
    assert bars and all('aria-hidden="true"' in bar for bar in bars)
    assert 'scope="col"' in page and 'scope="row"' in page


def test_signups_by_month_and_queue(manager):
    happened(Event.RECEIVED, 7)
    happened(Event.RECEIVED, 3, queue=NETWORK)
    rows = table(content(manager.get(URL)), "Signed up each month, by queue")
    assert (rows["May 2026"], rows["April 2026"]) == (["7", "3"], ["0", "0"])
    assert len(rows) == 12
    rows = table(
        content(manager.get(f"{URL}?first=2026-04&last=2026-06")), "Signed up each month, by queue"
    )
    assert list(rows) == ["April 2026", "May 2026", "June 2026"]


def test_steps_are_exact_and_what_people_are_broken_down_by_is_rounded(manager):
    area = make.AreaFactory(name="Byen", slug="byen")
    happened(Event.RECEIVED, 12, area=area.slug)
    happened(Event.RECEIVED, 8, area="bygda")
    happened(Event.RECEIVED, 3, area="fjellet")
    happened(Event.RECEIVED, 2, area="havet")
    happened(Event.RECEIVED, 6)
    page = content(manager.get(URL))
    assert table(page, "Step by step to a group")["Signed up"][0] == "31"
    rows = table(page, "By area")
    assert {name: cells[0] for name, cells in rows.items()} == {
        "Byen": "10",
        "bygda": "10",
        "Not stated": "5",
        "fjellet": "5",
    }
    assert "rounded to the nearest five" in page


def test_a_change_is_withheld_where_few_are_behind_it_and_the_page_says_why(manager):
    happened(Event.RECEIVED, 21, area="byen")
    happened(Event.RECEIVED, 12, area="byen", on=THEN)
    happened(Event.RECEIVED, 7, area="bygda", on=THEN)
    page = content(manager.get(URL))
    assert table(page, "By area") == {
        "byen": ["20", "10", "+10", "0", "0"],
        "bygda": ["0", "5", ":", "0", "0"],
    }
    below = page[page.index("By area") :]
    assert "“:” means not given" in below[: below.index("</section>")]
    happened(Event.RECEIVED, 12, area="bygda")
    happened(Event.RECEIVED, 5, area="bygda", on=THEN)
    page = content(manager.get(URL))
    assert table(page, "By area")["bygda"] == ["10", "10", "0", "0", "0"]


def test_compared_with_just_before_or_with_a_year_earlier(manager):
    happened(Event.RECEIVED, 19)
    happened(Event.RECEIVED, 16, on=THEN)
    happened(Event.RECEIVED, 15, on=date(2026, 2, 1))
    query = f"{URL}?first=2026-04&last=2026-06&compare="
    caption = "Step by step to a group"
    assert table(content(manager.get(f"{query}year")), caption)["Signed up"] == ["19", "16", "+3"]
    assert table(content(manager.get(f"{query}before")), caption)["Signed up"] == ["19", "15", "+4"]


def test_how_long_people_waited_once_there_are_enough_of_them(manager):
    for days, people in {"1": 8, "3": 9, "30": 1, "31": 2}.items():
        happened(Event.CONTACTED, people, days=days)
    happened(Event.PLACED, 19, days="20")
    happened(Event.STARTED, 9, days="40")
    rows = table(content(manager.get(URL)), "Days from signing up to …")
    assert rows["Groups: first contact"][:2] == ["3", "30"]
    assert rows["Groups: a place"][:2] == ["20", ":"]
    assert rows["Groups: the start"][:2] == [":", ":"]


def test_running_groups_are_those_started_and_not_ended(manager):
    happened(Event.GROUP_STARTED, 20, queue=GROUPS, on=date(2020, 1, 1))
    happened(Event.GROUP_STARTED, 6, queue=GROUPS)
    happened(Event.GROUP_ENDED, 5, queue=GROUPS)
    rows = table(content(manager.get(f"{URL}?first=2026-04&last=2026-06")), "Groups")
    assert rows["Running at the end of the period"] == ["21", "20", "+1"]
    rows = table(content(manager.get(URL)), "Groups")
    assert rows["Running now, and at the end of the previous period"] == ["21", "20", "+1"]


@pytest.mark.parametrize(
    "query", ["first=2026-13", "last=2030-01", "first=x", "first=2026-05&last=2026-04"]
)
@pytest.mark.parametrize("export", ["", "&export=xlsx"])
def test_of_a_period_that_cannot_be_no_figures_of_another_are_shown(manager, query, export):
    happened(Event.RECEIVED, 7)
    page = content(manager.get(f"{URL}?{query}{export}"))
    assert "errorlist" in page and "Signed up each month" not in page
    assert 'aria-current="page">' not in page


def test_the_workbook_says_what_the_page_says_and_holds_no_formula(manager):
    happened(Event.RECEIVED, 7, partner='=HYPERLINK("x")')
    happened(Event.RECEIVED, 3, partner="Liten")
    response = manager.get(f"{URL}?export=xlsx")
    book = load_workbook(BytesIO(content_of(response)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type in "sn" for cell in cells)
    assert "figures-2026-01-2026-12.xlsx" in response["Content-Disposition"]
    sheet = next(sheet for sheet in book if "By partner" in sheet.title)
    lines = [[str(cell) for cell in row if cell is not None] for row in sheet.values]
    page = table(content(manager.get(URL)), "By partner")
    assert lines[1:3] == [[name, *numbers] for name, numbers in page.items()]
    assert lines[1][:4] == ['=HYPERLINK("x")', "5", "0", ":"] and lines[2][0] == "Liten"
    assert any("rounded to the nearest five" in line[0] for line in lines[3:])
    assert any("“:” means not given" in line[0] for line in lines[3:])


def content_of(response):
    return b"".join(response) if response.streaming else response.content


def test_every_number_that_people_are_broken_down_by_is_a_multiple_of_five(manager):
    for number, source in enumerate(["gp", "friend", "course", "media"], start=1):
        happened(Event.RECEIVED, number, source=source, area=source, partner=source)
        happened(Event.CLOSED, number, reason="withdrew", **{"from": "waiting"})
    happened(Event.STARTED, 2, source="gp")
    happened(Event.RECEIVED, 13, source="gp", area="byen", language="nb", topic="sorg", on=THEN)
    page = content(manager.get(URL))
    captions = re.findall(r"<caption id=[^>]*>(.*?)</caption>", page)
    broken_down = [one for one in captions if re.match("By |Wh|.*by how they heard", one)]
    assert {"topic", "area", "partner", "language", "source"} <= set(DIMENSIONS)
    assert len(broken_down) == len(DIMENSIONS) + 3
    for caption in broken_down:
        for cells in table(page, unescape(caption)).values():
            numbers = [int(cell.replace("−", "-")) for cell in cells if cell != ":"]
            assert all(number % 5 == 0 for number in numbers)


def test_a_period_that_is_not_over_is_told_so_far(manager):
    happened(Event.RECEIVED, 7)
    now, then = shown(Period.year(2026)), shown(Period.year(2025))
    assert annual_text(now, "LINK", "en").startswith("In 2026 so far, LINK received 7")
    assert "are running now" in annual_text(now, "LINK", "en")
    assert "At the end of the period" in annual_text(then, "LINK", "en")
    assert "2026 so far" in content(manager.get(URL))


def test_a_name_is_no_markup(manager):
    name = "<b>Fra $5 til $9</b>"
    happened(Event.RECEIVED, 7, partner=name)
    page = content(manager.get(URL))
    assert name not in page and name in unescape(page)


def test_who_signed_up_since_yesterday_cannot_be_seen_in_what_has_changed(manager):
    """Of a month that is not over it is told how many, and nothing else about them."""
    happened(Event.RECEIVED, 9, on=date(2026, 6, 1), area="byen", source="gp")
    happened(Event.RECEIVED, 6, on=date(2026, 7, 1), area="byen", source="gp")
    page = content(manager.get(URL))
    assert table(page, "Step by step to a group")["Signed up"][0] == "15"
    assert table(page, "By area")["byen"][0] == "10"
    assert "Counted to the end of June 2026" in page
    rows = table(page, "Signed up each month, by how they heard about us")
    assert (rows["June 2026"], rows["July 2026"]) == (["10"], [":"])
    july = content(manager.get(f"{URL}?first=2026-07&last=2026-07"))
    assert table(july, "By area")["byen"][:3] == [":", "10", ":"]
    with time_machine.travel("2026-08-01 12:00+02:00"):
        assert shown(Period.year(2026)).count(GROUP, Event.RECEIVED, "area", "byen") == 15


def test_the_text_for_the_annual_report_is_there_in_each_language(manager):
    happened(Event.RECEIVED, 7)
    happened(Event.STARTED, 2)
    page = content(manager.get(URL))
    assert page.count("<textarea") == 3
    assert "LINK Fjordby received 7 applications" in unescape(page)
    text = annual_text(shown(Period.around(NOW, 3)), "LINK Fjordby", "en")
    assert "No got a place in a group, and 2 started in one." in text
    assert "Half of those" not in text and WITHHELD not in text


def test_any_months_are_the_sum_of_the_parts_of_the_calendar(manager):
    """March and April are 2 each and round to 0; with February they are still 10, not 15."""
    for month, times in {2: 9, 3: 2, 4: 2, 5: 7}.items():
        happened(Event.RECEIVED, times, on=date(2026, month, 1), area="byen")
    page = content(manager.get(f"{URL}?first=2026-02&last=2026-04"))
    assert table(page, "Step by step to a group")["Signed up"] == ["13", "0", ":"]
    assert table(page, "By area")["byen"][0] == "10"
    assert "received 13 applications" in unescape(page)
    page = content(manager.get(TERTIAL))
    assert "January – April 2026" in page
    assert table(page, "By area")["byen"][0] == "15"
    half = content(manager.get(f"{URL}?first=2026-01&last=2026-06"))
    assert table(half, "By area")["byen"][0] == "20"


def test_what_runs_when_any_month_ends(manager):
    happened(Event.GROUP_STARTED, 20, queue=GROUPS, on=date(2020, 1, 1))
    happened(Event.GROUP_STARTED, 6, queue=GROUPS)
    rows = table(content(manager.get(TERTIAL)), "Groups")
    assert rows["Running at the end of the period"][0] == "20"
    rows = table(content(manager.get(f"{URL}?first=2026-05&last=2026-05")), "Groups")
    assert rows["Running at the end of the period"][0] == "26"


def test_a_single_month_is_broken_down_as_well(manager):
    happened(Event.RECEIVED, 9, area="byen", source="gp")
    page = content(manager.get(f"{URL}?first=2026-05&last=2026-05"))
    assert ">By area<" in page and ">By how they heard about us<" in page


def test_many_years_are_told_by_the_year(manager, django_assert_max_num_queries):
    happened(Event.RECEIVED, 7, on=date(2019, 3, 1), source="gp")
    happened(Event.RECEIVED, 9, source="gp")
    with django_assert_max_num_queries(25):
        page = content(manager.get(f"{URL}?first=2019-02&last=2026-06"))
    rows = table(page, "Signed up each year, by queue")
    assert len(rows) == 8 and rows["Jan. – June 2026"][0] == "9"
    assert rows["2021"] == ["0", "0"] and rows["Feb. – Dec. 2019"][0] == "7"


def test_the_number_of_queries_does_not_grow(manager, django_assert_max_num_queries):
    for number in range(40):
        happened(Event.RECEIVED, source="gp", area=f"a{number}", partner=f"p{number}", days="3")
    with django_assert_max_num_queries(25):
        manager.get(URL)


def test_the_address_of_a_period_says_nothing_else(manager):
    happened(Event.RECEIVED, 7)
    addresses = re.findall(r'href="\?([^"]*)"', content(manager.get(URL)))
    assert addresses and all(
        re.fullmatch(
            r"first=20\d\d-\d\d&last=20\d\d-\d\d(&compare=before)?(&export=xlsx)?",
            unescape(address),
        )
        for address in addresses
    )


def test_every_report_says_the_same_of_a_period(manager):
    for month, started in {1: 9, 4: 3, 7: 12, 10: 6}.items():
        happened(Event.STARTED, started, on=date(2025, month, 1), area="byen")
    year = Period.year(2025)
    quarters = [Period.around(month.first, 3) for month in year.months[::3]]
    exact = [shown(period).count(GROUP, Event.STARTED) for period in (*quarters, year)]
    assert exact == [9, 3, 12, 6, 30]
    of_area = (GROUP, Event.STARTED, "area", "byen")
    assert [shown(period).count(*of_area) for period in quarters] == [10, 5, 10, 5]
    compared = Figures(Period.year(2026), year).count(*of_area, period=year)
    assert compared == shown(year).count(*of_area) == 30


def shown(period):
    return Figures(period, period.before())


def test_who_came_back_is_told_beside_who_left(manager):
    happened(Event.CLOSED, 7)
    happened(Event.CAME_BACK, 5)
    rows = table(content(manager.get(URL)), "Step by step to a group")
    assert (rows["Left without starting"][0], rows["Came back after that"][0]) == ("7", "5")
