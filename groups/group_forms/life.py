"""The steps of a group's life, and what people answer about their places in it."""

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..actions.meetings import SUPPORTED_MEETINGS
from ..actions.on_behalf import ANSWERS
from ..history import PLACES
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


class Came(models.TextChoices):
    """What is noted of each who has a place when the first meeting has been."""

    CAME = "came", _("Came")
    KEEPS = "keeps", _("Did not come, keeps the place")
    WAITS = "waits", _("Did not come, waits for another group")


#: What a field says of somebody is named for their placement.
WHO = "who_"


class StartForm(GroupActionForm):
    """Who came to the first meeting, and how many meetings have initiators.

    There is a choice for each who has a place: nobody loses it by being left out.
    """

    done = _("The group has started.")
    supported = forms.TypedChoiceField(
        label=_("Meetings with initiators, the first included"),
        choices=[(number, number) for number in SUPPORTED_MEETINGS],
        coerce=int,
        initial=SUPPORTED_MEETINGS[-1],
    )
    few = forms.BooleanField(label=_("Yes, the group starts with so few"), required=False)
    gone = forms.BooleanField(
        label=_("Yes, they give the place up, and this is agreed with them"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        accepted = self.group.placements.filter(status=PlacementStatus.ACCEPTED)
        self.members = {f"{WHO}{p.pk}": p for p in accepted.select_related("application")}
        self.fields |= {name: self._choice(member) for name, member in self.members.items()}

    def _choice(self, placement):
        initial = Came.CAME if placement.agrees else Came.KEEPS
        name = placement.application.name
        return forms.ChoiceField(label=name, choices=Came.choices, initial=initial)

    @property
    def who(self):
        """The choice for each who has a place."""
        return [self[name] for name in self.members]

    def clean(self):
        """Ask who came, and whether it is to start with fewer than the least."""
        data = super().clean()
        if any(name.startswith(WHO) and name not in self.members for name in self.data):
            raise forms.ValidationError(gettext("Somebody you ticked has no place any more."))
        if self.members.keys() <= data.keys():
            self._check_numbers(data)
        return data

    def _check_numbers(self, data):
        if self._noted(Came.WAITS) and not data.get("gone"):
            text = gettext("It cannot be taken back that somebody waits for another group.")
            self.add_error("gone", text)
        came, keep = len(self._noted(Came.CAME)), len(self._noted(Came.KEEPS))
        if not came:
            raise forms.ValidationError(gettext("Say who came to the first meeting."))
        if came + keep < self.group.least and not data.get("few"):
            text = gettext(
                "Fewer than the least: %(came)d came and %(keep)d keep the place, and at least "
                "%(least)d are needed. Tick below if the group is to start all the same."
            )
            values = {"came": came, "keep": keep, "least": self.group.least}
            self.add_error("few", text % values)

    def _noted(self, said):
        return [p for name, p in self.members.items() if self.cleaned_data[name] == said]

    def save(self, user):
        """Start the group with those who came, and those who keep the place."""
        came, waits = self._noted(Came.CAME), self._noted(Came.WAITS)
        supported = self.cleaned_data["supported"]
        actions.start(self.group, came, waits, supported=supported, **self._seen(user))


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
        placement, data = self.cleaned_data["placement"], self.cleaned_data
        self.answered = actions.answer_for(placement, data["answer"], user=user, turn=data["turn"])

    @property
    def done(self):
        """What is said when it is done: whose place it is, and what has become of it."""
        return f"{self.answered.application.name}: {what_now(self.answered)}"


def what_now(placement: Placement) -> str:
    """Give how far a place has come, also what was said to the start-up time."""
    if placement.agrees is None or placement.status != PlacementStatus.ACCEPTED:
        return placement.get_status_display()
    return PLACES["groups.agree" if placement.agrees else "groups.disagree"]
