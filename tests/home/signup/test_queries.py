"""What a visit to the signup page costs in queries, however much there is."""

import pytest

from linksite.intake.models import Attempt
from tests import factories as make


@pytest.fixture(autouse=True)
def _much(centre):
    topics = make.TopicFactory.create_batch(20)
    make.AreaFactory.create_batch(10)
    for n in range(5):
        make.GroupOfferPageFactory(parent=centre.nb.groups, slug=f"tilbud-{n}", topics=topics[:3])
        make.NetworkMeetingPageFactory(parent=centre.nb.network, slug=f"mote-{n}")


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ({}, 10),
        ({"interest": "group"}, 12),
        ({"interest": "group", "offer": "tilbud-3"}, 12),
        ({"interest": "network"}, 10),
        ({"interest": "network", "meeting": "mote-3"}, 12),
    ],
)
def test_opening_the_form(visitor, django_assert_max_num_queries, query, most):
    visitor.open(**query)
    with django_assert_max_num_queries(most):
        visitor.open(**query)


@pytest.mark.parametrize(
    ("interest", "extra", "most"),
    [
        ("group", {}, 26),
        ("network", {f"people-{n}-name": f"P{n}" for n in range(5)}, 26),
        ("network", {f"people-{n}-name": f"P{n}" for n in range(50)}, 26),
    ],
)
def test_sending_the_form(visitor, django_assert_max_num_queries, interest, extra, most):
    data = visitor.fill_in(interest, email="ase@example.org", **extra)
    Attempt.objects.all().delete()
    with django_assert_max_num_queries(most):
        assert visitor.send(data).status_code == 303


def test_a_form_with_errors(visitor, django_assert_max_num_queries):
    data = visitor.fill_in("group", name="")
    with django_assert_max_num_queries(12):
        visitor.send(data)
