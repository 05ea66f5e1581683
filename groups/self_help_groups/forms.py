"""What the forms of a group's page have in common."""

from copy import copy
from datetime import datetime

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linksite.intake.pages.base import ActionForm
from network.models import Initiator

from ..actions import answers, lifecycle, preparation
from ..actions.answers import BY_STAFF
from ..actions.meetings import SUPPORTED_MEETINGS
from ..history import PLACES
from ..initiators import InitiatorsField
from ..matching.checks import on_open_themes, topics_of
from ..matching.group_form import check_ahead
from ..models import Placement, PlacementStatus, SelfHelpGroup


class TimeForm(ActionForm):
    day = forms.DateField(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def suggest(self, at):
        """Fill in the time `at`, if there is one."""
        if at:
            at = timezone.localtime(at)
            self.initial |= {"day": at.date(), "time": at.time()}

    @property
    def at(self):
        day, time = self.cleaned_data["day"], self.cleaned_data["time"]
        return timezone.make_aware(datetime.combine(day, time))

    def clean(self):
        data = super().clean()
        if "day" in data and "time" in data:
            try:
                check_ahead(self.at)
            except forms.ValidationError as error:
                self.add_error("day", error)
        return data


class FactsForm(forms.ModelForm):
    done = _("Saved.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = SelfHelpGroup
        fields = ["name", "topic", "area", "place", "venue", "meets", "least", "most"]

    def __init__(self, *args, instance, **kwargs):
        # A model form changes its instance even if the data is invalid.
        super().__init__(*args, instance=copy(instance), **kwargs)
        self.group = instance

    def save(self, user):
        facts = {name: self.cleaned_data[name] for name in self._meta.fields}
        version = self.cleaned_data["version"]
        preparation.change(self.group, facts, user=user, version=version)


class InitiatorsForm(ActionForm):
    """Who gets the group going: one or, better, two."""

    initiators = InitiatorsField(label=_("Initiators"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [initiator.pk for initiator in self.instance.initiators.all()]
        may_be_chosen = Initiator.objects.filter(Q(active=True) | Q(pk__in=chosen))
        self.fields["initiators"].offer(may_be_chosen, topics_of(self.instance))
        self.fields["initiators"].initial = chosen

    @property
    def done(self):
        """The message shown afterwards; it names those who would lead on their own open theme."""
        themes = on_open_themes(self.instance, self.cleaned_data["initiators"])
        return " ".join([gettext("Saved."), *(caution.text for caution in themes)])

    def save(self, user):
        preparation.appoint(self.instance, self.cleaned_data["initiators"], **self._seen(user))


class StartUpForm(TimeForm):
    """The start-up time that everybody who accepted is asked about."""

    done = _("Time proposed. Everyone with a place will be asked.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.suggest(self.instance.start_up_at)

    def save(self, user):
        preparation.propose_start_up(self.instance, self.at, **self._seen(user))


class Came(models.TextChoices):
    """What is noted of each member after the first meeting."""

    CAME = "came", _("Came")
    KEEPS = "keeps", _("Did not come, keeps their place")
    WAITS = "waits", _("Did not come, waiting for another group")


#: Prefix of the fields for members, followed by the key of the placement.
WHO = "who_"


class StartForm(ActionForm):
    """Who came to the first meeting, and how many meetings have initiators.

    Each member has a choice of their own: nobody loses the place by being left out.
    """

    done = _("The group has started.")
    supported = forms.TypedChoiceField(
        label=_("Meetings with initiators, including the first"),
        choices=[(number, number) for number in SUPPORTED_MEETINGS],
        coerce=int,
        initial=SUPPORTED_MEETINGS[-1],
    )
    few = forms.BooleanField(label=_("Yes, start the group with so few people"), required=False)
    gone = forms.BooleanField(
        label=_("Yes, they are giving up their place, and this has been agreed with them"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        accepted = self.instance.placements.filter(status=PlacementStatus.ACCEPTED)
        self.members = {f"{WHO}{p.pk}": p for p in accepted.select_related("application")}
        self.fields |= {name: self._choice(member) for name, member in self.members.items()}

    def _choice(self, placement):
        initial = Came.CAME if placement.agrees else Came.KEEPS
        name = placement.application.name
        return forms.ChoiceField(label=name, choices=Came.choices, initial=initial)

    @property
    def who(self):
        return [self[name] for name in self.members]

    def clean(self):
        data = super().clean()
        if any(name.startswith(WHO) and name not in self.members for name in self.data):
            raise forms.ValidationError(gettext("Someone you ticked no longer has a place."))
        if self.members.keys() <= data.keys():
            self._check_numbers(data)
        return data

    def _check_numbers(self, data):
        if self._noted(Came.WAITS) and not data.get("gone"):
            text = gettext("Once someone is waiting for another group, this cannot be undone.")
            self.add_error("gone", text)
        came, keep = len(self._noted(Came.CAME)), len(self._noted(Came.KEEPS))
        if not came:
            raise forms.ValidationError(gettext("Tick who came to the first meeting."))
        if came + keep < self.instance.least and not data.get("few"):
            text = gettext(
                "Below the minimum: %(came)d came and %(keep)d are keeping their place, but at "
                "least %(least)d are needed. Tick below if the group should start anyway."
            )
            values = {"came": came, "keep": keep, "least": self.instance.least}
            self.add_error("few", text % values)

    def _noted(self, said):
        return [p for name, p in self.members.items() if self.cleaned_data[name] == said]

    def save(self, user):
        came, waits = self._noted(Came.CAME), self._noted(Came.WAITS)
        supported = self.cleaned_data["supported"]
        lifecycle.start(self.instance, came, waits, supported=supported, **self._seen(user))


class HandOverForm(ActionForm):
    """Asks for confirmation, so that no group is handed over by a single click."""

    done = _("The group is on its own.")
    sure = forms.BooleanField(label=_("Yes, it carries on without us from now on"))

    def save(self, user):
        lifecycle.hand_over(self.instance, **self._seen(user))


class EndForm(ActionForm):
    """Asks for confirmation, because it cannot be undone."""

    done = _("The group has ended.")
    sure = forms.BooleanField(label=_("Yes, end the group"))

    def save(self, user):
        lifecycle.end(self.instance, **self._seen(user))


class AnswerForm(ActionForm):
    """What somebody said about their place, or that it is taken from them.

    It has no version of the group: only a newer answer of theirs makes it stale.
    """

    version = None
    placement = forms.ModelChoiceField(queryset=None)
    turn = forms.IntegerField()
    answer = forms.ChoiceField(choices=[(answer, answer) for answer in BY_STAFF])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["placement"].queryset = Placement.objects.filter(group=self.instance)

    def save(self, user):
        placement, data = self.cleaned_data["placement"], self.cleaned_data
        self.answered = answers.answer_for(placement, data["answer"], user=user, turn=data["turn"])

    @property
    def done(self):
        """Whose place it is, and its status now or the answer about the start-up time."""
        placement = self.answered
        now = placement.get_status_display()
        if placement.agrees is not None and placement.status == PlacementStatus.ACCEPTED:
            now = PLACES["groups.agree" if placement.agrees else "groups.disagree"]
        return f"{placement.application.name}: {now}"
