"""What is special to the network queue."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home import roles
from linksite.intake.statuses import Status
from network.models import Nominee
from tests import factories as make
from tests.html import soup
from tests.queues import NETWORK_QUEUE, act, content, logged_in, page_of


@pytest.fixture
def nina(db):
    """A network coordinator's browser."""
    return logged_in(roles.NETWORK_COORDINATOR, first_name="Nina")


def test_a_row_says_which_organisation_and_how_many_people(nina, centre):
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network, title="Samlingen")
    make.NetworkApplicationFactory(organisation="Frisklivssentralen", people=3, meeting=meeting)
    page = content(nina.get(NETWORK_QUEUE))
    assert "Frisklivssentralen · 3" in page and "Samlingen" in page


def test_the_list_asks_the_database_the_same_however_many_rows(nina, centre):
    meeting, counts = make.NetworkMeetingPageFactory(parent=centre.nb.network), []
    for rows in (1, 49):
        make.NetworkApplicationFactory.create_batch(rows, people=2, meeting=meeting)
        nina.get(NETWORK_QUEUE)
        with CaptureQueriesContext(connection) as queries:
            nina.get(NETWORK_QUEUE)
        counts.append(len(queries))
    # Two queries for the settings, while nobody has changed them, and one for the saved views.
    assert counts[0] == counts[1] <= 18


@pytest.mark.parametrize("query", ["Mona", "mona@", "99 88 77 66", "Frivillig", "Deltaker"])
def test_search_finds_the_nominated_people_and_the_organisation_once(nina, query):
    application = make.NetworkApplicationFactory(organisation="Frivilligsentralen", people=1)
    for _ in range(2):
        Nominee.objects.create(
            application=application, name="Mona", email="mona@example.org", phone="+4799887766"
        )
    make.NetworkApplicationFactory(
        name="Bo", organisation="NAV", email="bo@example.org", phone="+4790000000"
    )
    rows = nina.get(NETWORK_QUEUE, {"q": query}).context["object_list"]
    assert list(rows) == [application]


def test_filter_by_meeting(nina, centre):
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network)
    going, other = make.NetworkApplicationFactory(meeting=meeting), make.NetworkApplicationFactory()
    for query, found in ((meeting.pk, going), ("none", other)):
        rows = nina.get(NETWORK_QUEUE, {"meeting": query}).context["object_list"]
        assert list(rows) == [found]


def test_a_meeting_is_one_in_all_languages(nina, centre):
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network)
    english = make.NetworkMeetingPageFactory(
        parent=centre.en.network,
        locale=centre.en.home.locale,
        translation_key=meeting.translation_key,
    )
    make.NetworkApplicationFactory(meeting=meeting)
    make.NetworkApplicationFactory(meeting=english)
    assert len(nina.get(NETWORK_QUEUE, {"meeting": meeting.pk}).context["object_list"]) == 2
    rows = nina.get("/admin/network/meetings/").context["object_list"]
    assert [row.people_signed_up for row in rows] == [2]


def test_nobody_waits_for_a_group_in_the_network(nina):
    urls = [view["url"] for view in nina.get(NETWORK_QUEUE).context["view"].quick_views]
    assert f"{NETWORK_QUEUE}?status=open" in urls
    assert f"{NETWORK_QUEUE}?status=waiting" not in urls


def test_the_page_shows_the_people_and_the_network_s_own_statuses(nina):
    application = make.NetworkApplicationFactory(
        people=2, cooperation=["after_courses"], contacted=True
    )
    page = content(nina.get(page_of(application)))
    assert "Igangsetter 0" in page and "Igangsetter 1" in page
    assert "Groups after courses" in page
    assert 'value="conversation"' in page and 'value="waiting"' not in page
    assert act(nina, application, "step", status=Status.WAITING).status_code == 409


def test_the_export_holds_the_people(nina):
    application = make.NetworkApplicationFactory(people=1, organisation="-NAV")
    Nominee.objects.create(application=application, name="Mona", role="Leder", email="m@x.no")
    text = content(nina.get(f"{NETWORK_QUEUE}?export=csv")).removeprefix("\ufeff")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    values = list(row.values())
    assert "Igangsetter 0\nMona, Leder, m@x.no" in values and "'-NAV" in values


def test_a_meeting_somebody_signed_up_for_is_not_deleted(centre):
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network)
    make.NetworkApplicationFactory(meeting=meeting)
    logged_in(roles.EDITOR).post(f"/admin/pages/{meeting.pk}/delete/")
    assert type(meeting).objects.filter(pk=meeting.pk).exists()


def test_staff_see_which_partner_it_is(nina):
    partner = make.OrganisationFactory(name="Fjordby frisklivssentral")
    application = make.NetworkApplicationFactory(organisation="frisklivs", partner=partner)
    page = content(nina.get(page_of(application)))
    url = f"/admin/snippets/network/organisation/edit/{partner.pk}/"
    assert f'<a href="{url}">Fjordby frisklivssentral</a>' in page
    text = content(nina.get(f"{NETWORK_QUEUE}?export=csv")).removeprefix("\ufeff")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["Partner organisation"] == "Fjordby frisklivssentral"
    assert row["Passed the robot check"] == "No"


def test_a_partner_one_may_not_change_is_not_a_link(db):
    application = make.NetworkApplicationFactory(partner=make.OrganisationFactory(name="NAV"))
    page = soup(logged_in(roles.PRIVACY_OFFICER).get(page_of(application)))
    (partner,) = [fact for fact in page.select("dd") if fact.text.strip() == "NAV"]
    assert partner.a is None
