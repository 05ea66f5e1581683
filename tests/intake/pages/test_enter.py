"""Staff enter what came by phone, and what a professional asks for on behalf of somebody."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from groups.models import AgeBand, GroupApplication
from home import roles
from linksite.intake.statuses import Status
from network.models import NetworkApplication
from tests import factories as make
from tests.html import links, soup
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, content, logged_in, page_of

QUEUES = {GROUP_QUEUE: GroupApplication, NETWORK_QUEUE: NetworkApplication}
MAY = {
    GROUP_QUEUE: [roles.GROUP_COORDINATOR],
    NETWORK_QUEUE: [roles.NETWORK_COORDINATOR],
}


@pytest.fixture
def kari(centre):
    return logged_in(roles.GROUP_COORDINATOR)


def told(client, **data):
    """Return what is sent when somebody is entered who left a phone number."""
    return {
        "name": "Åse",
        "phone": "41 23 45 67",
        "language": "nb",
        "consent_heard_by": client.user.pk,
        "consented_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "consent_text": "Fikk det lest opp og sa ja.",
        "token": "one opening of the form",
        **data,
    }


def enter(client, queue=GROUP_QUEUE, **data):
    return client.post(f"{queue}new/", told(client, **data))


def test_a_call_becomes_an_application(kari, mailoutbox):
    response = enter(kari, message="Vil snakke med noen.")
    application = GroupApplication.objects.get()
    assert response.url == page_of(application)
    assert (application.name, application.status) == ("Åse", Status.NEW)
    assert application.phone.as_e164 == "+4741234567"
    assert application.consent_heard_by == kari.user
    assert not application.mails.exists()
    page = content(kari.get(response.url))
    assert "Given orally" in page and kari.user.get_full_name() in page
    assert "robot check" not in page


def test_it_leads_back_to_the_list_it_came_from(kari):
    listed = f"{GROUP_QUEUE}?status=waiting"
    new = f"{GROUP_QUEUE}new/?status=waiting"
    assert new in links(kari.get(f"{listed}&q=hemmelig"))
    assert listed in links(kari.get(new))
    response = kari.post(new, told(kari))
    application = GroupApplication.objects.get()
    assert response.url == f"{page_of(application)}?status=waiting"
    assert f"{GROUP_QUEUE}new/" in links(kari.get(GROUP_QUEUE))


def test_who_left_an_address_gets_a_receipt_and_nobody_else_is_told(kari, centre):
    centre.settings.notify_groups = "post@link.example"
    centre.settings.save()
    enter(kari, email="ase@example.org", language="en")
    [mail] = GroupApplication.objects.get().mails.all()
    assert (mail.kind, mail.to) == ("receipt", "ase@example.org")


def test_what_they_ask_for_is_kept(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, full=True)
    topic, area = make.TopicFactory(), make.AreaFactory()
    enter(
        kari,
        offer=offer.pk,
        topics=[topic.pk],
        area=area.pk,
        age_band=AgeBand.FROM_35,
        availability=["mon", "tue"],
    )
    application = GroupApplication.objects.get()
    assert application.offer == offer and application.on_waiting_list
    assert list(application.topics.all()) == [topic] and application.area == area
    assert application.availability == ["mon", "tue"]


@pytest.mark.parametrize(("minimum", "youngest"), [(13, "13–15"), (18, "18–24")])
def test_nobody_is_entered_who_is_younger_than_the_centre_takes(kari, centre, minimum, youngest):
    centre.settings.minimum_age = minimum
    centre.settings.save()
    page = soup(kari.get(f"{GROUP_QUEUE}new/"))
    ages = [option.text for option in page.select("[name=age_band] option")]
    assert ages[1] == youngest and f"aged {minimum} and over" in page.text
    assert enter(kari, age_band=AgeBand.UNDER_13).status_code == 422
    assert not GroupApplication.objects.exists()


def test_an_offer_in_several_languages_is_offered_once(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, title="Tirsdager")
    copy = offer.copy_for_translation(centre.nn.home.locale, copy_parents=True, alias=False)
    copy.title = "Tysdagar"
    copy.save_revision().publish()
    page = soup(kari.get(f"{GROUP_QUEUE}new/"))
    offers = [option.text for option in page.select("[name=offer] option")]
    assert offers == ["Any group", "Tirsdager"]


def test_what_is_wrong_has_the_focus(kari):
    page = BeautifulSoup(enter(kari, name="", phone="").content, "html.parser")
    assert page.select_one("form [autofocus]")["name"] == "name"


def test_the_network_asks_for_the_organisation(centre):
    client = logged_in(roles.NETWORK_COORDINATOR)
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network)
    partner = make.OrganisationFactory()
    enter(
        client,
        NETWORK_QUEUE,
        organisation="Frivilligsentralen",
        organisation_number="123 456 785",
        partner=partner.pk,
        meeting=meeting.pk,
    )
    application = NetworkApplication.objects.get()
    assert (application.organisation_number, application.partner) == ("123456785", partner)
    assert application.meeting == meeting


def test_a_meeting_in_several_languages_is_offered_once(centre):
    client = logged_in(roles.NETWORK_COORDINATOR)
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network, title="Samling")
    copy = meeting.copy_for_translation(centre.nn.home.locale, copy_parents=True, alias=False)
    copy.title = "Samling på nynorsk"
    copy.save_revision().publish()
    make.NetworkMeetingPageFactory(parent=centre.nb.network, over=True)
    page = soup(client.get(f"{NETWORK_QUEUE}new/"))
    meetings = [option.text for option in page.select("[name=meeting] option")]
    assert meetings == ["None", "Samling"]


def people(*names):
    return {f"people-{number}-name": name for number, name in enumerate(names)}


def test_the_others_who_are_signed_up_along_are_kept(centre):
    client = logged_in(roles.NETWORK_COORDINATOR)
    sent = {**people("Ola", "", "Per"), "people-2-phone": "98 76 54 32", "people-2-role": "leder"}
    assert enter(client, NETWORK_QUEUE, **sent).status_code == 302
    application = NetworkApplication.objects.get()
    ola, per = application.people.all()
    assert (ola.name, ola.phone, per.name, per.role) == ("Ola", "", "Per", "leder")
    assert per.phone.as_e164 == "+4798765432"
    page = content(client.get(page_of(application)))
    assert "Ola" in page and "Per" in page


def test_rows_for_more_people_come_without_complaint_and_lose_nothing(centre):
    client = logged_in(roles.NETWORK_COORDINATOR)
    assert client.get(f"{NETWORK_QUEUE}new/").context["form"].people[4:]
    response = enter(client, NETWORK_QUEUE, name="", more_rows="1", **people("Ola"))
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("[name=people-0-name]")["value"] == "Ola"
    assert page.select_one("[name=people-9-name]")
    assert len(page.select("[name^=people-][name$=-name]")) == 10
    assert not page.select(".help-critical, .w-field__errors .error-message")
    assert not NetworkApplication.objects.exists()
    last = {"people-9-name": "Tiende"}
    assert enter(client, NETWORK_QUEUE, **last).status_code == 302
    assert [one.name for one in NetworkApplication.objects.get().people.all()] == ["Tiende"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"people-0-role": "leder"},
        {"people-0-name": "x" * 201},
        {"people-0-name": "\0\u200b", "people-0-role": "leder"},
        {"people-0-name": "Ola", "people-0-email": "ola"},
        {"people-0-name": "Ola", "people-0-phone": "12"},
    ],
)
def test_a_person_who_cannot_be_is_refused(centre, wrong):
    client = logged_in(roles.NETWORK_COORDINATOR)
    response = enter(client, NETWORK_QUEUE, **wrong)
    assert response.status_code == 422 and "missing or wrong" in content(response)
    assert not NetworkApplication.objects.exists()


@pytest.mark.parametrize("row", ["", "x", "-1", "9" * 500, "999999"])
def test_a_row_number_out_of_all_proportion_does_no_harm(centre, row):
    client = logged_in(roles.NETWORK_COORDINATOR)
    response = enter(client, NETWORK_QUEUE, more_rows="1", **{f"people-{row}-name": "Ola"})
    assert 5 <= len(response.context["form"].people) <= 50


def test_the_group_queue_asks_for_nobody_else(kari):
    assert "people-0-name" not in content(kari.get(f"{GROUP_QUEUE}new/"))


def test_a_professional_signs_up_only_who_asked_for_it(kari):
    refused = enter(kari, helper="Lege Fjell, legesenteret")
    assert refused.status_code == 422 and "Lege Fjell" in content(refused)
    enter(kari, helper="Lege Fjell, legesenteret", asked_for_it="on")
    application = GroupApplication.objects.get()
    assert application.helper == "Lege Fjell, legesenteret"
    assert "Lege Fjell" in content(kari.get(page_of(application)))


def test_sent_twice_it_is_one_and_both_lead_to_it(kari):
    first, again = enter(kari, email="ase@example.org"), enter(kari, email="ase@example.org")
    application = GroupApplication.objects.get()
    assert first.url == again.url == page_of(application)
    assert application.mails.count() == 1


def test_the_next_person_on_the_same_form_is_another_one(kari):
    enter(kari)
    enter(kari, name="Ola", phone="98 76 54 32")
    assert GroupApplication.objects.count() == 2


def test_somebody_who_is_there_already_is_pointed_out(kari):
    earlier = make.GroupApplicationFactory(phone="+4741234567")
    page = content(kari.get(enter(kari).url))
    assert "is in another application" in page and earlier.reference in page


def test_the_form_comes_with_who_heard_it_and_when(kari):
    form = kari.get(f"{GROUP_QUEUE}new/").context["form"]
    assert form["consent_heard_by"].value() == kari.user.pk
    assert timezone.now() - form.initial["consented_at"] < timedelta(minutes=2)
    assert form["consent_text"].value() and form["token"].value()
    names = [name for _pk, name in form.fields["consent_heard_by"].choices]
    assert names == [kari.user.get_full_name()]


def test_the_list_leads_to_the_form(kari):
    assert f'href="{GROUP_QUEUE}new/"' in content(kari.get(GROUP_QUEUE))
    look = logged_in(roles.PRIVACY_OFFICER)
    assert f'href="{GROUP_QUEUE}new/"' not in content(look.get(GROUP_QUEUE))


TOMORROW = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "", "email": ""},
        {"phone": "12"},
        {"email": "ase"},
        {"contact_by": "email"},
        {"phone": "", "email": "a@example.org", "contact_by": "phone"},
        {"name": ""},
        {"name": "\0"},
        {"name": "x" * 201},
        {"message": "x" * 10_000_000},
        {"language": "tlh"},
        {"consent_text": ""},
        {"consent_heard_by": ""},
        {"consent_heard_by": "999999"},
        {"consented_at": ""},
        {"consented_at": TOMORROW},
        {"consented_at": "i går"},
        {"offer": "999999"},
        {"topics": ["x"]},
        {"availability": ["never"]},
        {"token": ""},
        {"token": "x" * 65},
    ],
    ids=lambda wrong: ",".join(f"{name}={str(value)[:12]!r}" for name, value in wrong.items()),
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(kari, wrong):
    response = enter(
        kari, **{"heard_from": "friend", "helper": "Lege", "asked_for_it": "on", **wrong}
    )
    assert response.status_code == 422
    assert 'value="Lege"' in content(response)
    assert not GroupApplication.objects.exists()


def test_only_who_works_the_queue_can_have_heard_the_consent(kari):
    stranger = make.UserFactory(role=roles.NETWORK_COORDINATOR)
    assert enter(kari, consent_heard_by=stranger.pk).status_code == 422


@pytest.mark.parametrize("queue", QUEUES)
@pytest.mark.parametrize("role", [*roles.ROLES, ""])
def test_who_may_enter(centre, role, queue):
    client = logged_in(role)
    assert (client.get(f"{queue}new/").status_code == 200) == (role in MAY[queue])
    enter(client, queue)
    assert QUEUES[queue].objects.exists() == (role in MAY[queue])


def test_contact_details_are_put_right_and_the_log_names_fields_only(kari):
    application = make.GroupApplicationFactory(name="Ose", email="ose@example.org")
    details = {"name": "Åse", "email": "ase@example.org", "phone": "41234567", "language": "nb"}
    url = f"{GROUP_QUEUE}correct/{application.pk}/"
    assert "Ose" in content(kari.get(url))
    assert kari.post(url, {**details, "version": 1}).status_code == 302
    application.refresh_from_db()
    assert (application.name, application.email) == ("Åse", "ase@example.org")
    page = content(kari.get(page_of(application)))
    assert "Corrected: name, or what to call them, email" in page
    assert "ose@example.org" not in page


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "\0"}, {"email": "ase"}, {"phone": "", "email": ""}]
)
def test_contact_details_that_reach_nobody_are_refused(kari, wrong):
    application = make.GroupApplicationFactory(name="Ose")
    details = {"name": "Åse", "email": "a@example.org", "phone": "", "language": "nb", "version": 1}
    response = kari.post(f"{GROUP_QUEUE}correct/{application.pk}/", {**details, **wrong})
    assert response.status_code == 422
    application.refresh_from_db()
    assert application.name == "Ose"


def test_two_who_correct_at_once_do_not_overwrite_each_other(kari):
    application = make.GroupApplicationFactory(name="Ose")
    details = {"email": "a@example.org", "phone": "", "language": "nb", "version": 1}
    url = f"{GROUP_QUEUE}correct/{application.pk}/"
    kari.post(url, {**details, "name": "Åse"})
    response = logged_in(roles.GROUP_COORDINATOR).post(url, {**details, "name": "Aase"})
    assert response.status_code == 409 and 'value="Aase"' in content(response)
    application.refresh_from_db()
    assert application.name == "Åse"


@pytest.mark.parametrize("role", [*roles.ROLES, ""])
def test_who_may_correct(centre, role):
    application = make.GroupApplicationFactory(name="Hemmelig")
    url = f"{GROUP_QUEUE}correct/{application.pk}/"
    client, may = logged_in(role), role == roles.GROUP_COORDINATOR
    assert ("Hemmelig" in content(client.get(url, follow=True))) == may
    details = {"name": "Åse", "email": "a@example.org", "language": "nb", "version": 1}
    client.post(url, details)
    application.refresh_from_db()
    assert (application.name == "Åse") == may
