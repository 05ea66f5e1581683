"""Wherever staff read a phone number, they can dial it as it is written."""

import pytest

from groups.actions import places, proposals
from groups.models import GroupApplication
from home import roles
from linksite.intake.templatetags.phone_tags import as_dialled
from network.models import Nominee
from tests import factories as make
from tests.html import soup
from tests.queues import NETWORK_QUEUE, content, logged_in, page_of

DIALLED = {"+4741234567": "41 23 45 67", "+46701234567": "+46 70 123 45 67"}


@pytest.fixture(params=DIALLED)
def phone(request, centre):
    """A number, from Norway and from Sweden."""
    return request.param


def words(response) -> str:
    return " ".join(soup(response).text.split())


def group_with(phone):
    group = make.SelfHelpGroupFactory()
    person = make.GroupApplicationFactory(waiting=True, phone=phone)
    places.accept(proposals.propose(group, person))
    return f"/admin/groups/self-help-groups/{{}}{group.pk}/"


def nominated(phone):
    application = make.NetworkApplicationFactory(phone="")
    Nominee.objects.create(application=application, name="Mona", phone=phone)
    return application


def only_dialled(text, phone):
    """Return whether `text` has the number, and not its national form by itself."""
    return DIALLED[phone] in text and "070-123 45 67" not in text


@pytest.mark.parametrize("rest", ["inspect", "conversation"])
def test_on_the_pages_of_an_application(phone, rest):
    page = page_of(make.GroupApplicationFactory(phone=phone)).replace("inspect", rest)
    assert only_dialled(words(logged_in(roles.GROUP_COORDINATOR).get(page)), phone)


def test_beside_the_one_it_is_merged_with(phone):
    kept, other = make.GroupApplicationFactory.create_batch(2, phone=phone)
    page = page_of(kept).replace(f"inspect/{kept.pk}", f"merge/{kept.pk}/{other.pk}")
    text = words(logged_in(roles.GROUP_COORDINATOR).get(page))
    assert only_dialled(text, phone) and text.count(DIALLED[phone]) == 2


def test_none_is_a_dash_beside_the_one_it_is_merged_with(centre):
    kept = make.GroupApplicationFactory(phone="")
    other = make.GroupApplicationFactory(phone="", email=kept.email)
    page = page_of(kept).replace(f"inspect/{kept.pk}", f"merge/{kept.pk}/{other.pk}")
    assert words(logged_in(roles.GROUP_COORDINATOR).get(page)).count("Phone –") == 2


def test_on_the_page_of_a_group(phone):
    page = group_with(phone).format("inspect/")
    assert only_dialled(words(logged_in(roles.GROUP_COORDINATOR).get(page)), phone)


def test_on_the_sheet_initiators_take_along(phone):
    sheet = group_with(phone).format("") + "participants/"
    assert only_dialled(words(logged_in(roles.GROUP_COORDINATOR).get(sheet)), phone)


def test_on_the_page_of_who_nominates_somebody(phone):
    page = logged_in(roles.NETWORK_COORDINATOR).get(page_of(nominated(phone)))
    assert only_dialled(words(page), phone)
    assert f'href="tel:{phone}"' in content(page)


def test_of_a_nominated_person_in_the_export(phone):
    nominated(phone)
    rows = content(logged_in(roles.NETWORK_COORDINATOR).get(f"{NETWORK_QUEUE}?export=csv"))
    assert f"Mona, {DIALLED[phone]}" in rows


def test_on_the_page_of_an_initiator(phone):
    initiator = make.InitiatorFactory(phone=phone)
    page = f"/admin/network/initiators/inspect/{initiator.pk}/"
    assert only_dialled(words(logged_in(roles.GROUP_COORDINATOR).get(page)), phone)


@pytest.mark.parametrize(("stored", "shown"), [("", ""), ("ring Åse", "ring Åse"), ("+46 1",) * 2])
def test_what_is_no_number_stays_as_it_is(stored, shown):
    assert as_dialled(GroupApplication(phone=stored).phone) == shown
    assert as_dialled(None) == ""


def test_the_same_number_is_pointed_out_where_a_group_is_formed(phone):
    first = make.GroupApplicationFactory(phone=phone)
    make.GroupApplicationFactory(waiting=True, phone=phone)
    page = logged_in(roles.GROUP_COORDINATOR).get("/admin/groups/board/form/")
    assert f"Same email or phone as {first.reference}" in content(page)
