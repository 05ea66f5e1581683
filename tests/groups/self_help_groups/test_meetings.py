"""The meetings of a group: planned, moved, noted, and all of the week in one list."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from groups.models import MeetingKind
from tests import factories as make
from tests.groups.self_help_groups.group_page import MEETINGS, fresh, make_meeting, page, send
from tests.html import soup
from tests.queues import content


def test_meetings_are_planned_moved_and_removed(kari, started):
    day = make.days(40).isoformat()
    send(kari, started, "add_meeting", kind="supported", day=day, time="17:30")
    meeting = started.meetings.get(
        at=make.timezone.make_aware(make.datetime.combine(make.days(40), make.time(17, 30)))
    )
    send(kari, started, "move_meeting", meeting=meeting.pk, day=day, time="19:00")
    assert timezone.localtime(fresh(meeting).at).hour == 19
    send(kari, started, "remove_meeting", meeting=meeting.pk)
    assert not started.meetings.filter(pk=meeting.pk).exists()
    text = soup(kari.get(page(started))).select_one(".queue-timeline").text
    for what in ("Meeting planned: ", "Meeting moved to ", "Meeting removed: "):
        assert what in text


def test_a_meeting_that_cannot_be_moved_keeps_what_was_typed(kari, started):
    meeting = started.meetings.filter(kind=MeetingKind.SUPPORTED).first()
    day = make.days(-3).isoformat()
    response = send(kari, started, "move_meeting", meeting=meeting.pk, day=day, time="19:45")
    assert response.status_code == 422
    assert "19:45" in content(response)


def test_no_more_than_five_supported_meetings(kari, started):
    day = make.days(40).isoformat()
    for _number in range(2):
        send(kari, started, "add_meeting", kind="supported", day=day, time="17:30")
    response = send(kari, started, "add_meeting", kind="supported", day=day, time="17:30")
    assert response.status_code == 409
    assert started.meetings.filter(kind=MeetingKind.SUPPORTED).count() == 4


def test_the_start_up_meeting_is_moved_by_asking_everybody(kari, agreed):
    meeting = agreed.meetings.get()
    day = make.days(20).isoformat()
    for action in ("move_meeting", "remove_meeting"):
        response = send(kari, agreed, action, meeting=meeting.pk, day=day, time="19:00")
        assert response.status_code == 409
    assert fresh(meeting).at == meeting.at


def test_a_meeting_is_noted_on_its_day_and_not_before(kari, started):
    meeting = started.meetings.filter(kind=MeetingKind.SUPPORTED).first()
    assert send(kari, started, "note_meeting", meeting=meeting.pk, held="yes").status_code == 409
    with time_machine.travel(meeting.at + timedelta(hours=2)):
        kari.force_login(kari.user)
        send(kari, started, "note_meeting", meeting=meeting.pk, held="no")
        assert fresh(meeting).held is False
        send(kari, started, "note_meeting", meeting=meeting.pk, held="")
        assert fresh(meeting).held is None


def test_two_start_up_meetings_are_never_planned_at_once(kari, agreed):
    meeting = agreed.meetings.get()
    day = make.days(19).isoformat()
    with time_machine.travel(meeting.at + timedelta(hours=2)):
        kari.force_login(kari.user)
        send(kari, agreed, "note_meeting", meeting=meeting.pk, held="no")
        send(kari, agreed, "start_up", day=day, time="18:00")
        back = send(kari, agreed, "note_meeting", meeting=meeting.pk, held="")
        assert back.status_code == 409
        assert "The meeting has been moved to another time" in content(back)
        assert send(kari, agreed, "start_up", day=day, time="19:00").status_code == 302
    assert agreed.meetings.filter(held=None).count() == 1


def test_the_list_of_meetings_has_those_of_the_week_and_those_not_noted(kari, group):
    with time_machine.travel(make.moment(0) + timedelta(days=3 - make.days(0).weekday())):
        kari.force_login(kari.user)
        old = make_meeting(group, timezone.now() - timedelta(days=20))
        make_meeting(group, timezone.now() + timedelta(days=2))
        make_meeting(group, timezone.now() + timedelta(days=12))
        shown = kari.get(MEETINGS)
        assert len(shown.context["meetings"]) == 2
        assert len(soup(shown).select(".group-meetings--all form")) == 1
        data = {"version": fresh(group).version, "meeting": old.pk, "held": "yes"}
        assert kari.post(MEETINGS, data).status_code == 302
        assert fresh(old).held
        data["held"] = "no"
        assert "Nothing was recorded" in content(kari.post(MEETINGS, data, follow=True))
        assert fresh(old).held
        assert kari.post(MEETINGS, {"meeting": "x"}).status_code == 400
