"""Signing up, as it goes when nothing is in the way."""

import pytest

from groups.models import QUESTIONS, Availability, GroupApplication
from home.models import SignupPage
from linksite.intake.mail import outbox
from linksite.intake.models import ContactBy, HeardFrom
from network.models import Cooperation, NetworkApplication, OrganisationKind
from tests import factories as make
from tests.home.signup.visitor import LEAST, Visitor, fields, form_of, soup

GROUP_ONLY = {"offer", "topics", "area", "age_band", "availability", *QUESTIONS}
NETWORK_ONLY = {
    "meeting",
    "organisation",
    "organisation_number",
    "organisation_kind",
    "cooperation",
    *[f"people-{n}-{field}" for n in range(5) for field in ("name", "email", "phone", "role")],
}
EVERYBODY = {
    "interest",
    "name",
    "email",
    "phone",
    "contact_by",
    "leave_message",
    "language",
    "message",
    "heard_from",
    "consent",
}
#: Not asked of a person: the trap, the form's own token, the button for more rows.
MACHINERY = {"form_token", "remarks", "more_people"}


def names(response):
    controls = form_of(response).find_all(["input", "select", "textarea", "button"])
    return {control["name"] for control in controls if control.get("name")} - MACHINERY


def test_first_asks_what_somebody_would_like(visitor):
    response = visitor.open()
    ways = soup(response).find_all("button", attrs={"name": "interest"})
    assert [way["value"] for way in ways] == ["group", "network"]
    assert form_of(response) is None


def test_the_first_step_passes_on_what_the_address_fills_in(visitor):
    response = visitor.open(organisation="Frivilligsentralen", name="Åse")
    hidden = soup(response).find(class_="form-ways").find_all("input")
    assert [(field["name"], field["value"]) for field in hidden] == [
        ("organisation", "Frivilligsentralen")
    ]


def test_what_was_sent_without_saying_what_for_goes_along_to_the_question(visitor):
    response = visitor.client.post(visitor.page.url, {**LEAST, "interest": "nonsense"})
    hidden = form_of(response).find_all("input")
    assert {field["name"]: field["value"] for field in hidden} == LEAST


def test_who_names_only_an_offer_need_not_say_that_it_is_a_group(visitor, centre):
    make.GroupOfferPageFactory(parent=centre.nb.groups, slug="sorg")
    assert fields(visitor.open(offer="sorg"))["interest"] == ["group"]


def test_a_group_asks_only_what_a_group_needs(visitor):
    make.TopicFactory()
    assert names(visitor.open(interest="group")) == EVERYBODY | GROUP_ONLY


def test_the_network_asks_only_what_the_network_needs(visitor):
    assert names(visitor.open(interest="network")) == EVERYBODY | NETWORK_ONLY


def test_only_name_and_consent_are_required_fields(visitor):
    for interest in ("group", "network"):
        required = form_of(visitor.open(interest=interest)).find_all(required=True)
        assert {control["name"] for control in required} == {"name", "consent"}


def test_a_group_signup_lands_in_the_group_queue(visitor):
    assert visitor.sign_up("group").status_code == 303
    assert GroupApplication.objects.count() == 1
    assert NetworkApplication.objects.count() == 0


def test_a_network_signup_lands_in_the_network_queue(visitor):
    assert visitor.sign_up("network").status_code == 303
    assert GroupApplication.objects.count() == 0
    assert NetworkApplication.objects.count() == 1


def test_everything_about_a_group_signup_is_stored(visitor, centre):
    topics = [make.TopicFactory(), make.TopicFactory()]
    area = make.AreaFactory()
    visitor.sign_up(
        "group",
        email="ase@example.org",
        contact_by=ContactBy.TEXT,
        leave_message="on",
        language="en",
        message="  Helst i sentrum.\nTakk! ",
        heard_from=HeardFrom.COURSE,
        topics=[topic.slug for topic in topics],
        area=area.slug,
        age_band="35-44",
        availability=[Availability.MONDAY, Availability.WEEKEND],
    )
    application = GroupApplication.objects.get()
    application.full_clean()
    assert application.site == centre.site
    assert application.name == "Åse"
    assert application.email == "ase@example.org"
    assert application.phone.as_e164 == "+4791234567"
    assert application.contact_by == ContactBy.TEXT
    assert application.leave_message is True
    assert application.language == "en"
    assert application.message.splitlines() == ["Helst i sentrum.", "Takk!"]
    assert application.heard_from == HeardFrom.COURSE
    assert set(application.topics.all()) == set(topics)
    assert application.area == area
    assert application.age_band == "35-44"
    assert application.availability == [Availability.MONDAY, Availability.WEEKEND]
    assert application.offer is None and not application.on_waiting_list
    assert application.consent_text == centre.nb.signup.group_consent
    assert application.consented_at is not None
    assert application.verified is False


def test_everything_about_a_network_signup_is_stored(visitor, centre):
    partner = make.OrganisationFactory(number="123456785")
    visitor.sign_up(
        "network",
        organisation="Frisklivssentralen",
        organisation_number="NO 123 456 785 MVA",
        organisation_kind=OrganisationKind.HEALTHY_LIFE_CENTRE,
        cooperation=[Cooperation.GUIDANCE, Cooperation.INFORMATION],
        **{
            "people-0-name": "Ola",
            "people-1-name": "Kari",
            "people-1-email": "kari@example.org",
            "people-1-phone": "+46 8 123 456 78",
            "people-1-role": "igangsetter",
        },
    )
    application = NetworkApplication.objects.get()
    application.full_clean()
    assert application.organisation == "Frisklivssentralen"
    assert application.organisation_number == "123456785"
    assert application.organisation_kind == OrganisationKind.HEALTHY_LIFE_CENTRE
    assert application.cooperation == [Cooperation.GUIDANCE, Cooperation.INFORMATION]
    assert application.partner == partner
    assert application.meeting is None
    assert application.consent_text == centre.nb.signup.network_consent
    ola, kari = application.people.all()
    assert (ola.name, ola.email, ola.phone, ola.role) == ("Ola", "", "", "")
    assert (kari.name, kari.email, kari.role) == ("Kari", "kari@example.org", "igangsetter")
    assert kari.phone.as_e164 == "+46812345678"


def test_the_language_is_the_pages_until_somebody_chooses(client, centre):
    visitor = Visitor(client, centre.nn.signup)
    assert fields(visitor.open(interest="group"))["language"] == ["nn"]
    visitor.client.post(visitor.page.url, {})
    data = visitor.fill_in("group")
    del data["language"]
    visitor.send(data)
    assert GroupApplication.objects.get().language == "nn"


def test_an_address_fills_in_what_is_not_about_a_person(visitor):
    topic = make.TopicFactory()
    response = visitor.open(
        interest="group", topics=topic.slug, heard_from="course", availability=["mon", "tue"]
    )
    shown = fields(response)
    assert shown["topics"] == [topic.slug]
    assert shown["heard_from"] == ["course"]
    assert shown["availability"] == ["mon", "tue"]


def test_an_address_fills_in_the_partner(visitor):
    shown = fields(
        visitor.open(
            interest="network",
            organisation="LMS",
            organisation_number="123456785",
            organisation_kind="learning_centre",
            cooperation=["guidance", "after_courses"],
        )
    )
    assert shown["organisation"] == ["LMS"]
    assert shown["organisation_number"] == ["123456785"]
    assert shown["organisation_kind"] == ["learning_centre"]
    assert set(shown["cooperation"]) == {"guidance", "after_courses"}


def test_an_address_never_gives_consent_nor_anything_about_a_person(visitor):
    response = visitor.open(
        interest="group", consent="on", name="Åse", email="a@example.org", message="x", phone="1"
    )
    shown = fields(response)
    assert "consent" not in shown
    assert [shown[name] for name in ("name", "email", "phone", "message")] == [[""]] * 4


def test_nonsense_in_the_address_does_no_harm(visitor):
    response = visitor.open(
        interest="group", topics=["\0", "no"], area="\0", language="xx", availability="never"
    )
    assert response.status_code == 200
    assert "topics" not in fields(response)


def test_one_form_and_one_post_in_each_language(client, centre):
    for tree in (centre.nb, centre.nn, centre.en):
        assert Visitor(client, tree.signup).sign_up("group").status_code == 303
    assert GroupApplication.objects.count() == 3


@pytest.mark.parametrize("interest", ["", "group", "network"])
def test_nothing_keeps_the_form(visitor, interest):
    response = visitor.open(interest=interest)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_somebody_under_the_age_limit_meets_a_warm_page_and_nothing_is_kept(
    visitor, centre, caplog
):
    data = visitor.fill_in("group", name="Lille Ola", age_band="under", phone="", consent="")
    caplog.clear()
    response = visitor.send(data)
    assert response.status_code == 200
    assert "Kors på halsen" in response.content.decode()
    assert "116 123" in soup(response).main.text
    assert "Lille Ola" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert not GroupApplication.objects.exists()
    assert not visitor.client.session.keys()
    assert "Ola" not in caplog.text


@pytest.mark.parametrize(
    ("minimum", "age", "welcome"),
    [(18, "16-17", False), (18, "18-24", True), (16, "13-15", False), (16, "16-17", True)],
)
def test_the_centre_says_the_age_limit(visitor, centre, minimum, age, welcome):
    centre.settings.minimum_age = minimum
    centre.settings.save()
    visitor.sign_up("group", age_band=age)
    assert GroupApplication.objects.exists() is welcome


def test_only_ages_the_centre_takes_are_offered(visitor):
    options = form_of(visitor.open(interest="group")).find(id="id_age_band").find_all("option")
    assert [option["value"] for option in options][:3] == ["", "under", "18-24"]


def test_the_signup_page_shows_in_a_preview(centre, rf):
    response = SignupPage.objects.first().make_preview_request()
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("interest", "address"),
    [("group", "/admin/groups/applications/"), ("network", "/admin/network/applications/")],
)
def test_staff_get_a_mail_that_leads_to_the_queue_and_tells_no_name(
    visitor, centre, interest, address
):
    centre.settings.notify_groups = centre.settings.notify_network = "stab@link.example"
    centre.settings.save()
    visitor.sign_up(interest, name="Hemmelig", email="")
    (waiting,) = [row for outbox in outbox.outboxes() for row in outbox.objects.all()]
    assert waiting.to == "stab@link.example"
    assert address in waiting.body
    assert "Hemmelig" not in waiting.subject + waiting.body
