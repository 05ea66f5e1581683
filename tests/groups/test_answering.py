"""The page where people answer about their place: by the link in a mail, without an account."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from groups import actions, keeping_apart, links
from groups.models import GroupApplication, PlacementStatus, SelfHelpGroup
from linksite.intake.retention import erase
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.html import soup

TELLING = ["gruppe", "group", "samtale", "Torsdager 7", "Sorg og savn", "selvhjelp", "self-help"]


@pytest.fixture
def user(centre):
    return make.UserFactory(is_superuser=True)


@pytest.fixture
def people(centre):
    """Three who wait and write in English, whose words stand in the templates."""
    return [make.GroupApplicationFactory(waiting=True, language="en") for _ in range(3)]


def form(people, user, **fields):
    facts = {"most": 2, "least": 2, "venue": "Storgata 1", "meets": "Thursdays from 18 to 20"}
    site = people[0].site
    group = SelfHelpGroup(site=site, name="Torsdager 7", **{**facts, **fields})
    return actions.form(group, people, user=user)


@pytest.fixture
def group(people, user):
    """A group of two, in which the first two have been asked and the third waits for a place."""
    return form(people, user)


class Person:
    """Somebody with a phone and a mailbox."""

    def __init__(self, client, group, application):
        self.client = client
        self.group = group
        self.application = application

    @property
    def placement(self):
        return self.group.placements.get(application=self.application)

    @property
    def link(self):
        """The address in the newest mail."""
        mail = self.application.mails.order_by("pk").last()
        [link] = [line for line in mail.body.splitlines() if "/svar/" in line]
        return link.removeprefix("http://localhost")

    def open(self, link=None):
        return self.client.get(link or links.answer_path(self.placement, "en"))

    def say(self, answer, link=None):
        """Press a button of the page, and follow to where it leads."""
        link = link or links.answer_path(self.placement, "en")
        return self.client.post(link, {"answer": answer}, follow=True)


@pytest.fixture
def first(client, group, people):
    return Person(client, group, people[0])


@pytest.fixture
def second(client, group, people):
    return Person(client, group, people[1])


def heading(response):
    return soup(response).h1.text.strip()


def buttons(response):
    return [button["value"] for button in soup(response).select("main form button")]


def text(response):
    return " ".join(soup(response).main.text.split())


def start_up(group, user, days=10):
    group.refresh_from_db()
    at = timezone.now() + timedelta(days=days)
    return actions.propose_start_up(group, at, user=user, version=group.version)


def late():
    return time_machine.travel(timezone.now() + timedelta(days=6))


def test_the_mail_leads_to_a_page_that_says_where_and_when_and_until_when(first):
    response = first.open(first.link)
    assert heading(response) == "We have a suggestion for you"
    assert buttons(response) == ["yes", "no"]
    for fact in ["Storgata 1", "Thursdays from 18 to 20", "In a room"]:
        assert fact in text(response)
    assert "held for you until" in text(response)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_mail_and_what_stands_on_top_of_the_page_say_nothing_of_what_it_is(
    client, people, user, language
):
    people[0].language = language
    people[0].save()
    topic = make.TopicFactory(name="Sorg og savn")
    person = Person(client, form(people[:1], user, topic=topic), people[0])
    mail = person.application.mails.get(kind="place")
    page = soup(person.open(person.link))
    assert person.link.startswith(f"/{language}/svar/")
    for said in [mail.subject, mail.body, page.title.text, page.h1.text, person.link]:
        assert not [word for word in TELLING if word.lower() in said.lower()]
    assert not [word for word in ["Torsdager 7", "Sorg og savn"] if word in page.text]


def test_nothing_of_it_is_kept_anywhere(first):
    for response in [first.open(), first.client.post(first.link, {"answer": "yes"})]:
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_scanner_that_opens_the_link_changes_nothing(first, method):
    before = first.placement.turn
    getattr(first.client, method)(first.link)
    assert first.placement.status == PlacementStatus.PROPOSED
    assert first.placement.turn == before


def test_yes(first):
    response = first.say("yes", first.link)
    assert response.redirect_chain[0][1] == 303
    assert heading(response) == "Thank you for saying yes"
    assert first.placement.status == PlacementStatus.ACCEPTED
    first.application.refresh_from_db()
    assert first.application.status == Status.PLACED
    assert heading(first.open(first.link)) == "Thank you for saying yes"


def test_no_asks_whether_to_wait_for_another_one(first):
    response = first.say("no")
    assert first.placement.status == PlacementStatus.DECLINED
    assert buttons(response) == ["keep", "no"]
    response = first.say("keep")
    assert "You stand on our list" in text(response)
    assert buttons(response) == ["no"]
    first.application.refresh_from_db()
    assert first.application.status == Status.WAITING


def test_who_does_not_want_to_wait_is_let_go(first):
    first.say("no")
    response = first.say("no")
    assert heading(response) == "You are off the list"
    first.application.refresh_from_db()
    assert first.application.closing_reason == ClosingReason.WITHDREW
    assert not buttons(response)


def test_a_yes_can_be_taken_back(first, people):
    first.say("yes")
    first.say("no")
    assert first.placement.status == PlacementStatus.DECLINED
    next_one = first.group.placements.get(application=people[2])
    assert next_one.status == PlacementStatus.PROPOSED


def test_who_answers_late_but_before_anybody_else_was_asked_still_has_the_place(first):
    with late():
        assert "held for you until" not in text(first.open())
        assert heading(first.say("yes")) == "Thank you for saying yes"


def test_who_answers_after_it_ran_out_gets_the_place_if_it_is_free(client, people, user):
    first = Person(client, form(people[:1], user), people[0])
    with late():
        actions.expire_lapsed()
        assert heading(first.open(first.link)) == "Would you still like the place?"
        assert heading(first.say("yes", first.link)) == "Thank you for saying yes"


def test_who_answers_after_the_last_place_has_gone_comes_on_the_waiting_list_and_is_told(
    client, people, user
):
    first = Person(client, form(people, user, most=1, least=1), people[0])
    with late():
        actions.expire_lapsed()
        response = first.say("yes", first.link)
        assert heading(response) == "You are on the waiting list"
        assert first.application.mails.filter(kind="place_gone").exists()
        assert heading(first.open(first.link)) == "You are on the waiting list"
        assert heading(first.say("no")) == "We have noted your no"
    assert first.placement.status == PlacementStatus.DECLINED


def test_nobody_learns_whom_they_are_kept_apart_from(client, people, user):
    first = Person(client, form(people[:1], user), people[0])
    with late():
        actions.expire_lapsed()
        keeping_apart.keep_apart(people[0], people[1])
        actions.propose(first.group, people[1], user=user)
        response = client.post(first.link, {"answer": "yes"})
    assert response.status_code == 409
    assert "apart" not in response.content.decode()
    assert "22 00 00 00" in response.content.decode()


def test_the_start_up_time_and_then_the_appointment(first, second, user):
    for person in (first, second):
        person.say("yes")
    group = start_up(first.group, user)
    response = first.open(first.link)
    assert heading(response) == "Does this time suit you?"
    assert heading(first.say("yes")) == "Thank you, we have noted your yes"
    assert heading(second.say("yes")) == "The time is set"
    assert heading(first.open(first.link)) == "The time is set"
    link = soup(first.open()).select_one("a[href$='.ics']")["href"]
    response = first.client.get(link)
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["dtstart"].dt == group.start_up_at.replace(microsecond=0)
    assert event["location"] == "Storgata 1"
    assert event["summary"] == "Appointment"
    assert response["Cache-Control"] == "no-store"
    assert first.client.post(link).status_code == 405


def test_no_to_the_time_gives_the_place_to_the_next(first, people, user):
    first.say("yes")
    start_up(first.group, user)
    assert heading(first.say("no")) == "We have noted your no"
    assert first.group.placements.get(application=people[2]).status == PlacementStatus.PROPOSED


def test_nobody_is_asked_about_a_time_that_has_been(first, user):
    first.say("yes")
    start_up(first.group, user, days=1)
    with late():
        assert heading(first.open()) == "Thank you for saying yes"


def gone(response):
    return response.status_code == 410 and "22 00 00 00" in response.content.decode()


def test_there_is_no_appointment_before_the_time_is_set(first):
    link = links.answer_path(first.placement, "en") + "avtale.ics"
    assert gone(first.client.get(link))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["x", "å", "AAAA", "-", "_" * 3000, "YTpiOmM", "%00"])
def test_a_link_that_is_not_ours_gets_a_friendly_page(client, centre, method, token):
    response = getattr(client, method)(f"/en/svar/{token}/", {"answer": "yes"})
    assert gone(response)
    assert response["Cache-Control"] == "no-store"


def test_a_link_for_something_else_opens_nothing(client, first):
    from linksite.intake.links import sign

    assert gone(client.get(f"/en/svar/{sign('other', first.placement.pk, 1)}/"))


def test_a_newer_link_spends_the_older_one(first, user):
    old = first.link
    with late():
        actions.expire_lapsed()
        assert gone(first.open(old))
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=1)):
        assert gone(first.client.post(old, {"answer": "yes"}))
    assert first.placement.status == PlacementStatus.EXPIRED


def test_a_spent_link_answers_nothing_any_more(first):
    old = first.link
    first.say("yes", old)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert gone(first.client.post(old, {"answer": "no"}))
    assert gone(first.open(old))
    assert first.placement.status == PlacementStatus.ACCEPTED


def test_a_link_is_too_old_after_three_months(first):
    link = first.link
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert gone(first.open(link))
        assert gone(first.client.post(link, {"answer": "yes"}))


@pytest.mark.parametrize("again", ["yes", "no"])
def test_who_presses_twice_or_in_two_windows_is_shown_what_came_of_it(first, again):
    old = first.link
    first.say("yes", old)
    response = first.say(again, old)
    assert heading(response) == "Thank you for saying yes"
    assert first.placement.status == PlacementStatus.ACCEPTED
    assert first.application.mails.filter(kind="place_confirmed").count() == 1


@pytest.mark.parametrize("answer", ["", "keep", "release", "expire", "\0", "yes" * 1000])
def test_what_the_page_does_not_offer_changes_nothing(first, answer):
    first.client.post(first.link, {"answer": answer})
    assert first.placement.status == PlacementStatus.PROPOSED


def test_a_deleted_application_has_no_page(first, people):
    link = first.link
    erase(first.application)
    assert gone(first.client.get(link))
    assert gone(first.client.post(link, {"answer": "yes"}))
    first.group.refresh_from_db()
    assert first.group.places_taken == 2
    assert first.group.placements.get(application=people[2]).status == PlacementStatus.PROPOSED


@pytest.mark.parametrize("verb", ["release", "start"])
def test_who_was_called_off_or_sits_in_the_group_has_no_page(first, second, user, verb):
    for person in (first, second):
        person.say("yes")
    start_up(first.group, user)
    for person in (first, second):
        person.say("yes")
    link = first.link
    if verb == "release":
        actions.release(first.placement, user=user)
    else:
        first.group.refresh_from_db()
        group = first.group
        actions.start(group, group.placements.all()[:2], user=user, version=group.version)
    assert gone(first.open(link))
    assert gone(first.open())


def test_who_has_a_place_in_another_group_by_now_has_no_old_page(first, user):
    first.say("no")
    other = make.SelfHelpGroupFactory()
    actions.propose(other, GroupApplication.objects.get(pk=first.application.pk), user=user)
    assert gone(first.open())


def test_a_form_is_taken_from_a_browser_that_keeps_no_cookie_and_hides_where_it_was(first):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert strict.post(first.link, {"answer": "yes"}).status_code == 303


def test_the_page_can_be_read_in_every_language_of_the_centre(first):
    page = soup(first.open())
    found = {a["hreflang"]: a["href"] for a in page.select(".languages a")}
    assert found == {code: links.answer_path(first.placement, code) for code in ("nb", "nn", "en")}
    for link in found.values():
        assert first.client.get(link).status_code == 200


def test_budgets(first, django_assert_max_num_queries):
    first.open()
    with django_assert_max_num_queries(10):
        first.open()
    link = first.link
    with django_assert_max_num_queries(45):
        first.client.post(link, {"answer": "yes"})


def test_without_a_site_tree_it_still_answers(first, centre):
    link = first.link
    centre.settings.delete()
    assert first.client.get(link).status_code == 200
