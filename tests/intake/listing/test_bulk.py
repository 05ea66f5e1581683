"""The same for several applications at once: announced first, then done one by one."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from groups import eligibility
from groups.models import GroupApplication, PlacementStatus
from home import roles
from linksite.intake import actions
from linksite.intake.listing.bulk import MOST
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, content, logged_in

ACTIONS = ["assign", "follow_up", "status", "propose"]


@pytest.fixture
def kari(db):
    """A group coordinator's browser."""
    return logged_in(roles.GROUP_COORDINATOR, first_name="Kari")


def page(action, model="groups/groupapplication"):
    return f"/admin/bulk/{model}/{action}/"


def look(client, action, applications, **data):
    """Show what would happen."""
    return client.get(page(action), {"id": [thing.pk for thing in applications], **data})


def do(client, action, applications, **data):
    """Act on the applications in the versions they have here."""
    seen = [f"{thing.pk}:{thing.version}" for thing in applications]
    return client.post(page(action), {"seen": seen, **data}, follow=True)


def reload(*applications):
    for application in applications:
        application.refresh_from_db()


def told(response):
    return [str(message).strip() for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("role", "queue", "offered"),
    [
        (roles.GROUP_COORDINATOR, GROUP_QUEUE, ACTIONS),
        (roles.NETWORK_COORDINATOR, NETWORK_QUEUE, ACTIONS[:3]),
        (roles.PRIVACY_OFFICER, GROUP_QUEUE, []),
        (roles.PRIVACY_OFFICER, NETWORK_QUEUE, []),
    ],
)
def test_who_may_change_a_queue_can_choose_in_its_list(role, queue, offered, centre):
    make.GroupApplicationFactory()
    make.NetworkApplicationFactory()
    listing = content(logged_in(role).get(queue))
    assert ("data-bulk-action-checkbox" in listing) == bool(offered)
    # Without a script: a form of its own, with a button for each.
    assert ("<noscript>" in listing and 'form="bulk"' in listing) == bool(offered)
    for action in ACTIONS:
        assert (f"/{action}/" in listing) == (action in offered)


def test_nobody_is_offered_what_they_have_not_seen(kari, centre):
    make.GroupApplicationFactory.create_batch(51)
    assert "data-bulk-action-num-objects-in-listing" not in content(kari.get(GROUP_QUEUE))
    assert kari.get(page("assign"), {"id": "all"}).status_code == 302


def test_it_asks_what_is_to_happen_first(kari, centre):
    ida = make.GroupApplicationFactory(name="Ida")
    answer = content(look(kari, "status", [ida]))
    for text in ("1 application chosen", "Ida", ida.reference, "Show what will happen"):
        assert text in answer
    assert "Do this to" not in answer


def test_it_says_what_will_happen_and_what_will_not_and_why(kari, centre):
    contacted = make.GroupApplicationFactory(contacted=True)
    new = make.GroupApplicationFactory()
    closed = make.GroupApplicationFactory(closed=True)
    response = look(kari, "status", [contacted, new, closed], status="waiting")
    assert [line.application for line in response.context["doable"]] == [contacted]
    refused = {line.application: line.refusal for line in response.context["refused"]}
    assert set(refused) == {new, closed}
    answer = content(response)
    assert "Contacted" in answer
    assert "Waiting for a group" in answer
    assert "It cannot change to this status now." in answer
    assert "Do this to 1 application" in answer
    reload(contacted)
    assert contacted.status == Status.CONTACTED


def test_it_says_who_loses_a_place(kari, centre):
    placed = make.GroupApplicationFactory(placed=True)
    answer = content(look(kari, "status", [placed], status="closed", reason="withdrew"))
    assert "Their place is freed." in answer


def test_assign(kari, centre):
    ida, bo = make.GroupApplicationFactory.create_batch(2)
    response = do(kari, "assign", [ida, bo], to=kari.user.pk)
    assert told(response) == ["Done for 2 applications."]
    reload(ida, bo)
    assert ida.assigned_to == bo.assigned_to == kari.user
    assert do(kari, "assign", [ida], to="").status_code == 200
    reload(ida)
    assert ida.assigned_to is None


def test_only_who_works_the_queue_can_be_given_it(kari, centre):
    ida = make.GroupApplicationFactory()
    stranger = make.UserFactory(role=roles.NETWORK_COORDINATOR)
    assert do(kari, "assign", [ida], to=stranger.pk).status_code == 422
    reload(ida)
    assert ida.assigned_to is None


def test_follow_up_leaves_out_what_is_closed(kari, centre):
    ida, closed = make.GroupApplicationFactory(), make.GroupApplicationFactory(closed=True)
    response = do(kari, "follow_up", [ida, closed], follow_up_on=make.days(3))
    assert told(response)[0] == "Done for one application."
    assert told(response)[1] == f"Not done for 1. {closed}: It is closed."
    reload(ida, closed)
    assert ida.follow_up_on == make.days(3)
    assert closed.follow_up_on is None


@pytest.mark.parametrize("day", ["", "i morgen", "2001-01-01"])
def test_a_day_that_makes_no_sense_is_refused(kari, centre, day):
    ida = make.GroupApplicationFactory()
    assert do(kari, "follow_up", [ida], follow_up_on=day).status_code == 422


def test_closing_needs_a_reason_and_only_closing_has_one(kari, centre):
    ida, bo = make.GroupApplicationFactory.create_batch(2)
    assert do(kari, "status", [ida], status="closed").status_code == 422
    do(kari, "status", [ida], status="closed", reason="not_reached")
    do(kari, "status", [bo], status="contacted", reason="not_reached")
    reload(ida, bo)
    assert ida.closing_reason == ClosingReason.NOT_REACHED
    assert (bo.status, bo.closing_reason) == (Status.CONTACTED, "")


@pytest.mark.parametrize("status", ["proposed", "placed", "new", "", "borte"])
def test_no_status_that_is_not_set_by_hand(kari, centre, status):
    waits = make.GroupApplicationFactory(waiting=True)
    assert do(kari, "status", [waits], status=status).status_code == 422
    reload(waits)
    assert waits.status == Status.WAITING


def test_what_was_changed_meanwhile_is_left_and_the_others_are_done(kari, centre):
    ida, bo = make.GroupApplicationFactory.create_batch(2)
    other = GroupApplication.objects.get(pk=ida.pk)
    actions.set_follow_up(other, make.days(1), user=kari.user, version=other.version)
    response = do(kari, "status", [ida, bo], status="contacted")
    assert "Done for one application." in told(response)
    assert f"Not done for 1. {ida}: changed in the meantime." in told(response)
    reload(ida, bo)
    assert (ida.status, bo.status) == (Status.NEW, Status.CONTACTED)


def test_it_goes_back_to_the_list_as_it_was_filtered_and_nowhere_else(kari, centre):
    ida = make.GroupApplicationFactory()
    data = {"seen": f"{ida.pk}:{ida.version}", "status": "contacted"}
    there = f"{GROUP_QUEUE}?status=new"
    assert kari.post(page("status"), {**data, "next": there}).url == there
    elsewhere = {**data, "next": "https://example.org/"}
    assert kari.post(page("status"), elsewhere).url == GROUP_QUEUE


def test_whoever_has_waited_longest_is_proposed_first(kari, centre):
    waiting = [
        make.GroupApplicationFactory(waiting=True, submitted_at=make.moment(-days))
        for days in (1, 9, 5)
    ]
    late, first, second = waiting
    group = make.SelfHelpGroupFactory(most=2, least=2)
    answer = look(kari, "propose", waiting, group=group.pk)
    lines = answer.context["doable"]
    assert [line.application for line in lines] == [first, second, late]
    assert lines[2].new == "On the group's waiting list"
    response = do(kari, "propose", waiting, group=group.pk)
    assert told(response) == ["Done for 3 applications."]
    reload(*waiting)
    assert [thing.status for thing in (first, second, late)] == ["proposed", "proposed", "waiting"]
    assert group.placements.get(application=late).status == PlacementStatus.WAITING


def test_who_has_had_no_conversation_is_not_proposed(kari, centre):
    new, closed = make.GroupApplicationFactory(), make.GroupApplicationFactory(closed=True)
    group = make.SelfHelpGroupFactory()
    answer = look(kari, "propose", [new, closed], group=group.pk)
    assert not answer.context["doable"]
    do(kari, "propose", [new, closed], group=group.pk)
    assert not group.placements.exists()


def test_who_is_younger_than_the_centre_takes_is_not_proposed(kari, centre):
    centre.settings.minimum_age = 18
    centre.settings.save()
    young = make.GroupApplicationFactory(waiting=True, age_band="16-17")
    others = [make.GroupApplicationFactory(waiting=True, age_band=age) for age in ("18-24", "")]
    group = make.SelfHelpGroupFactory()
    [line] = look(kari, "propose", [young, *others], group=group.pk).context["refused"]
    assert line.application == young
    assert line.refusal == "Groups at this centre are for people aged 18 and over."
    do(kari, "propose", [young, *others], group=group.pk)
    assert {placement.application for placement in group.placements.all()} == set(others)


def test_who_is_younger_than_the_centre_takes_is_not_sent_to_wait(
    kari, centre, django_assert_max_num_queries
):
    centre.settings.minimum_age = 18
    centre.settings.save()
    held = Status.CONVERSATION
    young = make.GroupApplicationFactory.create_batch(5, status=held, age_band="16-17")
    other = make.GroupApplicationFactory(status=held, age_band="18-24")
    with django_assert_max_num_queries(30):
        answer = look(kari, "status", [*young, other], status=Status.WAITING)
    refusals = {line.refusal for line in answer.context["refused"]}
    assert refusals == {"Groups at this centre are for people aged 18 and over."}
    do(kari, "status", [*young, other], status=Status.WAITING)
    reload(*young, other)
    assert {thing.status for thing in young} == {held}
    assert other.status == Status.WAITING


def test_two_who_must_not_meet_are_not_proposed_together(kari, centre):
    first = make.GroupApplicationFactory(waiting=True, submitted_at=make.moment(-9))
    second = make.GroupApplicationFactory(waiting=True)
    eligibility.keep_apart(first, second)
    group = make.SelfHelpGroupFactory()
    answer = look(kari, "propose", [first, second], group=group.pk)
    assert [line.application for line in answer.context["refused"]] == [second]
    do(kari, "propose", [first, second], group=group.pk)
    assert [placement.application for placement in group.placements.all()] == [first]


def test_only_groups_that_are_filling_can_be_chosen(kari, centre):
    waits = make.GroupApplicationFactory(waiting=True)
    group = make.SelfHelpGroupFactory(status="started")
    assert do(kari, "propose", [waits], group=group.pk).status_code == 422


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    "role", [roles.NETWORK_COORDINATOR, roles.EDITOR, roles.MANAGER, roles.PRIVACY_OFFICER]
)
def test_nobody_else_can_do_anything(role, action, centre):
    ida = make.GroupApplicationFactory(waiting=True)
    client = logged_in(role)
    group = make.SelfHelpGroupFactory()
    data = {"status": "closed", "reason": "withdrew", "to": "", "group": group.pk}
    data["follow_up_on"] = make.days(1)
    assert ida.name not in content(client.get(page(action), {"id": ida.pk}, follow=True))
    do(client, action, [ida], **data)
    reload(ida)
    assert ida.version == 1


def test_keys_of_the_other_queue_or_out_of_sight_do_nothing(kari, centre):
    gone = make.GroupApplicationFactory(name="Borte Vik", handed_over_at=timezone.now())
    contact = make.NetworkApplicationFactory(name="Kontakt Lie", pk=gone.pk + 1000)
    for application in (gone, contact):
        assert look(kari, "status", [application]).status_code == 302
        do(kari, "status", [application], status="contacted")
        reload(application)
        assert application.status == Status.NEW
    model = "network/networkapplication"
    answer = kari.get(page("status", model), {"id": contact.pk}, follow=True)
    assert "Kontakt Lie" not in content(answer)


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "1 OR 1=1", "٣"])
def test_what_is_no_key_chooses_nobody(kari, centre, key):
    assert kari.get(page("assign"), {"id": key}).status_code == 302
    for seen in (key, f"{key}:1", f"1:{key}", f"{key}:{key}:1"):
        assert kari.post(page("assign"), {"seen": seen, "to": ""}).status_code == 302


def test_nobody_proposes_who_may_not_change_groups(centre):
    client = logged_in()
    for name in ("access_admin", "view_groupapplication", "change_groupapplication"):
        client.user.user_permissions.add(Permission.objects.get(codename=name))
    waits = make.GroupApplicationFactory(waiting=True)
    assert look(client, "assign", [waits]).status_code == 200
    assert look(client, "propose", [waits]).status_code in (302, 403)


def test_at_most_so_many_at_a_time(kari, centre):
    many = make.GroupApplicationFactory.create_batch(MOST + 1)
    answer = look(kari, "assign", many)
    assert len(answer.context["applications"]) == MOST
    assert f"Only the first {MOST} are included at a time." in content(answer)


@pytest.mark.parametrize("action", ACTIONS)
def test_saying_what_will_happen_asks_little_however_many(
    kari, centre, action, django_assert_max_num_queries
):
    many = make.GroupApplicationFactory.create_batch(100, waiting=True, assigned_to=kari.user)
    group = make.SelfHelpGroupFactory()
    data = {"status": "conversation", "to": "", "follow_up_on": make.days(1), "group": group.pk}
    look(kari, action, many, **data)
    with django_assert_max_num_queries(30):
        answer = look(kari, action, many, **data)
    assert len(answer.context["doable"]) == 100
