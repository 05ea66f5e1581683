"""The steps of a group's life, and what people answer about their places in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linksite.intake.keys import RowsField

from .. import actions
from ..actions.meetings import SUPPORTED_MEETINGS
from ..actions.on_behalf import ANSWERS
from ..models import Placement, PlacementStatus
from .base import GroupActionForm, TimeForm


class StartUpForm(TimeForm):
    """The start-up time that everybody who accepted is asked about."""

    done = _("Proposed. Everybody with a place is asked.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.suggest(self.group.start_up_at)

    def save(self, user):
        """Ask them."""
        actions.propose_start_up(self.group, self.at, **self._seen(user))


class CameField(RowsField):
    """People with a place, by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        """Give the name."""
        return obj.application.name


class StartForm(GroupActionForm):
    """Who came to the first meeting, and how many meetings have initiators."""

    done = _("The group has started.")
    came = CameField(
        label=_("Who came?"),
        queryset=None,
        error_messages={"required": _("Say who came to the first meeting.")},
    )
    supported = forms.TypedChoiceField(
        label=_("Meetings with initiators, the first included"),
        choices=[(number, number) for number in SUPPORTED_MEETINGS],
        coerce=int,
        initial=SUPPORTED_MEETINGS[-1],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        accepted = self.group.placements.filter(status=PlacementStatus.ACCEPTED)
        self.fields["came"].queryset = accepted.select_related("application")
        # Only looked at when the form is shown.
        self.fields["came"].initial = lambda: [p.pk for p in accepted if p.agrees]

    def save(self, user):
        """Start the group with them."""
        came, supported = self.cleaned_data["came"], self.cleaned_data["supported"]
        actions.start(self.group, came, supported=supported, **self._seen(user))


class HandOverForm(GroupActionForm):
    """The group goes on by itself: nothing that one click should do by mistake."""

    done = _("The group is on its own.")
    sure = forms.BooleanField(label=_("Yes, it goes on without us from now on"))

    def save(self, user):
        """Hand the group over."""
        actions.hand_over(self.group, **self._seen(user))


class EndForm(GroupActionForm):
    """The group ends: it cannot be taken back."""

    done = _("The group has ended.")
    sure = forms.BooleanField(label=_("Yes, the group ends"))

    def save(self, user):
        """End it."""
        actions.end(self.group, **self._seen(user))


class AnswerForm(GroupActionForm):
    """What somebody said about their place, or that it is taken from them.

    It does not matter what has happened to the group meanwhile, only what they have answered.
    """

    version = None
    placement = forms.ModelChoiceField(queryset=None)
    turn = forms.IntegerField()
    answer = forms.ChoiceField(choices=[(answer, answer) for answer in ANSWERS])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["placement"].queryset = Placement.objects.filter(group=self.group)

    def save(self, user):
        """Note it."""
        data = self.cleaned_data
        actions.answer_for(data["placement"], data["answer"], user=user, turn=data["turn"])
