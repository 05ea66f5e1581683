"""A follow-up puts nobody out of sight, and times are those of the centre."""

from datetime import time

import pytest
import time_machine
from django import forms
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from home import roles
from tests import factories as make
from tests.queues import GROUP_QUEUE, act, content, logged_in, page_of


@pytest.fixture
def kari(db):
    return logged_in(roles.GROUP_COORDINATOR)


def follow_up(client, application, days, **data):
    sent = act(client, application, "follow_up", follow_up_on=make.days(days), **data)
    application.refresh_from_db()
    return sent


@pytest.mark.parametrize("days", [93, 365])
def test_a_late_day_needs_a_reason_which_is_kept_as_a_note(kari, days):
    application = make.GroupApplicationFactory()
    refused = follow_up(kari, application, days)
    assert refused.status_code == 422 and "more than three months away" in content(refused)
    assert application.follow_up_on is None
    assert follow_up(kari, application, days, why="På reise til påske").status_code == 302
    assert application.follow_up_on == make.days(days)
    assert application.notes.get().text == "På reise til påske"


@pytest.mark.parametrize("days", [2 * 365 + 1, 36 * 365])
def test_a_day_years_away_is_a_slip_whatever_the_reason(kari, days):
    application = make.GroupApplicationFactory()
    assert follow_up(kari, application, days, why="Senere").status_code == 422
    assert not application.notes.exists()


def test_a_day_within_three_months_needs_no_reason(kari):
    application = make.GroupApplicationFactory()
    assert follow_up(kari, application, 92).status_code == 302


def test_many_at_once_are_put_off_no_further_than_three_months(kari):
    application = make.GroupApplicationFactory()
    url = f"/admin/bulk/groups/groupapplication/follow_up/?next={GROUP_QUEUE}"
    seen = {"seen": f"{application.pk}:{application.version}"}
    refused = kari.post(url, {**seen, "follow_up_on": make.days(93)})
    assert refused.status_code == 422 and "more than three months away" in content(refused)
    assert kari.post(url, {**seen, "follow_up_on": make.days(92)}).status_code == 302


def test_a_call_far_ahead_says_what_was_agreed(kari):
    application = make.GroupApplicationFactory(contacted=True)
    url = f"{GROUP_QUEUE}conversation/{application.pk}/"
    sent = {"lead": "call", "call_on": make.days(120), "version": application.version}
    assert kari.post(url, sent).status_code == 422
    assert kari.post(url, {**sent, "agreed": "Etter ferien"}).status_code == 302


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("typed", ["18:00", "18.00", "18", "kl. 18.00", "kl 18"])
def test_times_are_read_as_norwegians_write_them(language, typed):
    with translation.override(language):
        assert forms.TimeField().clean(typed) == time(18)
        at = forms.DateTimeField().clean(f"18.11.2026 {typed}")
    assert (at.day, at.month, timezone.localtime(at).hour) == (18, 11, 18)


@time_machine.travel("2026-11-18T10:00:00+01:00", tick=False)
def test_an_account_in_another_time_zone_sees_the_centre_s_time(kari):
    user = make.UserFactory(is_superuser=True)
    profile = UserProfile.objects.create(user=user, preferred_language="nb")
    UserProfile.objects.filter(pk=profile.pk).update(current_time_zone="Asia/Tokyo")
    kari.force_login(user)
    application = make.GroupApplicationFactory(submitted_at=timezone.now())
    page = content(kari.get(page_of(application)))
    assert "10.00" in page and "18.00" not in page
    assert 'name="locale-current_time_zone"' not in content(kari.get("/admin/account/"))
