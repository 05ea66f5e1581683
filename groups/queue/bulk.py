"""Proposing several applications for a group at once, the longest waiting first."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linksite.intake.listing.bulk import ChoiceForm, Line, QueueBulkAction
from linksite.intake.permissions import may

from ..actions import proposals
from ..actions.proposals import why_not
from ..eligibility import pairs_among, too_young
from ..matching import checks
from ..models import GroupApplication, SelfHelpGroup


class GroupChoice(forms.ModelChoiceField):
    """Groups that still take people, with their free places."""

    def label_from_instance(self, group):
        values = {"group": group, "name": group.name, "free": group.places_left}
        return gettext("%(group)s %(name)s (free: %(free)d)") % values


class ProposeForm(ChoiceForm):
    group = GroupChoice(label=_("Group"), queryset=SelfHelpGroup.objects.filling())


class ProposeBulkAction(QueueBulkAction):
    """Proposes a place to each; those without one go on the group's waiting list."""

    display_name = _("Propose a place")
    aria_label = _("Propose a place in a group for the chosen applications")
    action_type = "propose"
    action_priority = 40
    icon = "group"
    form_class = ProposeForm
    models = [GroupApplication]

    def may_use(self):
        return super().may_use() and may(self.request.user, "change", SelfHelpGroup)

    def in_order(self, chosen):
        return chosen.longest_first()

    def plan(self, applications, choice):
        """Count down the free places, and refuse people who must not meet."""
        group = choice["group"]
        table = Table(group, applications)
        for application in applications:
            old, refusal = application.get_status_display(), table.refusal(application)
            new = "" if refusal else table.seat(application)
            yield Line(application, old, new, refusal)

    def change(self, application, choice, version):
        proposals.propose(choice["group"], application, user=self.request.user)

    def cautions(self, choice):
        """Return the checks of the board that concern those who can be proposed."""
        group = choice["group"]
        lines = self.plan(self.chosen, choice)
        able = [line.application for line in lines if not line.refusal]
        members = group.placements.holding().people()
        found = checks.about(group, able, members, initiators=None) if able else []
        return [caution.text for caution in found if not _shown_already(caution)]


class Table:
    """Who has a place in a group, and who would get one if each were asked in turn."""

    def __init__(self, group, applications):
        self.group, self.free = group, group.places_left
        self.too_young = too_young(applications)
        self.members = group.placements.holding().people()
        self.seated = {member.pk for member in self.members}
        pairs = pairs_among({*self.members, *applications})
        self.apart = {(a.pk, b.pk) for one, other in pairs for a, b in ((one, other), (other, one))}
        self.earlier = dict(group.placements.values_list("application_id", "status"))

    def refusal(self, application) -> str:
        """Return why somebody cannot be proposed, or nothing."""
        if refusal := why_not(self.group, application, self.too_young):
            return refusal
        if any((application.pk, other) in self.apart for other in self.seated):
            return gettext(
                "Must be kept apart from someone in the group, or from someone chosen earlier in "
                "the list."
            )
        return ""

    def seat(self, application) -> str:
        """Take a place, if one is free, and return the outcome in words."""
        if not self.free:
            return gettext("On the group's waiting list")
        self.free -= 1
        self.seated.add(application.pk)
        if application.pk in self.earlier:
            return gettext("Place proposed again: they have been asked about this group before.")
        by_mail = gettext("Place proposed, by email straight away")
        return by_mail if application.email else gettext("Place proposed")


def _shown_already(caution):
    """Return whether the lines show it: who is kept apart, and who gets no place."""
    return caution.forbids or caution.key.startswith(("late-", "few-"))
