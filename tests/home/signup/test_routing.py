"""What was asked for decides the queue."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from groups.models import GroupApplication
from home.centre import CentreSettings
from home.models import SignupPage
from home.signup.routing import QUEUES, passed_on, queue_for
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
    assert queue_for(QueryDict(asked)).form.model is model


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
        assert queue.interest == asked["interest"]


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.interest)
def test_each_row_fits_the_page_the_settings_and_the_model(queue):
    assert issubclass(queue.form.model, Application)
    assert queue.aim in queue.form.base_fields
    for field in (queue.consent, queue.next_steps):
        SignupPage._meta.get_field(field)
    CentreSettings._meta.get_field(queue.notify)
    assert reverse(queue.form.model.listing).startswith("/admin/")


def test_interests_and_aims_are_told_apart():
    assert len({queue.interest for queue in QUEUES}) == len(QUEUES)
    assert len({queue.aim for queue in QUEUES}) == len(QUEUES)


def test_an_address_carries_nothing_about_a_person():
    assert not passed_on() & PERSONAL
