"""The papers that are taken along to a meeting."""

import pytest
from wagtail.log_actions import registry

from groups.actions import lifecycle, places
from groups.models import SelfHelpGroup
from home import roles
from tests import factories as make
from tests.html import soup
from tests.queues import content, logged_in

PEOPLE = ["Åse Marie Lind", "Kari Fjell", "Kari Strand", "Bo"]


@pytest.fixture
def kari(centre):
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.fixture
def group(kari, centre):
    """A group where the first three have accepted, and the fourth has not answered."""
    people = [make.GroupApplicationFactory(waiting=True, name=name) for name in PEOPLE]
    people[0].phone = ""
    people[0].save()
    new = SelfHelpGroup(site=centre.site, name="Torsdager", topic=make.TopicFactory(name="Sorg"))
    group = lifecycle.form(new, people, user=kari.user)
    for person in people[:3]:
        places.accept(group.placements.get(application=person))
    return SelfHelpGroup.objects.get()


def paper(client, group, name, query=""):
    return client.get(f"/admin/groups/self-help-groups/{group.pk}/{name}/{query}")


@pytest.mark.parametrize(
    ("query", "language", "words"),
    [
        ("", "nb", "Vi som møtes her"),
        ("?language=nn", "nn", "Vi som møtest her"),
        ("?language=en", "en", "We who meet here"),
        ("?language=../../etc", "nb", "Vi som møtes her"),
    ],
)
def test_the_statement_is_in_the_language_chosen_and_names_nobody(
    kari, group, query, language, words
):
    shown = soup(paper(kari, group, "statement", query))
    assert shown.html["lang"] == language
    assert words in shown.text
    assert "LINK Fjordby" in shown.text
    assert len(shown.select(".paper-lines tbody tr")) == group.most
    for telling in (*PEOPLE, "Torsdager", "Sorg", group.reference):
        assert telling not in shown.text


def test_the_sheet_has_what_initiators_need_and_no_more(kari, group):
    shown = soup(paper(kari, group, "participants", "?language=en"))
    names = [cell.text for cell in shown.select("tbody th")]
    assert names == ["Kari F.", "Kari S.", "Åse"]
    assert "41 23 45 67" in shown.text
    assert "None: ask the centre" in shown.text
    assert "Shred after use" in shown.text
    for telling in ("Fjell", "Strand", "Lind", "Bo", "@", "Torsdager", "Sorg"):
        assert telling not in shown.select_one("main").text


def test_whether_a_message_is_safe_stands_beside_the_number(kari, group):
    placement = group.placements.members().last()
    placement.application.leave_message = False
    placement.application.save()
    assert "No, no message" in content(paper(kari, group, "participants", "?language=en"))


def test_printing_the_sheet_is_logged_and_the_statement_is_not(kari, group):
    paper(kari, group, "statement")
    logs = registry.get_logs_for_instance(group).filter(action="groups.print")
    assert not logs.exists()
    paper(kari, group, "participants")
    assert logs.get().user == kari.user


def test_a_paper_has_nothing_of_the_admin_around_it(kari, group):
    for name in ("statement", "participants"):
        shown = soup(paper(kari, group, name))
        assert not shown.select("#wagtail, .sidebar, script")
        assert [link["href"] for link in shown.select("link[rel=stylesheet]")]


def test_an_empty_group_has_an_empty_sheet(kari, centre):
    group = make.SelfHelpGroupFactory()
    assert "Nobody has accepted" in content(paper(kari, group, "participants", "?language=en"))


def test_a_sheet_asks_the_database_a_few_times_only(kari, group, django_assert_max_num_queries):
    paper(kari, group, "participants")
    with django_assert_max_num_queries(16):
        paper(kari, group, "participants")
