"""One person who signed up twice is pointed out, and merged only by somebody who has looked."""

import pytest
from django.utils import timezone
from wagtail.log_actions import registry

from groups.eligibility import keep_apart, kept_apart_from
from groups.models import GroupApplication
from home import roles
from linksite.intake import actions, duplicates, history
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.queues import content, logged_in, page_of

OTHER_PHONE = "+4798765432"


@pytest.fixture
def kari(centre):
    return logged_in(roles.GROUP_COORDINATOR)


def merge_page(kept, other):
    return f"/admin/{kept._meta.app_label}/applications/merge/{kept.pk}/{other.pk}/"


def merge(client, kept, other, **data):
    seen = {"version": kept.version, "other_version": other.version, **data}
    return client.post(merge_page(kept, other), seen)


def pair(**other):
    kept = make.GroupApplicationFactory(email="Ase@example.org", phone="")
    same = {"email": "ase@EXAMPLE.org", "phone": OTHER_PHONE, **other}
    return kept, make.GroupApplicationFactory(**same)


def test_the_same_address_in_other_letters_is_pointed_out(kari):
    kept, other = pair(name="Åse Berg")
    stranger = make.GroupApplicationFactory(phone="+4799999999")
    assert list(duplicates.of(kept, kari.user)) == [other]
    page = content(kari.get(page_of(kept)))
    assert other.reference in page and "Åse Berg" in page and merge_page(kept, other) in page
    assert "two people in one household" in page
    assert stranger.reference not in page


def test_the_same_phone_is_pointed_out_once(kari):
    kept = make.GroupApplicationFactory()
    other = make.GroupApplicationFactory(email=kept.email)
    assert list(duplicates.of(kept, kari.user)) == [other]


def test_nothing_is_pointed_out_for_an_empty_phone_or_address(kari):
    make.GroupApplicationFactory(email="", phone=OTHER_PHONE)
    make.GroupApplicationFactory(phone="")
    kept = make.GroupApplicationFactory(email="", phone="+4790000000")
    assert not duplicates.of(kept, kari.user)
    assert "The same phone or email" not in content(kari.get(page_of(kept)))


def test_the_other_queue_is_never_looked_into(kari):
    kept, _other = make.GroupApplicationFactory(), make.NetworkApplicationFactory()
    assert not duplicates.of(kept, kari.user)


def test_a_number_that_stands_in_very_many_is_not_listed_for_ever(
    kari, django_assert_max_num_queries
):
    kept, *_rest = make.GroupApplicationFactory.create_batch(40)
    with django_assert_max_num_queries(6):
        assert len(duplicates.of(kept, kari.user)) == duplicates.MOST


def test_the_page_says_first_what_will_happen(kari):
    kept, other = pair(message="Ringte i fjor også.")
    page = content(kari.get(merge_page(kept, other)))
    assert "is closed as a duplicate" in page and "Ringte i fjor" in page
    assert GroupApplication.objects.filter(duplicate_of=None).count() == 2
    read = registry.get_logs_for_instance(other).filter(action="intake.view")
    assert read.exists()


def test_merging_closes_the_other_and_keeps_both_histories(kari):
    kept, other = pair()
    actions.add_note(other, "Ringte i fjor", user=kari.user)
    other.mails.create(kind="receipt", to=other.email, subject="Om meldingen din", body="b")
    assert merge(kari, kept, other).status_code == 302
    kept.refresh_from_db(), other.refresh_from_db()
    assert (other.status, other.closing_reason) == (Status.CLOSED, ClosingReason.DUPLICATE)
    assert other.duplicate_of == kept and kept.is_open
    assert not kept.notes.exists() and not kept.mails.exists()
    marked = {
        event.text
        for event in history.timeline(kept, kari.user)
        if event.reference == other.reference
    }
    assert {"Ringte i fjor", "Om meldingen din"} <= marked
    assert "Ringte i fjor" in content(kari.get(page_of(kept)))
    assert kept.reference in content(kari.get(page_of(other)))


def test_taking_the_other_up_again_undoes_it(kari):
    kept, other = pair()
    merge(kari, kept, other)
    other.refresh_from_db()
    actions.change_status(other, Status.CONTACTED, user=kari.user, version=other.version)
    other.refresh_from_db()
    assert other.duplicate_of is None and other.is_open
    assert not any(event.reference for event in history.timeline(kept, kari.user))


def test_one_that_was_closed_long_ago_keeps_its_reason(kari):
    kept, other = pair(closed=True)
    assert merge(kari, kept, other).status_code == 302
    closed_at = other.closed_at
    other.refresh_from_db()
    assert (other.closing_reason, other.closed_at) == (ClosingReason.WITHDREW, closed_at)
    assert other.duplicate_of == kept


def test_a_history_comes_along_through_another(kari):
    first, second = pair()
    third = make.GroupApplicationFactory(email=first.email)
    merge(kari, second, third)
    second.refresh_from_db()
    merge(kari, first, second)
    assert set(duplicates.with_merged(first)) == {first, second, third}


@pytest.mark.parametrize("trait", [{"placed": True}, {"proposed": True}])
def test_one_with_a_place_is_not_merged_away(kari, trait):
    kept, other = pair(**trait)
    assert "That application has a place" in content(kari.get(merge_page(kept, other)))
    assert merge(kari, kept, other).status_code == 409
    other.refresh_from_db()
    assert other.is_open and other.duplicate_of is None


def test_nobody_is_merged_into_something_closed_or_into_themselves(kari):
    other, kept = pair(closed=True)
    assert merge(kari, kept, other).status_code == 409
    assert merge(kari, other, other).status_code == 409
    other.refresh_from_db()
    assert other.is_open


def test_one_is_merged_once(kari):
    kept, other = pair()
    third = make.GroupApplicationFactory(email=kept.email)
    merge(kari, kept, other)
    other.refresh_from_db()
    assert merge(kari, third, other).status_code == 409


def test_what_the_merged_one_said_stands_on_the_page_of_the_one_that_is_kept(kari):
    kept, other = pair(message="Send en melding først.", leave_message=False, contact_by="text")
    other.email = "annen@example.org"
    other.save()
    merge(kari, kept, other)
    page = content(kari.get(page_of(kept)))
    assert f"From the merged application {other.reference}" in page
    for said in (
        "Send en melding først.",
        "annen@example.org",
        f"tel:{OTHER_PHONE}",
        "Prefers: Text",
    ):
        assert said in page
    assert "Do not leave a message." in page
    read = registry.get_logs_for_instance(other).filter(action="intake.view")
    before = read.count()
    kari.get(page_of(kept))
    assert read.count() == before + 1


def test_what_is_merged_is_no_longer_pointed_out_as_maybe_the_same(kari):
    kept, other = pair()
    third = make.GroupApplicationFactory(email=kept.email, phone="")
    merge(kari, other, third)
    other.refresh_from_db()
    merge(kari, kept, other)
    other.refresh_from_db()
    assert not duplicates.of(kept, kari.user)
    assert not duplicates.of(other, kari.user)
    assert set(duplicates.merged_into(kept, kari.user)) == {other, third}
    assert "The same phone or email" not in content(kari.get(page_of(kept)))


def test_the_other_one_can_be_kept_instead(kari):
    kept, other = pair()
    assert merge_page(other, kept) in content(kari.get(merge_page(kept, other)))
    assert merge(kari, other, kept).status_code == 302
    kept.refresh_from_db()
    assert kept.duplicate_of == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"status": Status.CONTACTED}, {"status": Status.NEW}),
        ({"status": Status.WAITING}, {"status": Status.CONVERSATION}),
        ({"placed": True}, {"proposed": True}),
        ({"status": Status.NEW}, {"closed": True}),
        ({"submitted_at": make.moment(-9)}, {"submitted_at": make.moment(-2)}),
    ],
)
@pytest.mark.parametrize("newest_is_further", [True, False])
def test_the_one_that_has_come_furthest_is_kept(centre, one, other, newest_is_further):
    made = [make.GroupApplicationFactory(**kind) for kind in (one, other)]
    if newest_is_further:
        made = [make.GroupApplicationFactory(**kind) for kind in (other, one)][::-1]
    assert duplicates.furthest_first(*made) == made
    assert duplicates.furthest_first(*made[::-1]) == made


def test_whichever_page_it_is_begun_from_the_same_one_is_kept(kari):
    """A person in the pool signs up once more, on the phone: that one has no address."""
    kept = make.GroupApplicationFactory(status=Status.WAITING)
    other = make.GroupApplicationFactory(email="", phone=kept.phone)
    for shown in (kept, other):
        page = content(kari.get(page_of(shown)))
        assert merge_page(kept, other) in page and merge_page(other, kept) not in page
    assert "Its status stays “Waiting for a group”." in content(kari.get(merge_page(kept, other)))
    assert "has got further" not in content(kari.get(merge_page(kept, other)))
    instead = content(kari.get(merge_page(other, kept)))
    assert "Its status stays “New”." in instead
    assert f"{kept} has got further and has the status “Waiting for a group”." in instead


def test_the_way_to_be_reached_that_is_missing_is_taken_over(kari):
    kept, other = pair(leave_message=False)
    kept.leave_message = True
    kept.save()
    page = content(kari.get(merge_page(kept, other)))
    assert f"{kept} has no phone number and takes over the one in {other}." in page
    assert "no email address" not in page
    merge(kari, kept, other)
    kept.refresh_from_db(), other.refresh_from_db()
    assert kept.phone.as_e164 == other.phone.as_e164 == OTHER_PHONE
    assert not kept.leave_message
    assert kept.email == "Ase@example.org"
    assert "Taken over: phone" in content(kari.get(page_of(kept)))


def test_mail_stays_with_the_address_it_was_written_to(kari, mailoutbox):
    kept = make.GroupApplicationFactory(email="")
    other = make.GroupApplicationFactory(email="annen@example.org", phone=kept.phone)
    mail = other.mails.create(kind="receipt", to=other.email, subject="s", body="b")
    page = content(kari.get(merge_page(kept, other)))
    assert f"{kept} has no email address and takes over the one in {other}." in page
    assert "stays there until someone corrects it" in page
    merge(kari, kept, other)
    kept.refresh_from_db(), other.refresh_from_db(), mail.refresh_from_db()
    assert kept.email == other.email == "annen@example.org"
    assert (mail.application, mail.to) == (other, "annen@example.org")
    assert not kept.mails.exists() and not mailoutbox
    # An address that is there is never replaced.
    third = make.GroupApplicationFactory(email="tredje@example.org", phone=kept.phone)
    assert merge(kari, kept, third).status_code == 302
    kept.refresh_from_db()
    assert kept.email == "annen@example.org"


@pytest.mark.parametrize("trait", [{"placed": True}, {"closed": True}])
def test_where_only_one_can_be_kept_both_pages_lead_to_that(kari, trait):
    one, other = pair(**trait)
    kept, merged = (other, one) if "placed" in trait else (one, other)
    for shown in (one, other):
        assert merge_page(kept, merged) in content(kari.get(page_of(shown)))
    assert merge_page(kept, merged) in content(kari.get(merge_page(merged, kept)))
    assert merge_page(merged, kept) not in content(kari.get(merge_page(kept, merged)))


def test_who_may_not_see_the_merged_one_reads_nothing_of_it(kari):
    kept, other = pair(message="Send en melding først.")
    merge(kari, kept, other)
    GroupApplication.objects.filter(pk=other.pk).update(handed_over_at=timezone.now())
    page = content(kari.get(page_of(kept)))
    assert "Send en melding først." not in page and "From the merged" not in page


def test_another_queues_application_is_not_found(kari):
    kept = make.GroupApplicationFactory()
    other = make.NetworkApplicationFactory(id=kept.pk + 500)
    assert merge(kari, kept, other).status_code in (302, 404)
    assert duplicates.why_not(kept, other)


@pytest.mark.parametrize("changed", ["kept", "other"])
def test_what_somebody_changed_meanwhile_is_looked_at_again(kari, changed):
    kept, other = both = pair()
    touched = both[changed == "other"]
    actions.assign(touched, None, user=kari.user, version=1)
    response = merge(kari, kept, other)
    assert response.status_code == 409 and "Nothing was saved" in content(response)
    assert kari.user.get_full_name() in content(response)
    other.refresh_from_db()
    assert other.duplicate_of is None
    # What the page shows now is what it sends.
    assert kari.post(merge_page(kept, other), response.context["form"].data).status_code == 302


def test_clicked_twice_it_happens_once(kari):
    kept, other = pair()
    assert merge(kari, kept, other).status_code == 302
    assert merge(kari, kept, other).status_code == 409
    kept.refresh_from_db()
    assert kept.version == 2


@pytest.mark.parametrize("version", ["", "x", "\0", "9" * 5000])
def test_a_version_that_is_none_merges_nothing(kari, version):
    kept, other = pair()
    assert merge(kari, kept, other, other_version=version).status_code in (409, 422)


@pytest.mark.parametrize("role", [*roles.ROLES, ""])
def test_who_may_merge(centre, role):
    kept, other = pair(name="Zacharias Hemmelig")
    client = logged_in(role)
    page = client.get(merge_page(kept, other), follow=True)
    may = role == roles.GROUP_COORDINATOR
    assert ("Hemmelig" in content(page)) == may
    merge(client, kept, other)
    other.refresh_from_db()
    assert (other.duplicate_of == kept) == may


def test_who_may_only_look_sees_the_duplicate_without_the_button(centre):
    kept, other = pair()
    page = content(logged_in(roles.PRIVACY_OFFICER).get(page_of(kept)))
    assert other.reference in page and merge_page(kept, other) not in page


def test_whom_the_other_must_not_meet_the_kept_one_does_not_meet(kari):
    kept, other = pair(keep_apart_from="Per Hansen")
    third = make.GroupApplicationFactory()
    keep_apart(other, third)
    merge(kari, kept, other)
    kept.refresh_from_db()
    assert third.pk in kept_apart_from(kept) and "Per Hansen" in kept.keep_apart_from


def test_the_log_names_references_only(kari):
    kept, other = pair(name="Zacharias Hemmelig")
    merge(kari, kept, other)
    for application in (kept, other):
        for entry in registry.get_logs_for_instance(application):
            assert "emmelig" not in str(entry.data) + entry.message
