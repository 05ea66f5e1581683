"""The page where people answer about their place: by the link in a mail, without an account."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode
from icalendar import Calendar

from groups import eligibility, links
from groups.actions import lifecycle, places, preparation, proposals
from groups.models import GroupApplication, PlacementStatus, SelfHelpGroup
from linksite.intake.actions import correct
from linksite.intake.links import sign
from linksite.intake.retention import erase
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.html import soup

#: What the first page sends for a yes.
ANSWER = {"answer": "yes", "turn": 1}
TELLING = ["gruppe", "group", "samtale", "Torsdager 7", "Sorg og savn", "selvhjelp", "self-help"]


@pytest.fixture
def user(centre):
    return make.UserFactory(is_superuser=True)


@pytest.fixture
def people(centre):
    """Three who wait and write in English, because the tests read English templates."""
    return [make.GroupApplicationFactory(waiting=True, language="en") for _ in range(3)]


def form(people, user, **fields):
    facts = {"most": 2, "least": 2, "venue": "Storgata 1", "meets": "Thursdays from 18 to 20"}
    site = people[0].site
    group = SelfHelpGroup(site=site, name="Torsdager 7", **{**facts, **fields})
    return lifecycle.form(group, people, user=user)


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
        """Press a button of the page, and follow the redirect."""
        return self.press(answer, self.placement.turn, link)

    def press(self, answer, turn, link=None):
        """Press a button of the page as it was at `turn`."""
        link = link or links.answer_path(self.placement, "en")
        return self.client.post(link, {"answer": answer, "turn": turn}, follow=True)

    def refresh(self):
        self.application.refresh_from_db()
        return self.application


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
    return preparation.propose_start_up(group, at, user=user, version=group.version)


def late():
    return time_machine.travel(timezone.now() + timedelta(days=6))


def test_the_mail_leads_to_a_page_that_says_where_and_when_and_until_when(first):
    response = first.open(first.link)
    assert heading(response) == "We have a suggestion for you"
    assert buttons(response) == ["yes", "no"]
    for fact in ["Storgata 1", "Thursdays from 18 to 20", "In person"]:
        assert fact in text(response)
    assert "holding it for you until" in text(response)


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


@pytest.mark.parametrize("rest", ["", "avtale.ics"])
def test_nor_is_anything_of_a_request_that_cannot_be_answered(first, rest):
    strange = {"data": b"x", "content_type": "multipart/form-data"}
    responses = [
        first.client.put(first.link + rest),
        first.client.post(first.link + rest, **strange),
    ]
    assert {response.status_code for response in responses} <= {400, 405}
    for response in responses:
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"


def test_nothing_of_it_is_kept_anywhere(first):
    for response in [first.open(), first.client.post(first.link, ANSWER)]:
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
    assert buttons(response) == ["keep"]
    response = first.say("keep")
    assert "You are on our list" in text(response)
    assert not buttons(response)
    assert first.refresh().status == Status.WAITING


def test_who_does_not_want_to_wait_is_asked_once_more_and_let_go(first):
    response = first.say("no")
    link = soup(response).find("a", string=re.compile("take me off the list"))
    asked = first.open(urljoin(response.request["PATH_INFO"], link["href"]))
    assert heading(asked) == "Should we take you off the list?"
    assert buttons(asked) == ["no"]
    assert first.refresh().status == Status.WAITING
    response = first.say("no")
    assert heading(response) == "You are no longer on the list"
    assert "we will put you back on the list" in text(response)
    assert first.refresh().closing_reason == ClosingReason.WITHDREW
    assert not buttons(response)


def test_who_has_left_the_list_gets_a_mail_that_says_how_to_come_back(first):
    first.say("no")
    first.say("no")
    mail = first.application.mails.get(kind="off_list")
    assert "22 00 00 00" in mail.body and "we will put you back on the list" in mail.body
    assert not [word for word in TELLING if word.lower() in (mail.subject + mail.body).lower()]


def test_no_two_buttons_that_follow_each_other_say_the_same(first):
    labels = [
        {button.text.strip() for button in soup(page).select("main .ds-button")}
        for page in (first.open(), first.say("no"), first.open(first.link + "?sure"))
    ]
    assert all(labels)
    assert len(set.union(*labels)) == sum(len(found) for found in labels)


@pytest.mark.parametrize("said", [["yes"], ["yes", "asked", "yes"]])
def test_giving_something_back_asks_once_more_and_changes_nothing_by_itself(first, user, said):
    for answer in said:
        start_up(first.group, user) if answer == "asked" else first.say(answer)
    before = first.placement
    assert not buttons(first.open())
    asked = first.open(first.link + "?sure")
    assert heading(asked) == "Do you want to give up your place?"
    assert buttons(asked) == ["no"]
    assert "No, keep my place" in text(asked)
    assert (first.placement.status, first.placement.turn) == (before.status, before.turn)


def test_a_yes_can_be_taken_back(first, people):
    first.say("yes")
    first.say("no")
    assert first.placement.status == PlacementStatus.DECLINED
    next_one = first.group.placements.get(application=people[2])
    assert next_one.status == PlacementStatus.PROPOSED


def test_who_answers_late_but_before_anybody_else_was_asked_still_has_the_place(first):
    with late():
        assert "holding it for you until" not in text(first.open())
        assert heading(first.say("yes")) == "Thank you for saying yes"


def test_who_answers_after_it_ran_out_gets_the_place_if_it_is_free(
    client, people, user, mail_leaves
):
    first = Person(client, form(people[:1], user), people[0])
    with late():
        places.expire_lapsed()
        assert heading(first.open(first.link)) == "Would you still like the place?"
        assert heading(first.say("yes", first.link)) == "Thank you for saying yes"


def test_who_answers_after_the_last_place_has_gone_comes_on_the_waiting_list_and_is_told(
    client, people, user, mail_leaves
):
    first = Person(client, form(people, user, most=1, least=1), people[0])
    with late():
        places.expire_lapsed()
        response = first.say("yes", first.link)
        assert heading(response) == "You are on the waiting list"
        assert first.application.mails.filter(kind="place_gone").exists()
        assert heading(first.open(first.link)) == "You are on the waiting list"
        assert heading(first.say("no")) == "We have noted that you said no"
    assert first.placement.status == PlacementStatus.DECLINED


def test_nobody_learns_whom_they_are_kept_apart_from(client, people, user, mail_leaves):
    first = Person(client, form(people[:1], user), people[0])
    with late():
        places.expire_lapsed()
        eligibility.keep_apart(people[0], people[1])
        proposals.propose(first.group, people[1], user=user)
        response = client.post(first.link, {"answer": "yes", "turn": first.placement.turn})
    assert response.status_code == 409
    assert "apart" not in response.content.decode()
    assert "22 00 00 00" in response.content.decode()


def test_the_start_up_time_and_then_the_appointment(first, second, user):
    for person in (first, second):
        person.say("yes")
    group = start_up(first.group, user)
    response = first.open(first.link)
    assert heading(response) == "Does this time suit you?"
    assert heading(first.say("yes")) == "Thank you. We have noted that you said yes"
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
    assert heading(first.say("no")) == "We have noted that you said no"
    assert first.group.placements.get(application=people[2]).status == PlacementStatus.PROPOSED


@pytest.fixture
def asked(first, user):
    """The first has the place, and is asked about a time."""
    first.say("yes")
    start_up(first.group, user)
    return first


def test_a_time_that_does_not_suit_costs_no_place(asked):
    page = asked.open(asked.link)
    assert buttons(page) == ["yes", "other"]
    assert soup(page).find("a", string=re.compile("Give up my place"))["href"] == "?sure"
    response = asked.say("other", asked.link)
    assert heading(response) == "You keep your place"
    assert asked.placement.status == PlacementStatus.ACCEPTED
    assert asked.placement.agrees is False
    assert asked.refresh().status == Status.PLACED
    assert asked.application.follow_up_on == timezone.localdate()


def test_whom_the_time_suits_after_all_says_so(asked):
    response = asked.say("other")
    assert buttons(response) == ["yes"]
    assert heading(asked.say("yes")) == "Thank you. We have noted that you said yes"
    assert asked.placement.agrees


def test_whom_the_time_does_not_suit_is_asked_about_the_next(asked, user):
    asked.say("other")
    start_up(asked.group, user, days=12)
    assert heading(asked.open(asked.link)) == "Does this time suit you?"


def test_the_place_is_given_up_only_after_asking_once_more(asked):
    sure = asked.open(asked.link + "?sure")
    assert heading(sure) == "Do you want to give up your place?"
    assert buttons(sure) == ["no"]
    asked.say("no")
    assert asked.placement.status == PlacementStatus.DECLINED


def test_who_missed_the_first_meeting_sees_that_the_place_is_theirs(asked, second, user):
    second.say("yes")
    for person in (asked, second):
        person.say("yes")
    group = asked.group
    group.refresh_from_db()
    with time_machine.travel(group.start_up_at + timedelta(hours=2)):
        lifecycle.start(group, [second.placement], user=user, version=group.version)
        assert heading(asked.open(asked.link)) == "The place is still yours"
        assert "goes to someone else" not in text(asked.open(asked.link + "?sure"))
        asked.say("no")
    assert asked.refresh().status == Status.WAITING
    assert asked.placement.status == PlacementStatus.DECLINED


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
    assert gone(client.get(f"/en/svar/{sign('other', first.placement.pk, 1)}/"))


def test_the_first_link_shows_how_things_stand_also_after_newer_mails(first, people, user):
    old = first.link
    first.say("yes", old)
    assert heading(first.open(old)) == "Thank you for saying yes"
    start_up(first.group, user)
    assert heading(first.open(old)) == "Does this time suit you?"


def test_who_has_declined_can_still_say_by_the_same_link_whether_to_wait(first):
    old = first.link
    first.say("no", old)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert buttons(first.open(old)) == ["keep"]


def test_who_said_yes_to_the_time_can_still_give_the_place_back_by_the_mail(first, user):
    first.say("yes")
    start_up(first.group, user)
    link = first.link
    first.say("yes", link)
    assert heading(first.open(link)) == "Thank you. We have noted that you said yes"
    first.say("no", link)
    assert first.placement.status == PlacementStatus.DECLINED


@pytest.mark.parametrize("minutes", [0, 5])
@pytest.mark.parametrize("turn", ["older", "", "x", "\0", "9" * 5000])
def test_an_answer_to_something_older_changes_nothing_and_shows_what_counts_now(
    first, minutes, turn
):
    link = first.link
    older = first.placement.turn if turn == "older" else turn
    first.say("yes", link)
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        response = first.press("no", older, link)
    assert heading(response) == "Thank you for saying yes"
    assert "This is how things stand now" in text(response)
    assert "This is how things stand now" not in text(first.open())
    assert first.placement.status == PlacementStatus.ACCEPTED


def test_the_first_page_answers_nothing_after_a_newer_question(first, user):
    """A yes to the place, from a window left open, is not a yes to the time."""
    turn = first.placement.turn
    first.say("yes")
    start_up(first.group, user)
    assert heading(first.press("yes", turn)) == "Does this time suit you?"
    assert first.placement.agrees is None


@pytest.mark.parametrize("email", ["right@example.org", ""])
def test_a_link_that_went_to_a_wrong_address_opens_nothing(first, user, email):
    wrong = first.link
    details = {"email": email, "phone": "+4741234567"}
    correct(first.refresh(), details, user=user, version=first.application.version)
    assert gone(first.client.get(wrong))
    assert gone(first.client.post(wrong, ANSWER))
    assert first.open().status_code == 200


def test_another_way_of_writing_the_address_keeps_the_link(first):
    link = first.link
    GroupApplication.objects.filter(pk=first.application.pk).update(
        email=first.application.email.upper()
    )
    assert first.open(link).status_code == 200


def test_a_new_secret_key_keeps_the_links_while_the_old_one_stands_by(first, settings):
    link = first.link
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert first.open(link).status_code == 200


def test_the_link_shows_no_address(first):
    payload = urlsafe_base64_decode(first.link.split("/")[-2])
    shown = urlsafe_base64_decode(payload.decode().split(":")[0])
    assert first.application.email.encode() not in shown


def test_saying_yes_brings_one_mail_that_does_not_ask_what_the_page_asks(client, people, user):
    at = timezone.now() + timedelta(days=10)
    first = Person(client, form(people[:1], user, start_up_at=at), people[0])
    assert heading(first.say("yes")) == "Does this time suit you?"
    kinds = list(first.application.mails.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["place", "place_confirmed"]
    assert heading(first.open(first.link)) == "Does this time suit you?"


def test_a_link_is_too_old_after_three_months(first):
    link = first.link
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert gone(first.open(link))
        assert gone(first.client.post(link, ANSWER))


@pytest.mark.parametrize("again", ["yes", "no"])
def test_who_presses_twice_or_in_two_windows_is_shown_what_came_of_it(first, again):
    turn = first.placement.turn
    first.say("yes")
    response = first.press(again, turn)
    assert heading(response) == "Thank you for saying yes"
    assert first.placement.status == PlacementStatus.ACCEPTED
    assert first.application.mails.filter(kind="place_confirmed").count() == 1


@pytest.mark.parametrize("answer", ["", "keep", "release", "expire", "\0", "yes" * 1000])
def test_what_the_page_does_not_offer_changes_nothing(first, answer):
    first.say(answer, first.link)
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
        places.release(first.placement, user=user)
    else:
        first.group.refresh_from_db()
        group = first.group
        with time_machine.travel(group.start_up_at + timedelta(hours=2)):
            lifecycle.start(group, group.placements.all()[:2], user=user, version=group.version)
    assert gone(first.open(link))
    assert gone(first.open())


def test_who_has_a_place_in_another_group_by_now_has_no_old_page(first, user):
    first.say("no")
    other = make.SelfHelpGroupFactory()
    proposals.propose(other, GroupApplication.objects.get(pk=first.application.pk), user=user)
    assert gone(first.open())


def test_a_form_is_taken_from_a_browser_that_keeps_no_cookie_and_hides_where_it_was(first):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert strict.post(first.link, ANSWER).status_code == 303


def test_the_page_can_be_read_in_every_language_of_the_centre(first):
    link = first.link
    page = soup(first.open(link))
    found = {a["hreflang"]: a["href"] for a in page.select(".languages a")}
    assert found == {code: link.replace("/en/", f"/{code}/") for code in ("nb", "nn", "en")}
    for one in found.values():
        assert first.client.get(one).status_code == 200


def test_budgets(first, django_assert_max_num_queries):
    first.open()
    with django_assert_max_num_queries(10):
        first.open()
    link = first.link
    with django_assert_max_num_queries(45):
        first.client.post(link, ANSWER)


def test_without_a_site_tree_it_still_answers(first, centre):
    link = first.link
    centre.settings.delete()
    assert first.client.get(link).status_code == 200
