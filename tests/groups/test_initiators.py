"""The initiators in the admin: who sees them, and what never leaves the page."""

import pytest
from wagtail.models import ModelLogEntry, ReferenceIndex

from home import roles
from network.models import Initiator, Training
from tests import factories as make
from tests.queues import content, logged_in

INITIATORS = "/admin/network/initiators/"


@pytest.fixture
def nils(db):
    """A network coordinator's browser."""
    return logged_in(roles.NETWORK_COORDINATOR)


def fields(**changed):
    return {
        "name": "Berit Vik",
        "email": "berit@example.org",
        "training": Training.TRAINED,
        "at_most": 2,
        "active": "on",
        **changed,
    }


def test_the_list_says_who_leads_how_many(nils):
    initiator = make.InitiatorFactory(name="Berit Vik", at_most=2)
    make.SelfHelpGroupFactory().initiators.add(initiator)
    make.SelfHelpGroupFactory(status="on_its_own").initiators.add(initiator)
    page = " ".join(content(nils.get(INITIATORS)).split())
    for text in ("Berit Vik", "Trained", "1 of 2"):
        assert text in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=ber", ["Berit Vik"]),
        ("?training=none", ["Ola Dal"]),
        ("?active=false", ["Ola Dal"]),
        ("?q=nobody", []),
    ],
)
def test_the_list_is_searched_and_filtered(nils, query, names):
    make.InitiatorFactory(name="Berit Vik")
    make.InitiatorFactory(name="Ola Dal", training=Training.NONE, active=False)
    listed = nils.get(INITIATORS + query).context["object_list"]
    assert [initiator.name for initiator in listed] == names


def test_the_list_asks_the_database_the_same_however_many(nils, django_assert_max_num_queries):
    make.InitiatorFactory.create_batch(40)
    nils.get(INITIATORS)
    with django_assert_max_num_queries(16):
        nils.get(INITIATORS)


def test_an_initiator_is_added_and_changed_with_open_themes(nils):
    grief, other = make.TopicFactory(), make.TopicFactory()
    nils.post(f"{INITIATORS}new/", fields(open_themes=[grief.pk]))
    initiator = Initiator.objects.get()
    assert list(initiator.open_themes.all()) == [grief]
    edit = f"{INITIATORS}edit/{initiator.pk}/"
    assert "Berit Vik" in content(nils.get(edit))
    nils.post(edit, fields(at_most=3, open_themes=[other.pk]))
    initiator.refresh_from_db()
    assert (initiator.at_most, list(initiator.open_themes.all())) == (3, [other])


def test_the_log_knows_the_reference_and_nothing_else(nils):
    theme = make.TopicFactory(name_en="Grief")
    nils.post(f"{INITIATORS}new/", fields(open_themes=[theme.pk]))
    initiator = Initiator.objects.get()
    nils.post(f"{INITIATORS}edit/{initiator.pk}/", fields(name="Berit Å. Vik"))
    nils.post(f"{INITIATORS}delete/{initiator.pk}/")
    entries = ModelLogEntry.objects.filter(content_type__model="initiator")
    assert {entry.label for entry in entries} == {initiator.reference}
    assert entries.count() == 3
    for entry in entries:
        assert "Berit" not in str(entry.data)
        assert "Grief" not in str(entry.data)


def test_nobody_who_leads_a_group_is_deleted(nils):
    initiator = make.InitiatorFactory()
    group = make.SelfHelpGroupFactory(status="started")
    group.initiators.add(initiator)
    delete = f"{INITIATORS}delete/{initiator.pk}/"
    assert "They have a group now." in content(nils.post(delete, follow=True))
    assert "They have a group now." in content(nils.get(delete, follow=True))
    group.status = "ended"
    group.save()
    nils.post(delete)
    assert not Initiator.objects.exists()


def test_it_is_exported_nowhere_and_in_no_index(nils):
    theme = make.TopicFactory(name="Sorgtema")
    make.InitiatorFactory().open_themes.set([theme])
    response = nils.get(INITIATORS, {"export": "csv"})
    assert "Sorgtema" not in content(response)
    assert not ReferenceIndex.objects.filter(base_content_type__model="initiator").exists()


PAGES = ["", "new/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/", "inspect/{pk}/"]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (roles.NETWORK_COORDINATOR, PAGES),
        (roles.GROUP_COORDINATOR, ["", "inspect/{pk}/"]),
        (roles.PRIVACY_OFFICER, []),
        (roles.EDITOR, []),
        (roles.MANAGER, []),
        ("", []),
    ],
)
def test_who_sees_what(db, role, allowed):
    initiator = make.InitiatorFactory()
    client = logged_in(role)
    opened = [
        page
        for page in PAGES
        if client.get(INITIATORS + page.format(pk=initiator.pk)).status_code == 200
    ]
    assert opened == allowed


def test_who_may_only_look_finds_all_on_one_page(db):
    initiator = make.InitiatorFactory(name="Berit Vik", phone="+4741234567", trained_on=None)
    initiator.open_themes.set([make.TopicFactory(name_en="Grief")])
    kari = logged_in(roles.GROUP_COORDINATOR)
    assert f"{INITIATORS}inspect/{initiator.pk}/" in content(kari.get(INITIATORS))
    page = content(kari.get(f"{INITIATORS}inspect/{initiator.pk}/"))
    for text in ("Berit Vik", "Grief", "Trained", initiator.reference):
        assert text in page
