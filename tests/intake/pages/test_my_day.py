"""My day: figures on the admin's front page, each with the list behind it."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import GroupApplication, GroupMeeting, GroupStatus, MeetingKind, Placement
from home import roles
from linksite.intake import my_day
from tests import factories as make
from tests.html import soup
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, logged_in

ADMIN = "/admin/"
GROUPS = "/admin/groups/self-help-groups/"
MEETINGS = "/admin/network/meetings/"
#: A Wednesday: yesterday was a working day, and there is more to come of the week.
WEDNESDAY = "2026-11-18T10:00:00+01:00"

GROUP_FIGURES = [
    "New since yesterday",
    "To call today",
    "Overdue",
    "Emails not sent",
    "Places about to expire",
    "Waiting for a group",
    "Groups short of people",
    "Ready to start",
    "Meetings this week",
]
NETWORK_FIGURES = [
    "New since yesterday",
    "To call today",
    "Overdue",
    "Emails not sent",
    "Network meetings this week",
]
SEEN = {
    roles.GROUP_COORDINATOR: GROUP_FIGURES,
    roles.NETWORK_COORDINATOR: NETWORK_FIGURES,
    roles.PRIVACY_OFFICER: GROUP_FIGURES + NETWORK_FIGURES,
}


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def kari(db):
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.fixture
def nina(db):
    return logged_in(roles.NETWORK_COORDINATOR)


def figures(client):
    """Return the number and the address behind each label."""
    found = soup(client.get(ADMIN)).select(".my-day__figure")
    return {
        one.select_one(".my-day__label").text.strip(): (
            one.select_one(".my-day__number").text,
            one["href"],
        )
        for one in found
    }


def listed(client, url):
    """Return how many rows the list at `url` holds."""
    context = client.get(url).context
    return len(context.get("object_list", context.get("meetings")))


def tasks(client):
    return [
        " ".join(one.text.split()) for one in soup(client.get(ADMIN)).select(".my-day__tasks a")
    ]


def place(application, hours):
    group = make.SelfHelpGroupFactory(status=GroupStatus.FORMING)
    reply_by = timezone.now() + make.timedelta(hours=hours)
    return Placement.objects.create(
        group=group, application=application, status="proposed", reply_by=reply_by
    )


def meeting(days, *, held=None, **fields):
    group = make.SelfHelpGroupFactory(status=GroupStatus.STARTED, **fields)
    at = make.moment(days, 18)
    return GroupMeeting.objects.create(group=group, kind=MeetingKind.SUPPORTED, at=at, held=held)


@pytest.fixture
def busy(db):
    """One queue with something of each kind, and what is just outside each figure."""
    app = make.GroupApplicationFactory
    # New since yesterday: 3, for one is of last Monday.
    app.create_batch(2)
    app(submitted_at=make.moment(-1, 0))
    app(submitted_at=make.moment(-2, 23))
    # To call today: 2. Overdue: 1 of them, and one nobody has answered.
    app(contacted=True, follow_up_on=make.days(0))
    app(contacted=True, follow_up_on=make.days(-3))
    app(contacted=True, follow_up_on=make.days(1))
    app(overdue=True)
    # Places about to expire: 2, for one has time.
    for hours in (-2, 20, 30):
        place(app(proposed=True), hours)
    # In the pool: 4.
    app.create_batch(4, waiting=True)
    # Short of people: 5, the three that those places are in among them; one has enough, one is
    # full, one has started with few.
    make.SelfHelpGroupFactory(places_taken=3)
    make.SelfHelpGroupFactory(places_taken=4, least=5)
    make.SelfHelpGroupFactory(places_taken=4)
    make.SelfHelpGroupFactory(places_taken=8)
    make.SelfHelpGroupFactory(places_taken=3, status=GroupStatus.STARTED)
    # Ready: 2.
    make.SelfHelpGroupFactory.create_batch(2, status=GroupStatus.READY, places_taken=4)
    # Meetings: 3, for two were noted, one is next week, and one group has ended.
    for days, held in ((-9, None), (0, None), (4, None), (-2, True), (-3, False), (5, None)):
        meeting(days, held=held)
    GroupMeeting.objects.create(
        group=make.SelfHelpGroupFactory(status=GroupStatus.ENDED),
        kind=MeetingKind.FOLLOW_UP,
        at=make.moment(-1),
    )


def test_each_figure_opens_exactly_the_list_behind_it(kari, busy):
    found = figures(kari)
    assert [int(number) for number, _ in found.values()] == [3, 2, 2, 0, 2, 4, 5, 2, 3]
    assert {label: listed(kari, url) for label, (_, url) in found.items()} == {
        label: int(number) for label, (number, _) in found.items()
    }


def test_a_list_says_by_its_filters_what_the_figure_counted(kari, busy):
    urls = {label: url for label, (_, url) in figures(kari).items()}
    assert urls["New since yesterday"] == f"{GROUP_QUEUE}?status=new&received_from=2026-11-17"
    assert urls["Places about to expire"] == f"{GROUP_QUEUE}?place=running_out"
    assert urls["Groups short of people"] == f"{GROUPS}?places=too_few"
    assert urls["Ready to start"] == f"{GROUPS}?status=ready"


def test_mails_that_wait_too_long_or_are_refused_are_counted(kari):
    addresses = ["kari@example.org", "ola@example.org", "per@example.org", "liv@example.org"]
    people = [make.GroupApplicationFactory(email=address) for address in addresses]
    late, fresh, refused, corrected = people
    for person, status in [(late, "queued"), (fresh, "queued"), (refused, "refused")]:
        person.mails.create(kind="receipt", to=person.email, status=status)
    late.mails.update(created_at=timezone.now() - make.timedelta(hours=2))
    corrected.mails.create(kind="receipt", to="old@example.org", status="refused")
    number, url = figures(kari)["Emails not sent"]
    shown = {row.pk for row in kari.get(url).context["object_list"]}
    assert (number, shown) == ("2", {late.pk, refused.pk})


@pytest.mark.parametrize(
    ("now", "label", "number"),
    [
        ("2026-11-17T10:00:00+01:00", "New since yesterday", "1"),
        ("2026-11-16T10:00:00+01:00", "New since Friday", "2"),
        ("2026-11-15T10:00:00+01:00", "New since Friday", "1"),
        ("2026-11-14T10:00:00+01:00", "New since yesterday", "1"),
    ],
)
def test_nobody_is_missed_over_a_weekend(kari, now, label, number):
    for at in ("2026-11-13T08:00", "2026-11-16T09:00", "2026-11-12T23:00"):
        make.GroupApplicationFactory(submitted_at=f"{at}:00+01:00")
    GroupApplication.objects.filter(submitted_at__gt=now).delete()
    with time_machine.travel(now, tick=False):
        assert figures(kari)[label][0] == number


def test_the_network_s_figures_open_their_lists_too(nina, centre):
    make.NetworkApplicationFactory.create_batch(2)
    make.NetworkApplicationFactory(contacted=True, follow_up_on=make.days(0))
    overdue = make.NetworkApplicationFactory(overdue=True)
    overdue.mails.create(kind="receipt", to=overdue.email, status="refused")
    page = make.NetworkMeetingPageFactory
    this_week = page(parent=centre.nb.network, title="Høstsamling", starts_at=make.moment(4, 23))
    page(
        parent=centre.en.network,
        starts_at=this_week.starts_at,
        locale=centre.en.home.locale,
        translation_key=this_week.translation_key,
    )
    page(parent=centre.nb.network, starts_at=make.moment(5, 0))
    page(parent=centre.nb.network, starts_at=make.moment(-1))
    page(parent=centre.nb.network, starts_at=make.moment(1), live=False)
    found = figures(nina)
    assert [int(number) for number, _ in found.values()] == [2, 1, 1, 1, 1]
    for number, url in found.values():
        assert listed(nina, url) == int(number)
    [task] = soup(nina.get(ADMIN)).select(".my-day__tasks a")
    assert "Høstsamling" in task.text
    assert task["href"] == f"{NETWORK_QUEUE}?meeting={this_week.pk}"


def test_only_what_is_late_is_urgent(kari, busy):
    urgent = soup(kari.get(ADMIN)).select(".my-day__figure--urgent .my-day__label")
    assert [one.text.strip() for one in urgent] == ["Overdue", "Places about to expire"]


def test_a_figure_stops_at_a_thousand(kari, monkeypatch):
    monkeypatch.setattr(my_day, "MOST", 3)
    make.GroupApplicationFactory.create_batch(5, waiting=True)
    assert figures(kari)["Waiting for a group"][0] == "more than 3"
    make.GroupApplicationFactory.create_batch(3)
    assert figures(kari)["New since yesterday"][0] == "3"


def test_the_meetings_to_hold_and_to_note_in_their_order(kari):
    for days, name in ((2, "Fredager"), (0, "Onsdager"), (-7, "Torsdager")):
        meeting(days, name=name)
    past, today, later = tasks(kari)
    assert "Supported meeting: Torsdager" in past and past.endswith("Has it been held?")
    assert today.startswith("Today 18") and "Onsdager" in today and "held" not in today
    assert later.startswith("Friday") and "Fredager" in later
    [link, *_] = soup(kari.get(ADMIN)).select(".my-day__tasks a")
    assert kari.get(link["href"]).status_code == 200


def test_ten_tasks_are_enough_for_a_day(kari):
    for number in range(12):
        meeting(-number)
    assert len(tasks(kari)) == 10
    assert figures(kari)["Meetings this week"][0] == "12"


def test_kind_words_when_there_is_nothing_to_do(kari):
    make.GroupApplicationFactory.create_batch(2, waiting=True)
    assert "Well done" in soup(kari.get(ADMIN)).text
    make.GroupApplicationFactory()
    assert "Well done" not in soup(kari.get(ADMIN)).text


@pytest.mark.parametrize("role", roles.ROLES)
def test_each_role_sees_the_figures_of_its_own_queues(busy, role):
    make.NetworkApplicationFactory(overdue=True)
    labels = [one.text.strip() for one in soup(logged_in(role).get(ADMIN)).select(".my-day__label")]
    assert labels == SEEN.get(role, [])


def test_who_sees_neither_queue_sees_no_my_day(db):
    for role in (roles.EDITOR, roles.MANAGER):
        assert "My day" not in soup(logged_in(role).get(ADMIN)).text


def test_my_day_comes_before_wagtail_s_own_panels(db):
    user = logged_in(is_superuser=True)
    page = soup(user.get(ADMIN)).select_one(".w-dashboard")
    assert page.text.index("My day") < page.text.index("Search")


def test_no_name_and_no_reference_on_the_front_page(kari):
    application = make.GroupApplicationFactory(name="Zacharias", overdue=True)
    place(make.GroupApplicationFactory(name="Zita", proposed=True), 2)
    page = soup(kari.get(ADMIN)).text
    assert not any(word in page for word in ("Zacharias", "Zita", application.reference))


@pytest.mark.parametrize("role", [*roles.ROLES, ""])
def test_the_list_of_network_meetings_is_for_who_sees_the_queue(centre, role):
    page = make.NetworkMeetingPageFactory(parent=centre.nb.network, title="Høstsamling")
    make.NetworkApplicationFactory(meeting=page, people=3)
    client = logged_in(role)
    for path in (MEETINGS, f"{MEETINGS}?when=upcoming", f"{MEETINGS}results/"):
        response = client.get(path)
        assert ("Høstsamling" in response.content.decode()) == (
            role in (roles.NETWORK_COORDINATOR, roles.PRIVACY_OFFICER)
        )


def test_nobody_gets_in_without_logging_in(db, client):
    for path in (ADMIN, MEETINGS):
        assert client.get(path).url.startswith("/admin/login/")


@pytest.mark.parametrize(
    # Wagtail's own front page asks 17. My day: three figures and the settings (twice, while nobody
    # has changed them), and for groups also places, pool, groups (those short of people, and those
    # that are ready), meetings and tasks.
    ("role", "most"),
    [(roles.GROUP_COORDINATOR, 28), (roles.NETWORK_COORDINATOR, 24), (roles.PRIVACY_OFFICER, 35)],
)
def test_the_front_page_asks_the_database_the_same_however_much_there_is(db, role, most):
    client, counts = logged_in(role), []
    for rows in (1, 20):
        for number in range(rows):
            place(make.GroupApplicationFactory(proposed=True), number)
            make.SelfHelpGroupFactory()
            meeting(-number)
        make.GroupApplicationFactory.create_batch(rows, overdue=True)
        make.NetworkApplicationFactory.create_batch(rows, overdue=True)
        client.get(ADMIN)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADMIN)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most


BOARD = "/admin/groups/board/"


@pytest.mark.parametrize(
    ("role", "sees"), [(roles.GROUP_COORDINATOR, True), (roles.NETWORK_COORDINATOR, False)]
)
def test_what_could_start_now_is_reached_without_the_menu(db, role, sees):
    page = soup(logged_in(role).get(ADMIN))
    assert bool(page.select(f".my-day__links a[href='{BOARD}']")) == sees


def test_who_sees_no_board_gets_no_way_to_it(kari):
    forget(kari.user, "view_groupapplication")
    page = soup(kari.get(ADMIN))
    assert page.select(".my-day") and not page.select(f".my-day a[href='{BOARD}']")


def forget(user, codename):
    """Revoke a permission from all the groups of `user`."""
    for group in user.groups.all():
        group.permissions.remove(*group.permissions.filter(codename=codename))
