"""Signposting: another service is named with consent, and what was disclosed is not kept."""

import pytest
from django.utils import timezone
from wagtail.log_actions import registry

from groups import eligibility
from groups.actions import places, proposals
from groups.history import place_entries
from groups.links import answer_path
from groups.models import GroupApplication, KeepApart, PlacementStatus
from home import roles
from linksite.intake.actions import add_note
from linksite.intake.mail.outbox import send_due
from linksite.intake.models import MailStatus, Tally
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.queues import content, logged_in, page_of


@pytest.fixture
def kari(db):
    """A group coordinator's browser."""
    return logged_in(roles.GROUP_COORDINATOR, first_name="Kari")


@pytest.fixture
def partner(db):
    return make.OrganisationFactory(name="Kreftforeningen Nord", website="https://example.org/nord")


@pytest.fixture
def ida(centre, kari):
    """Somebody who has told us a lot."""
    ida = make.GroupApplicationFactory(
        name="Ida Strand",
        message="Hemmelig melding",
        expectations="Hemmelig forventning",
        agreed="Hemmelig avtale",
        keep_apart_from="Nabo Nes",
        availability=["mon"],
        area=make.AreaFactory(),
        age_band="35-44",
        topics=[make.TopicFactory()],
        offer=make.GroupOfferPageFactory(parent=centre.nb.groups),
        status=Status.CONVERSATION,
    )
    add_note(ida, "Hemmelig notat", user=kari.user)
    eligibility.keep_apart(ida, make.GroupApplicationFactory())
    ida.refresh_from_db()
    return ida


def exit_of(application):
    return f"/admin/groups/applications/not-us/{application.pk}/"


def leave(client, application, **data):
    data = {"version": application.version, "sure": "on", **data}
    return client.post(exit_of(application), data)


def test_the_page_says_whom_to_call_now_what_to_read_out_and_what_goes(kari, ida, partner):
    assert exit_of(ida) in content(kari.get(page_of(ida)))
    page = content(kari.get(exit_of(ida)))
    for text in (
        "113",
        "<strong>Kreftforeningen Nord</strong><br>Healthy life centre",
        "https://example.org/nord",
    ):
        assert text in page
    for gone in (
        "message",
        "what we agreed",
        "topics",
        "group offer",
        "1 note",
        "one person is kept apart",
    ):
        assert gone in page
    assert "Without it, nothing may be passed on" in page
    assert "Hemmelig" not in page


def test_pointed_on_with_consent(kari, ida, partner):
    response = leave(kari, ida, partner=partner.pk, consents="on")
    assert response.url == page_of(ida)
    ida.refresh_from_db()
    assert (ida.status, ida.closing_reason) == (Status.CLOSED, ClosingReason.REFERRED_ON)
    assert ida.referred_to == partner
    assert timezone.now() - ida.referral_consented_at < make.timedelta(minutes=1)
    heard = registry.get_logs_for_instance(ida).get(action="groups.not_us")
    assert heard.user == kari.user
    assert heard.data["consent"] is True
    page = content(kari.get(page_of(ida)))
    for text in (
        "Agreed to us passing on their name and number.",
        "Kreftforeningen Nord",
        "Ida Strand",
    ):
        assert text in page


def test_nothing_of_what_was_disclosed_is_kept(kari, ida, partner):
    leave(kari, ida, partner=partner.pk)
    ida = GroupApplication.objects.get(pk=ida.pk)
    for field in ("message", "expectations", "agreed", "keep_apart_from", "age_band"):
        assert getattr(ida, field) == ""
    assert (ida.availability, ida.area, ida.offer) == ([], None, None)
    assert not ida.topics.exists()
    assert not ida.notes.exists()
    assert not KeepApart.objects.exists()
    assert (ida.name, ida.phone, ida.email) != ("", "", "")
    assert "Hemmelig" not in content(kari.get(page_of(ida)))


def test_what_was_merged_into_it_is_emptied_as_well(kari, ida):
    twin = make.GroupApplicationFactory(closed=True, message="Hemmelig to", duplicate_of=ida)
    triplet = make.GroupApplicationFactory(closed=True, duplicate_of=twin)
    add_note(triplet, "Hemmelig tre", user=kari.user)
    assert "2 notes" in content(kari.get(exit_of(ida)))
    leave(kari, ida)
    twin.refresh_from_db()
    assert twin.message == ""
    assert not triplet.notes.exists()


def test_the_figures_still_know_the_topic_but_not_of_whom(kari, ida, partner):
    slug = ida.topics.get().slug
    leave(kari, ida, partner=partner.pk)
    assert Tally.objects.filter(event="closed", dimension="topic", value=slug).count() == 1
    assert Tally.objects.filter(dimension="reason", value="referred_on").count() == 1


def test_without_consent_none_is_recorded(kari, ida, partner):
    leave(kari, ida, partner=partner.pk)
    ida.refresh_from_db()
    assert ida.referred_to == partner
    assert ida.referral_consented_at is None
    assert "Nothing may be passed on" in content(kari.get(page_of(ida)))


def test_nobody_in_the_directory_is_not_for_us(kari, ida):
    leave(kari, ida)
    ida.refresh_from_db()
    assert ida.closing_reason == ClosingReason.NOT_FOR_US
    assert ida.referred_to is None
    assert not ida.mails.exists()


def test_the_mail_goes_only_to_who_wants_it_and_names_the_partner(kari, ida, partner):
    leave(kari, ida, partner=partner.pk, by_mail="on")
    mail = ida.mails.get()
    assert mail.kind == "onward"
    assert "Kreftforeningen Nord\nhttps://example.org/nord" in mail.body
    assert "Kreftforeningen" not in mail.subject
    assert "Hemmelig" not in mail.body


def test_who_has_no_address_is_not_asked_about_mail(kari, centre, partner):
    bo = make.GroupApplicationFactory(email="")
    assert "by_mail" not in content(kari.get(exit_of(bo)))
    leave(kari, bo, partner=partner.pk, by_mail="on")
    assert not bo.mails.exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"sure": ""}, "Tick this to continue."),
        ({"consents": "on"}, "Choose the service that fits better."),
        ({"by_mail": "on"}, "Choose the service that fits better."),
        ({"partner": 99999}, "Something is missing or wrong"),
        ({"version": ""}, "Something is missing or wrong"),
    ],
)
def test_what_makes_no_sense_deletes_nothing(kari, ida, data, why):
    response = leave(kari, ida, **data)
    assert response.status_code == 422
    assert why in content(response)
    ida.refresh_from_db()
    assert ida.status == Status.CONVERSATION
    assert ida.notes.exists()


def test_two_at_once_the_second_deletes_nothing(kari, ida, partner):
    response = leave(kari, ida, partner=partner.pk, version=ida.version - 1)
    assert response.status_code == 409
    ida.refresh_from_db()
    assert ida.status == Status.CONVERSATION
    assert ida.message == "Hemmelig melding"


def test_a_held_place_goes_back(kari, centre):
    waits = make.GroupApplicationFactory(waiting=True)
    group = make.SelfHelpGroupFactory()
    proposals.propose(group, waits, user=kari.user)
    waits.refresh_from_db()
    assert "goes to the next" in content(kari.get(exit_of(waits)))
    leave(kari, waits)
    group.refresh_from_db()
    assert group.places_taken == 0


def test_nothing_points_to_the_groups_somebody_was_to_come_to(kari, ida):
    held, others = make.SelfHelpGroupFactory(), make.SelfHelpGroupFactory.create_batch(3)
    states = [PlacementStatus.WAITING, PlacementStatus.DECLINED, PlacementStatus.EXPIRED]
    for group, status in zip(others, states, strict=True):
        group.placements.create(application=ida, status=status)
    placement = proposals.propose(held, ida, user=kari.user)
    ida.refresh_from_db()
    assert "which groups they were due to join" in content(kari.get(exit_of(ida)))
    leave(kari, ida)
    assert not ida.placements.exists()
    assert kari.get(answer_path(placement, "nb")).status_code == 410
    page = content(kari.get(page_of(ida)))
    assert not any(group.name in page for group in (held, *others))


def places_in_history(application):
    entries = place_entries().filter(object_id=str(application.pk))
    return [entry.data.get("group") for entry in entries]


def test_the_history_keeps_what_happened_to_places_but_not_in_which_group(kari, ida):
    group, other = make.SelfHelpGroupFactory.create_batch(2)
    bo = make.GroupApplicationFactory(waiting=True)
    for person in (ida, bo):
        proposals.propose(group, person, user=kari.user)
    places.decline(group.placements.get(application=ida))
    ida.refresh_from_db()
    proposals.propose(other, ida, user=kari.user)
    ida.refresh_from_db()
    assert f"Place declined (group {group.reference})" in content(kari.get(page_of(ida)))
    leave(kari, ida)
    page = content(kari.get(page_of(ida)))
    for what in ("Place proposed", "Place declined", "Place given up"):
        assert what in page
    assert group.reference not in page and other.reference not in page
    assert set(places_in_history(ida)) == {None}
    assert places_in_history(bo) == [group.reference]


def test_the_history_of_what_was_merged_names_only_the_group_they_came_to(kari, ida):
    declined, came = make.SelfHelpGroupFactory.create_batch(2)
    twin = make.GroupApplicationFactory(waiting=True)
    for group, verb in ((declined, places.decline), (came, places.accept)):
        proposals.propose(group, twin)
        twin.refresh_from_db()
        verb(group.placements.get(application=twin))
        twin.refresh_from_db()
    came.placements.update(status=PlacementStatus.STARTED)
    GroupApplication.objects.filter(pk=twin.pk).update(status=Status.CLOSED, duplicate_of=ida)
    leave(kari, ida)
    assert set(places_in_history(twin)) == {None, came.reference}


def letter(application, **fields):
    """Return a mail that somebody here wrote, waiting to be sent."""
    return application.mails.create(
        **{"kind": "not_reached", "to": application.email, "body": "Hemmelig brev", **fields}
    )


def test_of_a_mail_written_by_hand_stays_that_it_went_and_when(kari, ida):
    twin = make.GroupApplicationFactory(closed=True, duplicate_of=ida)
    went = {"status": MailStatus.SENT, "sent_at": make.moment(-3)}
    letters = [letter(one, subject="Fra LINK", **went) for one in (ida, twin)]
    receipt = letter(ida, kind="receipt", body="Takk", **went)
    assert "For emails that someone here wrote themselves" in content(kari.get(exit_of(ida)))
    leave(kari, ida)
    for mail in letters:
        mail.refresh_from_db()
        assert (mail.body, mail.subject, mail.status) == ("", "Fra LINK", MailStatus.SENT)
        assert mail.sent_at == went["sent_at"]
    receipt.refresh_from_db()
    assert receipt.body == "Takk"
    page = content(kari.get(page_of(ida)))
    assert "The text has been deleted." in page and "Hemmelig" not in page


def test_a_mail_written_by_hand_that_still_waits_is_not_sent(kari, ida, mailoutbox):
    waits = letter(ida)
    leave(kari, ida)
    send_due()
    waits.refresh_from_db()
    assert (waits.status, waits.body, mailoutbox) == (MailStatus.FAILED, "", [])


def test_while_a_mail_written_by_hand_is_being_sent_nothing_is_deleted(kari, ida):
    leaving = letter(ida, status=MailStatus.SENDING)
    response = leave(kari, ida)
    assert response.status_code == 409
    assert "Try again in a few minutes." in content(response)
    ida.refresh_from_db()
    leaving.refresh_from_db()
    assert (ida.status, ida.message) == (Status.CONVERSATION, "Hemmelig melding")
    assert leaving.body == "Hemmelig brev"


def test_a_closed_application_is_left_alone(kari, centre):
    closed = make.GroupApplicationFactory(closed=True)
    assert kari.get(exit_of(closed)).url == page_of(closed)
    assert leave(kari, closed).status_code == 409
    closed.refresh_from_db()
    assert closed.message != ""


@pytest.mark.parametrize(
    "role", [roles.NETWORK_COORDINATOR, roles.EDITOR, roles.MANAGER, roles.PRIVACY_OFFICER]
)
def test_nobody_else_can_do_it(role, ida):
    client = logged_in(role)
    assert client.get(exit_of(ida)).status_code in (302, 403, 404)
    assert leave(client, ida).status_code in (302, 403, 404)
    ida.refresh_from_db()
    assert ida.status == Status.CONVERSATION


def test_an_application_out_of_sight_is_not_found(kari, centre):
    gone = make.GroupApplicationFactory(handed_over_at=timezone.now())
    assert kari.get(exit_of(gone)).status_code == 404
    assert leave(kari, gone).status_code == 404
