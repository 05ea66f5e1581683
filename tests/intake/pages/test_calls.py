"""A call is noted in two clicks, with a note or without, and sets the day of the next step."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from groups.models import GroupApplication
from home import roles
from linksite.intake import actions, history
from linksite.intake.models import QueueSettings, Tally
from linksite.intake.pages.detail import FollowUpForm
from linksite.intake.statuses import Status
from linksite.intake.tally import Event
from linksite.intake.working_days import working_day
from tests import factories as make
from tests.queues import act, content, logged_in, page_of


@pytest.fixture
def kari(centre):
    return logged_in(roles.GROUP_COORDINATOR)


MONDAY = datetime(2026, 11, 16, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("call", "ahead", "status"),
    [("reached", 14, Status.CONTACTED), ("no_answer", 2, Status.NEW)],
)
def test_a_call_sets_the_next_day_and_makes_contacted_whom_it_reaches(kari, call, ahead, status):
    with time_machine.travel(MONDAY):
        application = make.GroupApplicationFactory()
        actions.log_call(application, reached=call == "reached", user=kari.user, version=1)
        application.refresh_from_db()
        assert application.status == status
        assert application.follow_up_on == make.days(ahead)


def test_a_call_without_an_answer_is_a_step_and_no_contact(kari):
    application = make.GroupApplicationFactory(overdue=True)
    assert GroupApplication.objects.overdue().exists()
    assert act(kari, application, "step", call="no_answer").status_code == 302
    application.refresh_from_db()
    assert (application.status, application.version) == (Status.NEW, 2)
    assert application.last_step_at > make.moment(-1)
    assert not GroupApplication.objects.overdue().exists()
    assert not Tally.objects.filter(event=Event.CONTACTED).exists()
    with time_machine.travel(make.moment(5)):
        assert GroupApplication.objects.overdue().exists()


@pytest.mark.parametrize("days", [4, 5, 6])
def test_the_next_call_is_on_a_working_day(kari, days):
    with time_machine.travel(MONDAY + timedelta(days=days - 2)):
        application = make.GroupApplicationFactory()
        actions.log_call(application, reached=False, user=kari.user, version=1)
    application.refresh_from_db()
    assert application.follow_up_on == date(2026, 11, 20 if days == 4 else 23)


def test_no_click_chooses_a_weekend(kari):
    with time_machine.travel(MONDAY + timedelta(days=4)):
        form = FollowUpForm(instance=make.GroupApplicationFactory())
        assert [day.day for day, _name in form.soon] == [23, 23, 27, 4]


def test_the_days_are_those_of_the_settings(kari, centre):
    QueueSettings.objects.create(call_again_after_days=5)
    application = make.GroupApplicationFactory()
    act(kari, application, "step", call="no_answer")
    application.refresh_from_db()
    assert application.follow_up_on == working_day(make.days(5))


def test_a_call_never_takes_anybody_back(kari):
    application = make.GroupApplicationFactory(waiting=True)
    act(kari, application, "step", call="reached")
    application.refresh_from_db()
    assert application.status == Status.WAITING


def test_a_note_goes_along(kari):
    application = make.GroupApplicationFactory()
    act(kari, application, "step", call="reached", note="Ringer igjen etter ferien")
    texts = [event.text for event in history.timeline(application, kari.user)]
    assert "Ringer igjen etter ferien" in texts and len(texts) == 3
    page = content(kari.get(page_of(application)))
    assert "Ringer igjen etter ferien" in page and "Called: reached" in page


def test_the_page_offers_it_while_the_application_is_open(kari):
    page = content(kari.get(page_of(make.GroupApplicationFactory())))
    assert 'value="reached"' in page and 'value="no_answer"' in page
    closed = make.GroupApplicationFactory(closed=True)
    assert 'value="reached"' not in content(kari.get(page_of(closed)))


def test_a_closed_application_is_not_called(kari):
    application = make.GroupApplicationFactory(closed=True)
    response = act(kari, application, "step", call="reached", note="Ringte likevel")
    assert response.status_code == 409 and "Ringte likevel" in content(response)
    assert not application.notes.exists()


def test_clicked_twice_it_is_one_call(kari):
    application = make.GroupApplicationFactory()
    assert act(kari, application, "step", call="reached", version=1).status_code == 302
    again = act(kari, application, "step", call="reached", version=1)
    assert again.status_code == 409 and "Called: reached" in content(again)
    application.refresh_from_db()
    # The call and the status it led to.
    assert application.version == 3


@pytest.mark.parametrize("call", ["nonsense", "\0x", "reached" * 9])
def test_what_is_no_call_is_refused_with_the_note_kept(kari, call):
    application = make.GroupApplicationFactory()
    response = act(kari, application, "step", call=call, note="Ringte i går")
    assert response.status_code == 422 and "Ringte i går" in content(response)
    application.refresh_from_db()
    assert application.version == 1


def test_a_call_and_a_status_at_once_are_refused(kari):
    application = make.GroupApplicationFactory()
    both = {"call": "reached", "status": Status.CONTACTED}
    assert act(kari, application, "step", **both).status_code == 422


def test_a_note_that_cannot_be_kept_logs_no_call(kari):
    application = make.GroupApplicationFactory()
    note = "x" * 10_000_000
    assert act(kari, application, "step", call="reached", note=note).status_code == 422
    application.refresh_from_db()
    assert application.version == 1


@pytest.mark.parametrize("role", [roles.PRIVACY_OFFICER, roles.NETWORK_COORDINATOR, roles.EDITOR])
def test_who_may_not_change_it_logs_no_call(centre, role):
    application = make.GroupApplicationFactory()
    act(logged_in(role), application, "step", call="reached")
    application.refresh_from_db()
    assert application.version == 1


def test_the_second_of_two_callers_is_told_who_called(kari):
    application = make.GroupApplicationFactory()
    ola = make.UserFactory(role=roles.GROUP_COORDINATOR, first_name="Ola")
    actions.log_call(application, reached=True, user=ola, version=1)
    page = content(act(kari, application, "step", call="no_answer", version=1))
    assert ola.get_full_name() in page and "Nothing was saved" in page
