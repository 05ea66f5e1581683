"""The introductory conversation: filled in on the phone, corrected later, never lost."""

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from wagtail.log_actions import registry

from groups import eligibility
from groups.actions import conversation, proposals
from groups.models import GroupApplication, KeepApart
from home import roles
from linksite.intake.models import Tally
from linksite.intake.statuses import Status
from tests import factories as make
from tests.queues import act, content, logged_in, page_of


@pytest.fixture
def kari(db):
    """A group coordinator's browser."""
    return logged_in(roles.GROUP_COORDINATOR, first_name="Kari")


@pytest.fixture
def ida(centre):
    return make.GroupApplicationFactory(name="Ida Strand")


def conversation_of(application):
    return f"/admin/groups/applications/conversation/{application.pk}/"


def hold(client, application, **data):
    data = {"version": application.version, "expectations": "Å høre andre", **data}
    return client.post(conversation_of(application), data)


def test_the_page_of_an_application_leads_to_it(kari, ida):
    assert conversation_of(ida) in content(kari.get(page_of(ida)))
    page = content(kari.get(conversation_of(ida)))
    for text in ("Ida Strand", "Ring helst etter klokka fire.", "Do not leave a message"):
        assert text in page


def test_what_was_said_fills_the_application_and_the_person_waits(kari, ida):
    topic, area = make.TopicFactory(), make.AreaFactory()
    answers = {
        "topics": [topic.pk],
        "area": area.pk,
        "age_band": "35-44",
        "availability": ["mon", "weekend"],
        "keep_apart_from": "Nabo Nes\nBror Berg",
        "agreed": "Ringer når det blir en gruppe",
        "lead": "waits",
    }
    response = hold(kari, ida, **answers)
    assert response.status_code == 302
    assert response.url == page_of(ida)
    ida.refresh_from_db()
    assert ida.status == Status.WAITING
    assert ida.conversation_at is not None
    assert ida.expectations == "Å høre andre"
    assert [*ida.topics.all()] == [topic]
    assert (ida.area, ida.age_band) == (area, "35-44")
    assert ida.availability == ["mon", "weekend"]
    page = content(kari.get(page_of(ida)))
    for text in ("Å høre andre", "Ringer når det blir en gruppe", "Nabo Nes, Bror Berg"):
        assert text in page


def test_the_figures_count_it_once_and_by_what_was_said(kari, ida):
    topic = make.TopicFactory()
    hold(kari, ida, topics=[topic.pk], lead="waits")
    ida.refresh_from_db()
    hold(kari, ida, topics=[topic.pk], lead="stay")
    counted = Tally.objects.filter(event="conversation", dimension="topic")
    assert [tally.value for tally in counted] == [topic.slug]


def test_the_log_says_neither_what_was_said_nor_about_what(kari, ida):
    hold(kari, ida, keep_apart_from="Nabo Nes", lead="waits")
    entries = registry.get_logs_for_instance(ida)
    said = entries.get(action="intake.conversation")
    assert set(said.data) == {"again", "version"}
    everything = " ".join(str(entry.data) for entry in entries)
    assert "Nabo" not in everything
    assert "Introductory conversation held" in content(kari.get(page_of(ida)))


def test_saving_without_choosing_what_next_stays_on_the_page(kari, ida):
    response = hold(kari, ida)
    assert response.url == conversation_of(ida)
    ida.refresh_from_db()
    assert ida.status == Status.CONVERSATION
    assert "Å høre andre" in content(kari.get(conversation_of(ida)))


def test_calling_again_sets_the_day_and_needs_one(kari, ida):
    response = hold(kari, ida, lead="call")
    assert response.status_code == 422
    assert "Choose the day of the next call." in content(response)
    assert "Å høre andre" in content(response)
    assert hold(kari, ida, lead="call", call_on=make.days(-1)).status_code == 422
    hold(kari, ida, lead="call", call_on=make.days(5))
    ida.refresh_from_db()
    assert ida.follow_up_on == make.days(5)
    assert ida.status == Status.CONVERSATION


def test_a_date_that_has_come_goes_when_the_person_waits_and_a_later_one_stays(kari, centre):
    due = make.GroupApplicationFactory(follow_up_on=make.days(-2))
    later = make.GroupApplicationFactory(follow_up_on=make.days(9))
    for application in (due, later):
        hold(kari, application, lead="waits")
        application.refresh_from_db()
    assert due.follow_up_on is None
    assert later.follow_up_on == make.days(9)


def test_it_can_lead_to_the_not_us_exit(kari, ida):
    response = hold(kari, ida, lead="not_us")
    assert response.url == f"/admin/groups/applications/not-us/{ida.pk}/"


def test_correcting_it_later_changes_neither_status_nor_date(kari, ida):
    hold(kari, ida, lead="waits")
    ida.refresh_from_db()
    held = ida.conversation_at
    with time_machine.travel(timezone.now() + make.timedelta(minutes=20)):
        hold(kari, ida, expectations="")
    ida.refresh_from_db()
    assert (ida.status, ida.conversation_at, ida.expectations) == (Status.WAITING, held, "")


def test_whoever_has_a_place_keeps_it(kari, centre):
    placed = make.GroupApplicationFactory(placed=True)
    page = content(kari.get(conversation_of(placed)))
    assert "Save: waiting for a group" not in page
    assert hold(kari, placed, lead="waits").status_code == 422
    assert hold(kari, placed).status_code == 302
    placed.refresh_from_db()
    assert placed.status == Status.PLACED


def test_nobody_waits_for_a_group_who_is_younger_than_the_centre_takes(kari, ida, centre):
    centre.settings.minimum_age = 16
    centre.settings.save()
    response = hold(kari, ida, age_band="13-15", lead="waits")
    assert response.status_code == 422
    assert "aged 16 and over" in response.context["form"].errors["age_band"][0]
    assert "Å høre andre" in content(response)
    ida.refresh_from_db()
    assert (ida.version, ida.status) == (1, Status.NEW)
    assert hold(kari, ida, age_band="13-15", lead="not_us").status_code == 302
    ida.refresh_from_db()
    assert (ida.age_band, ida.status) == ("13-15", Status.CONVERSATION)


def test_no_button_lets_them_wait_either(kari, ida, centre):
    centre.settings.minimum_age = 16
    centre.settings.save()
    GroupApplication.objects.filter(pk=ida.pk).update(status=Status.CONVERSATION, age_band="13-15")
    assert 'value="waiting"' not in content(kari.get(page_of(ida)))
    answer = act(kari, ida, "step", status="waiting")
    assert "aged 16 and over" in content(answer)
    ida.refresh_from_db()
    assert ida.status == Status.CONVERSATION
    GroupApplication.objects.filter(pk=ida.pk).update(age_band="16-17")
    assert 'value="waiting"' in content(kari.get(page_of(ida)))
    act(kari, ida, "step", status="waiting")
    ida.refresh_from_db()
    assert ida.status == Status.WAITING


@pytest.mark.parametrize("age", ["16-17", ""])
def test_who_is_old_enough_or_has_not_said_waits(kari, ida, centre, age):
    centre.settings.minimum_age = 16
    centre.settings.save()
    hold(kari, ida, age_band=age, lead="waits")
    ida.refresh_from_db()
    assert ida.status == Status.WAITING


def test_two_at_once_lose_nothing_of_what_was_typed(kari, ida):
    first = hold(kari, ida, version=ida.version)
    assert first.status_code == 302
    second = hold(kari, ida, version=1, expectations="Noe annet", agreed="Ring mandag")
    page = content(second)
    assert second.status_code == 409
    assert "Introductory conversation held" in page
    for typed in ("Noe annet", "Ring mandag"):
        assert typed in page
    ida.refresh_from_db()
    assert ida.expectations == "Å høre andre"


def test_somebody_in_the_queue_is_kept_apart_by_reference_or_name(kari, ida):
    per = make.GroupApplicationFactory(name="Per Nes")
    ola = make.GroupApplicationFactory(name="Ola Berg")
    typed = f" {per.reference.replace('-', '').lower()} \nola berg\n"
    hold(kari, ida, in_queue=typed)
    assert eligibility.kept_apart_from(ida) == {per.pk, ola.pk}
    page = content(kari.get(conversation_of(ida)))
    assert per.reference in page
    assert "Per Nes" not in page
    assert per.reference in content(kari.get(page_of(ida)))


def test_a_pair_that_has_places_in_the_same_group_already_is_warned_of(kari, centre):
    ida, per, ola = make.GroupApplicationFactory.create_batch(3, waiting=True)
    group = make.SelfHelpGroupFactory(name="Torsdager")
    for person in (ida, per):
        proposals.propose(group, person)
        person.refresh_from_db()
    group.placements.create(application=ola)
    response = hold(kari, ida, in_queue=f"{per.reference}\n{ola.reference}")
    page = content(kari.get(response.url))
    assert f"{ida.reference} and {per.reference} must be kept apart" in page
    assert f"{ida.reference} and {ola.reference}" not in page
    assert per.name not in page and "Torsdager" not in page


def test_a_conversation_without_its_pairs_is_not_kept(ida, monkeypatch):
    def broken(*people):
        raise RuntimeError

    monkeypatch.setattr("groups.actions.conversation.keep_apart", broken)
    seen = {"user": make.UserFactory(), "version": ida.version}
    apart = [make.GroupApplicationFactory()]
    with pytest.raises(RuntimeError):
        conversation.hold(ida, {"agreed": "Ringer"}, apart=apart, **seen)
    ida.refresh_from_db()
    assert ida.agreed == "" and ida.conversation_at is None


def test_somebody_who_is_erased_meanwhile_need_not_be_kept_apart(ida):
    gone, per = make.GroupApplicationFactory(), make.GroupApplicationFactory()
    GroupApplication.objects.filter(pk=gone.pk).delete()
    seen = {"user": make.UserFactory(), "version": ida.version}
    conversation.hold(ida, {}, apart=[gone, per], **seen)
    assert eligibility.kept_apart_from(ida) == {per.pk}


def test_a_pair_is_taken_off_again(kari, ida):
    per, ola = make.GroupApplicationFactory(), make.GroupApplicationFactory()
    eligibility.keep_apart(ida, per)
    eligibility.keep_apart(per, ola)
    hold(kari, ida, together=[per.pk])
    assert eligibility.kept_apart_from(ida) == set()
    assert eligibility.kept_apart_from(per) == {ola.pk}


def test_a_pair_of_others_cannot_be_taken_off_from_here(kari, ida):
    per, ola = make.GroupApplicationFactory(), make.GroupApplicationFactory()
    eligibility.keep_apart(ida, per)
    eligibility.keep_apart(per, ola)
    assert hold(kari, ida, together=[ola.pk]).status_code == 422
    assert KeepApart.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Ukjent", "Nobody else in the queue matches “Ukjent”."),
        ("Ida Strand", "Nobody else in the queue"),
        ("Per", "Several people match “Per”"),
        ("e", "Too many people match “e”"),
    ],
)
def test_a_line_that_fits_nobody_or_several_is_asked_about(kari, ida, line, why):
    for name in ("Per Nes", "Per Ås", "Ellen", "Else", "Erik", "Eva"):
        make.GroupApplicationFactory(name=name)
    response = hold(kari, ida, in_queue=line)
    assert response.status_code == 422
    assert why in content(response)
    assert not KeepApart.objects.exists()


def test_who_sits_in_a_group_on_its_own_is_not_found_here(kari, ida):
    gone = make.GroupApplicationFactory(name="Borte Vik", handed_over_at=timezone.now())
    for line in (gone.reference, "Borte Vik"):
        assert hold(kari, ida, in_queue=line).status_code == 422
    eligibility.keep_apart(ida, gone)
    assert gone.reference not in content(kari.get(conversation_of(ida)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"age_band": "7-8"},
        {"availability": ["nattestid"]},
        {"topics": [99999]},
        {"area": "x"},
        {"lead": "closed"},
        {"expectations": "x" * 5001},
        {"agreed": "x" * 2001},
        {"call_on": "snart"},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_saved(kari, ida, wrong):
    response = hold(kari, ida, **wrong)
    assert response.status_code == 422
    ida.refresh_from_db()
    assert (ida.version, ida.status) == (1, Status.NEW)


def test_a_closed_application_has_to_be_taken_up_first(kari, centre):
    closed = make.GroupApplicationFactory(closed=True)
    assert conversation_of(closed) not in content(kari.get(page_of(closed)))
    response = kari.get(conversation_of(closed))
    assert response.url == page_of(closed)
    response = hold(kari, closed)
    assert response.status_code == 409
    assert "The application is closed." in content(response)


@pytest.mark.parametrize(
    "role", [roles.NETWORK_COORDINATOR, roles.EDITOR, roles.MANAGER, roles.PRIVACY_OFFICER]
)
def test_nobody_else_holds_it(role, ida):
    client = logged_in(role)
    assert client.get(conversation_of(ida)).status_code in (302, 403, 404)
    assert hold(client, ida, lead="waits").status_code in (302, 403, 404)
    ida.refresh_from_db()
    assert (ida.version, ida.expectations) == (1, "")


def test_an_application_out_of_sight_is_not_found(kari, centre):
    gone = make.GroupApplicationFactory(handed_over_at=timezone.now())
    assert kari.get(conversation_of(gone)).status_code == 404
    assert hold(kari, gone).status_code == 404
    assert not mail.outbox


def test_it_asks_the_database_little(kari, ida, django_assert_max_num_queries):
    make.TopicFactory.create_batch(12)
    make.AreaFactory.create_batch(12)
    kari.get(conversation_of(ida))
    with django_assert_max_num_queries(25):
        kari.get(conversation_of(ida))
