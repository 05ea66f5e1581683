"""How long is too long: weekends do not count."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from groups.models import GroupApplication
from home import roles
from linksite.intake.models import QueueSettings
from linksite.intake.statuses import ClosingReason, Status
from linksite.intake.working_days import end_of_week, last_working_day, working_days_before
from tests import factories as make
from tests.html import soup
from tests.queues import GROUP_QUEUE, logged_in, page_of

OSLO = ZoneInfo("Europe/Oslo")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("moment", "two_working_days_before"),
    [
        ("2026-11-19 10:00", "2026-11-17 10:00"),  # Thursday, Tuesday
        ("2026-11-23 10:00", "2026-11-19 10:00"),  # Monday, Thursday
        ("2026-11-24 10:00", "2026-11-20 10:00"),  # Tuesday, Friday
        ("2026-11-21 15:00", "2026-11-19 00:00"),  # Saturday: as when Friday ended
        ("2026-11-22 23:00", "2026-11-19 00:00"),  # Sunday: the same
        ("2026-10-26 10:00", "2026-10-22 10:00"),  # over the end of summer time
    ],
)
def test_two_working_days_before(moment, two_working_days_before):
    assert working_days_before(at(moment), 2) == at(two_working_days_before)


LONG_AGO = make.moment(-40)


@pytest.mark.parametrize(
    ("fields", "is_overdue"),
    [
        ({}, False),
        ({"overdue": True}, True),
        ({"overdue": True, "follow_up_on": make.days(1)}, False),
        ({"overdue": True, "follow_up_on": make.days(-1)}, True),
        ({"overdue": True, "contacted": True}, False),
        ({"overdue": True, "contacted": True, "last_step_at": LONG_AGO}, True),
        ({"contacted": True, "last_step_at": LONG_AGO, "follow_up_on": make.days(5)}, False),
        ({"contacted": True, "follow_up_on": make.days(-1)}, True),
        ({"contacted": True, "follow_up_on": make.days(0)}, False),
        ({"overdue": True, "closed": True, "follow_up_on": make.days(-1)}, False),
    ],
)
def test_badge_filter_and_page_agree_on_what_is_overdue(db, fields, is_overdue):
    application, kari = make.GroupApplicationFactory(**fields), logged_in(roles.GROUP_COORDINATOR)
    badges = [
        bool(soup(kari.get(path)).select(".queue-overdue"))
        for path in (GROUP_QUEUE, page_of(application))
    ]
    assert badges[0] == is_overdue or application.follow_up_passed
    assert badges[1] == is_overdue
    rows = kari.get(f"{GROUP_QUEUE}?due=overdue").context["object_list"]
    assert [row.pk for row in rows] == [application.pk] * is_overdue
    assert GroupApplication.objects.with_overdue().get().is_overdue == is_overdue


def test_the_centre_says_how_long_is_too_long(centre):
    QueueSettings.objects.create(answer_within_days=9, step_within_days=3)
    make.GroupApplicationFactory(overdue=True)
    idle = make.GroupApplicationFactory(contacted=True, last_step_at=make.moment(-4))
    assert list(GroupApplication.objects.overdue()) == [idle]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-24 10:00", "2026-11-23"),  # Tuesday: Monday
        ("2026-11-23 10:00", "2026-11-20"),  # Monday: Friday
        ("2026-11-22 10:00", "2026-11-20"),  # Sunday: Friday
        ("2026-11-21 10:00", "2026-11-20"),  # Saturday: Friday
    ],
)
def test_the_working_day_before_today(now, day):
    with time_machine.travel(at(now)):
        assert last_working_day().isoformat() == day


@pytest.mark.parametrize("now", ["2026-10-19 00:00", "2026-10-22 10:00", "2026-10-25 23:59"])
def test_the_week_ends_with_sunday_also_when_summer_time_does(now):
    with time_machine.travel(at(now)):
        assert end_of_week() == at("2026-10-26 00:00")


def test_follow_up_due_today_or_earlier_and_only_while_open(db):
    due = make.GroupApplicationFactory(follow_up_on=make.days(0))
    make.GroupApplicationFactory(follow_up_on=make.days(1))
    make.GroupApplicationFactory(
        follow_up_on=make.days(0),
        status=Status.CLOSED,
        closing_reason=ClosingReason.WITHDREW,
        closed_at=timezone.now(),
    )
    assert list(GroupApplication.objects.follow_up_due()) == [due]
