"""What was asked for decides the queue."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from groups.models import GroupApplication
from home.centre import CentreSettings
from home.models import SignupPage
from home.signup.routing import open_queues, passed_on, queue_for
from linksite.intake.models import Application
from network.models import NetworkApplication

PERSONAL = {
    "name",
    "email",
    "phone",
    "message",
    "consent",
    "contact_by",
    "leave_message",
    "age_band",
}


@pytest.mark.parametrize(
    ("asked", "model"),
    [
        ("interest=group", GroupApplication),
        ("interest=network", NetworkApplication),
        ("interest=group&meeting=x", GroupApplication),
        ("interest=network&offer=x", NetworkApplication),
        ("offer=x", GroupApplication),
        ("meeting=x", NetworkApplication),
        ("interest=x&meeting=x", NetworkApplication),
    ],
)
def test_each_interest_has_its_queue(asked, model):
    assert queue_for(QueryDict(asked)).model is model


@pytest.mark.parametrize("asked", ["", "interest=", "interest=Group", "interest=x", "name=x"])
def test_what_cannot_be_told_is_asked(asked):
    assert queue_for(QueryDict(asked)) is None


@given(st.dictionaries(st.text(), st.text()))
def test_any_address_leads_to_a_queue_or_to_the_question(asked):
    queue = queue_for(asked)
    if queue is None:
        assert asked.get("interest") not in {"group", "network"}
        assert not asked.get("offer") and not asked.get("meeting")
    elif asked.get("interest") in {"group", "network"}:
        assert queue.way.interest == asked["interest"]


@pytest.mark.parametrize("queue", open_queues(), ids=lambda queue: queue.way.interest)
def test_each_row_fits_the_page_the_settings_and_the_model(queue):
    way, form = queue.way, queue.way.form_class
    assert issubclass(form.model, Application) and form.model is queue.model
    assert form.target_name in form.base_fields
    for field in (way.consent, way.next_steps):
        SignupPage._meta.get_field(field)
    CentreSettings._meta.get_field(way.notify)
    assert reverse(queue.listing).startswith("/admin/")


def test_interests_and_targets_are_told_apart():
    ways = [queue.way for queue in open_queues()]
    assert len(ways) == 2
    assert len({way.interest for way in ways}) == len(ways)
    assert len({way.form_class.target_name for way in ways}) == len(ways)


def test_an_address_carries_nothing_about_a_person():
    assert not passed_on() & PERSONAL
