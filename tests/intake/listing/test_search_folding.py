"""A search finds a name however it is typed, the same on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.eligibility import may_meet
from groups.models import GroupApplication
from home import roles
from linksite.text import fold
from tests import factories as make
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, content, logged_in

FOUND = [
    ("Nguyễn Thị Hà", "nguyen thi"),
    ("Håvard Åsen", "havard"),
    ("Håvard Åsen", "HAAVARD"),
    ("Haavard Aasen", "håvard åsen"),
    ("Søren Ødegård", "soren odegard"),
    ("Soren Odegard", "Sørén Ødegård"),
    ("Ægir Bjørnæs", "aegir"),
    ("O’Brien", "o'brien"),
    ("O'Brien", "obrien"),
    ("Anne-Marie Lie", "anne marie"),
    ("Anne Marie Lie", "anne‑marie"),
    ("Åse", "A\u030ase"),
    ("Ŋállá Đorđe", "nalla dorde"),
    ("Kari Nordmann", "mann kar"),
    ("ليلى", "ليلى"),
    ("Şükrü Işık", "sukru isik"),
    ("J.P. Hansen", "jp hansen"),
]


@pytest.fixture
def kari(db):
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.mark.parametrize(("name", "typed"), FOUND)
def test_somebody_is_found_however_their_name_is_typed(kari, name, typed):
    make.GroupApplicationFactory(name="Noen Annen", email="annen@example.org")
    wanted = make.GroupApplicationFactory(name=name)
    found = kari.get(GROUP_QUEUE, {"q": typed}).context["object_list"]
    assert [one.pk for one in found] == [wanted.pk]


@pytest.mark.parametrize("typed", ["zzz", "'", "-", "\u200b-", "%", "_"])
def test_what_nobody_is_called_finds_nobody(kari, typed):
    make.GroupApplicationFactory(name="Kari Nordmann")
    assert not kari.get(GROUP_QUEUE, {"q": typed}).context["object_list"]


def test_by_address_and_by_the_last_digits(kari):
    wanted = make.GroupApplicationFactory(email="Kari.N@example.org", phone="+4791234567")
    make.GroupApplicationFactory(email="ola@example.org", phone="+4798765432")
    for typed in ("kari.n@", "4567", "34 567", "KARI.N@EXAMPLE.ORG"):
        found = kari.get(GROUP_QUEUE, {"q": typed}).context["object_list"]
        assert [one.pk for one in found] == [wanted.pk], typed


def test_organisations_nominees_groups_and_initiators_too(db):
    nina = logged_in(is_superuser=True)
    application = make.NetworkApplicationFactory(organisation="Bærum røde kors")
    application.people.create(name="Håkon Aas")
    for typed in ("baerum rode", "hakon as"):
        assert application.reference in content(nina.get(NETWORK_QUEUE, {"q": typed}))
    make.SelfHelpGroupFactory(name="Torsdager på Løkka")
    page = content(nina.get("/admin/groups/self-help-groups/", {"q": "lokka"}))
    assert "Torsdager på Løkka" in page
    make.InitiatorFactory(name="Åshild Bø")
    assert "Åshild Bø" in content(nina.get("/admin/network/initiators/", {"q": "ashild bo"}))


def test_a_corrected_name_is_found_and_the_old_one_is_not(kari):
    application = make.GroupApplicationFactory(name="Ose", email="ose@example.org")
    application.name, application.email = "Åse", "ase@example.org"
    application.save()
    assert application.folded == "ase"
    assert not GroupApplication.objects.filter(folded__contains="ose").exists()


def test_keeping_apart_goes_by_the_folded_name(kari):
    other = make.GroupApplicationFactory(name="Håvard Åsen")
    application = make.GroupApplicationFactory(keep_apart_from="havard aasen")
    assert not may_meet(application, [other])


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once
