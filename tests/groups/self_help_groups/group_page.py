"""Sends the forms of a group's page as staff do."""

from datetime import timedelta

from django.utils import timezone

from groups.models import GroupMeeting, MeetingKind

GROUPS = "/admin/groups/self-help-groups/"
MEETINGS = f"{GROUPS}meetings/"
PAPERS = ["statement", "participants", "calendar"]


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def page(group, rest="inspect"):
    return f"{GROUPS}inspect/{group.pk}/" if rest == "inspect" else f"{GROUPS}{group.pk}/{rest}/"


def send(client, group, action, version=None, follow=False, **data):
    data |= {"action": action, "version": version or fresh(group).version}
    return client.post(page(group), data, follow=follow)


def place(group, person):
    return group.placements.get(application=person)


def answer(client, group, person, what, turn=None):
    placement = place(group, person)
    return send(
        client, group, "answer", placement=placement.pk, turn=turn or placement.turn, answer=what
    )


def noted(group, came, waits=()):
    """Return what the form that starts a group sends for each member."""
    accepted = group.placements.filter(status="accepted")
    said = {f"who_{one.pk}": "keeps" for one in accepted}
    said |= {f"who_{place(group, person).pk}": "came" for person in came}
    return said | {f"who_{place(group, person).pk}": "waits" for person in waits}


def facts(group, **changes):
    names = ["name", "place", "venue", "meets", "least", "most"]
    return {**{name: getattr(group, name) for name in names}, **changes}


def make_meeting(group, at=None, kind=MeetingKind.SUPPORTED):
    at = at or timezone.now() - timedelta(hours=2)
    return GroupMeeting.objects.create(group=group, kind=kind, at=at)
