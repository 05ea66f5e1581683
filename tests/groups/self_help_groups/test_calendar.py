"""Calendar files: when and where, and nothing else."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from groups.actions import meetings, preparation
from groups.models import GroupMeeting, MeetingKind
from groups.self_help_groups import calendar
from home import roles
from tests import factories as make
from tests.queues import logged_in

TELLING = ["gruppe", "group", "selvhjelp", "self-help", "link", "torsdager", "oppstart", "start-up"]


@pytest.fixture
def group(centre):
    at = make.moment(3, 18)
    group = make.SelfHelpGroupFactory(name="Torsdager", start_up_at=at, topic=make.TopicFactory())
    GroupMeeting.objects.create(group=group, kind=MeetingKind.START_UP, at=at)
    for week in (1, 2):
        at_week = at + timedelta(weeks=week)
        GroupMeeting.objects.create(group=group, kind=MeetingKind.SUPPORTED, at=at_week)
    return group


def events(content):
    return Calendar.from_ical(content).walk("VEVENT")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_says_when_and_where_and_nothing_else(group, language):
    for content in (calendar.start_up(group, language), calendar.meetings(group, language)):
        text = content.decode().lower()
        for telling in (*TELLING, group.reference.lower(), str(group.topic).lower()):
            assert telling not in text, telling
    [event] = events(calendar.start_up(group, language))
    assert event["location"] == "Storgata 1"
    assert event.decoded("dtstart") == group.start_up_at
    assert event.decoded("dtstart").utcoffset() == timedelta(0)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)
    assert "dtstamp" in event


def test_the_title_is_an_appointment(group):
    [event] = events(calendar.start_up(group, "en"))
    assert event["summary"] == "Appointment"


def test_a_calendar_moves_the_meeting_it_has(group):
    user = make.UserFactory(is_superuser=True)
    [before] = events(calendar.start_up(group, "nb"))
    group = preparation.propose_start_up(
        group, make.moment(9, 19), user=user, version=group.version
    )
    [after] = events(calendar.start_up(group, "nb"))
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == group.start_up_at
    assert after["uid"] in [event["uid"] for event in events(calendar.meetings(group, "nb"))]


def test_each_meeting_is_its_own_and_keeps_its_name(group):
    user = make.UserFactory(is_superuser=True)
    before = events(calendar.meetings(group, "nb"))
    assert len({event["uid"] for event in before}) == 3
    last = group.meetings.last()
    meetings.move(last, make.moment(30), user=user, version=group.version)
    after = events(calendar.meetings(make.SelfHelpGroupFactory._meta.model.objects.get(), "nb"))
    assert {event["uid"] for event in before} == {event["uid"] for event in after}
    assert all(event["sequence"] == 2 for event in after)


def test_a_meeting_that_fell_through_is_left_out(group):
    group.meetings.filter(kind=MeetingKind.SUPPORTED).update(held=False)
    assert len(events(calendar.meetings(group, "nb"))) == 1


def test_without_a_time_or_a_room_there_is_less_in_it(centre):
    group = make.SelfHelpGroupFactory(venue="")
    assert events(calendar.start_up(group, "nb")) == []
    group.start_up_at = make.moment(3)
    [event] = events(calendar.start_up(group, "nb"))
    assert "location" not in event


def test_initiators_get_it_from_the_groups_page_under_a_name_that_tells_nothing(group):
    kari = logged_in(roles.GROUP_COORDINATOR)
    response = kari.get(f"/admin/groups/self-help-groups/{group.pk}/calendar/")
    assert response["Content-Type"].startswith("text/calendar")
    assert response["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert len(events(response.content)) == 3
    assert kari.get("/admin/groups/self-help-groups/99999/calendar/").status_code == 404
