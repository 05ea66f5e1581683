"""The verbs: each acts and logs, or does nothing at all."""

import pytest
from wagtail.log_actions import registry

from home import roles
from linksite.intake import actions, history
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.html import soup
from tests.queues import act, logged_in, page_of


@pytest.fixture
def kari(db):
    return make.UserFactory(role=roles.GROUP_COORDINATOR, first_name="Kari")


@pytest.fixture
def ola(db):
    return make.UserFactory(role=roles.GROUP_COORDINATOR, first_name="Ola")


def logged(application):
    entries = registry.get_logs_for_instance(application)
    return [(entry.action, entry.user, entry.data) for entry in entries]


def test_a_change_of_status_is_saved_and_logged(kari):
    application = make.GroupApplicationFactory()
    actions.change_status(application, Status.CONTACTED, user=kari, version=1)
    application.refresh_from_db()
    assert (application.status, application.version) == (Status.CONTACTED, 2)
    data = {"from": "new", "to": "contacted", "reason": "", "version": 2}
    assert logged(application) == [("intake.status", kari, data)]


def test_a_change_outside_the_table_is_refused_and_leaves_no_trace(kari):
    application = make.GroupApplicationFactory()
    with pytest.raises(actions.ChangeNotAllowed):
        actions.change_status(application, Status.PLACED, user=kari, version=1)
    application.refresh_from_db()
    assert (application.status, application.version, logged(application)) == (Status.NEW, 1, [])


def test_the_network_does_not_know_the_statuses_of_the_groups(kari):
    application = make.NetworkApplicationFactory(contacted=True)
    with pytest.raises(actions.ChangeNotAllowed):
        actions.change_status(application, Status.WAITING, user=kari, version=1)


@pytest.mark.parametrize("reason", ["", "nonsense"])
def test_closing_needs_a_reason_of_the_queue(kari, reason):
    application = make.GroupApplicationFactory()
    with pytest.raises(actions.ChangeNotAllowed):
        actions.change_status(application, Status.CLOSED, user=kari, version=1, reason=reason)


def test_only_closing_has_a_reason(kari):
    application = make.GroupApplicationFactory()
    with pytest.raises(actions.ChangeNotAllowed):
        actions.change_status(
            application, Status.CONTACTED, user=kari, version=1, reason=ClosingReason.WITHDREW
        )


def test_closing_notes_when_and_why_and_taking_it_up_again_clears_both(kari):
    application = make.GroupApplicationFactory(follow_up_on=make.days(1))
    closed = actions.change_status(
        application, Status.CLOSED, user=kari, version=1, reason=ClosingReason.NOT_REACHED
    )
    assert closed.closed_at and closed.closing_reason == ClosingReason.NOT_REACHED
    assert closed.follow_up_on is None
    again = actions.change_status(closed, Status.CONTACTED, user=kari, version=2)
    assert (again.closed_at, again.closing_reason, again.is_open) == (None, "", True)


def test_the_second_of_two_people_does_not_overwrite_the_first(kari, ola):
    application = make.GroupApplicationFactory()
    actions.change_status(application, Status.CONTACTED, user=kari, version=1)
    for change in (
        lambda: actions.change_status(
            application, Status.CLOSED, user=ola, version=1, reason=ClosingReason.WITHDREW
        ),
        lambda: actions.assign(application, ola, user=ola, version=1),
        lambda: actions.set_follow_up(application, make.days(1), user=ola, version=1),
    ):
        with pytest.raises(actions.StaleApplication):
            change()
    application.refresh_from_db()
    assert (application.status, application.assigned_to) == (Status.CONTACTED, None)
    assert [change.user for change in history.changes_since(application, 1)] == [kari]
    assert len(logged(application)) == 1


def test_assigning_and_taking_back(kari, ola):
    application = make.GroupApplicationFactory()
    assigned = actions.assign(application, ola, user=kari, version=1)
    assert assigned.assigned_to == ola
    assert actions.assign(assigned, None, user=kari, version=2).assigned_to is None
    data = [entry[2]["to"] for entry in logged(application)]
    assert data == [None, ola.pk]


@pytest.mark.parametrize("role", [roles.NETWORK_COORDINATOR, roles.EDITOR, roles.PRIVACY_OFFICER])
def test_only_who_works_the_queue_is_assigned_to(kari, role):
    application = make.GroupApplicationFactory()
    with pytest.raises(actions.ChangeNotAllowed):
        actions.assign(application, make.UserFactory(role=role), user=kari, version=1)


def test_a_follow_up_date_is_set_and_removed(kari):
    application = make.GroupApplicationFactory()
    dated = actions.set_follow_up(application, make.days(3), user=kari, version=1)
    assert dated.follow_up_on == make.days(3)
    assert actions.set_follow_up(dated, None, user=kari, version=2).follow_up_on is None


def test_a_closed_application_has_no_follow_up(kari):
    application = make.GroupApplicationFactory(closed=True)
    with pytest.raises(actions.ChangeNotAllowed):
        actions.set_follow_up(application, make.days(3), user=kari, version=1)


def test_a_note_stays_out_of_the_log_and_changes_no_version(kari):
    application = make.GroupApplicationFactory()
    note = actions.add_note(application, "Ringte, ingen svar", user=kari)
    application.refresh_from_db()
    assert (application.version, note.author) == (1, kari)
    assert logged(application) == [("intake.note", kari, {"note": note.pk})]


def test_the_log_names_the_reference_and_never_the_person(kari):
    application = make.GroupApplicationFactory(name="Hemmelig Navn", email="hemmelig@example.org")
    actions.opened(application, user=kari)
    actions.add_note(application, "Hemmelig", user=kari)
    actions.assign(application, kari, user=kari, version=1)
    for entry in registry.get_logs_for_instance(application):
        assert entry.label == application.reference
        assert "emmelig" not in f"{entry.label}{entry.data}{entry.message}"


def test_the_timeline_tells_who_did_what_newest_first(kari, ola):
    application = make.GroupApplicationFactory()
    actions.opened(application, user=kari)
    actions.add_note(application, "Ringte", user=kari)
    changed = actions.change_status(application, Status.CONTACTED, user=ola, version=1)
    actions.assign(changed, kari, user=ola, version=2)
    kari_name, ola_name = kari.get_full_name(), ola.get_full_name()
    events = [(event.who, event.text) for event in history.timeline(application, kari)]
    assert [who for who, _text in events] == [ola_name, ola_name, kari_name]
    assert kari_name in events[0][1] and "→" in events[1][1] and events[2][1] == "Ringte"


def test_the_timeline_asks_the_same_however_often_it_was_assigned(
    kari, django_assert_max_num_queries
):
    application = make.GroupApplicationFactory()
    everybody = make.UserFactory.create_batch(30, role=roles.GROUP_COORDINATOR)
    for version, user in enumerate(everybody, start=1):
        actions.assign(application, user, user=kari, version=version)
    actions.assign(application, None, user=kari, version=31)
    everybody[0].delete()
    history.timeline(application, kari)
    with django_assert_max_num_queries(6):
        texts = [event.text for event in history.timeline(application, kari)]
    assert everybody[29].get_full_name() in texts[1]
    assert len(texts) == 31


def test_a_note_outlives_the_account_of_who_wrote_it(kari, ola):
    application = make.GroupApplicationFactory()
    actions.add_note(application, "Ringte", user=kari)
    kari.delete()
    [event] = history.timeline(application, ola)
    assert event.who and event.text == "Ringte"


def test_a_closed_application_is_reopened_by_a_button_that_says_so(kari):
    client = logged_in(roles.GROUP_COORDINATOR)
    one = make.GroupApplicationFactory(status=Status.NEW)
    closed = make.GroupApplicationFactory(closed=True)
    assert buttons(client, one)["contacted"] == "Contacted"
    assert buttons(client, closed) == {"contacted": "Reopen"}
    assert act(client, closed, "step", status="contacted").status_code == 302
    closed.refresh_from_db()
    assert closed.status == Status.CONTACTED


def buttons(client, application):
    """Return the labels of the buttons that change the status, by that status."""
    found = soup(client.get(page_of(application))).select("button[name=status]")
    return {one["value"]: one.text.strip() for one in found}
