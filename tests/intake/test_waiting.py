"""How long is too long: weekends do not count."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from groups.models import GroupApplication
from linksite.intake.statuses import ClosingReason, Status
from linksite.intake.waiting import working_days_before
from tests import factories as make

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


@pytest.mark.parametrize(
    ("fields", "is_overdue"),
    [
        ({}, False),
        ({"overdue": True}, True),
        ({"overdue": True, "contacted": True}, False),
        ({"contacted": True, "follow_up_on": make.days(-1)}, True),
        ({"contacted": True, "follow_up_on": make.days(0)}, False),
        ({"overdue": True, "closed": True, "follow_up_on": make.days(-1)}, False),
    ],
)
def test_the_list_and_the_page_agree_on_what_is_overdue(db, fields, is_overdue):
    application = make.GroupApplicationFactory(**fields)
    assert application.is_overdue == is_overdue
    assert GroupApplication.objects.overdue().exists() == is_overdue


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
