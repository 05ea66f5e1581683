"""The day of a next step is today or later, whichever form asks for it."""

import pytest
from django import forms
from django.utils import translation

from linksite.intake.fields import LaterDayField
from tests import factories as make


class CallForm(forms.Form):
    day = LaterDayField(required=False)


@pytest.mark.parametrize("ahead", [0, 1])
def test_today_and_later_are_taken(ahead):
    form = CallForm({"day": make.days(ahead).isoformat()})
    assert form.is_valid() and form.cleaned_data["day"] == make.days(ahead)


def test_yesterday_is_refused():
    with translation.override("en"):
        errors = CallForm({"day": make.days(-1).isoformat()}).errors
        assert errors["day"] == ["Choose today or a later day."]


def test_no_day_is_none_where_it_need_not_be_filled_in():
    form = CallForm({"day": ""})
    assert form.is_valid() and form.cleaned_data["day"] is None


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_calendar_shows_the_day_in_every_language(language):
    with translation.override(language):
        shown = str(CallForm(initial={"day": make.days(1)})["day"])
    assert 'type="date"' in shown and f'value="{make.days(1).isoformat()}"' in shown
