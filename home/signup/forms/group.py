"""The signup form of somebody who wants to join a group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.eligibility import younger_than
from groups.models import QUESTIONS, AgeBand, Area, Availability, GroupApplication, Topic

from ..targets import ANY_GROUP, find_offer
from .base import CONSENT, MORE, REACH, TARGET, Section, SignupForm
from .fields import or_blank

UNDER = "under"
YOU = Section(_("You"), ["name", "age_band"])
WISHES = Section(
    _("What would suit you?"),
    ["topics", "area", "availability"],
    hint=_("The more you choose, the sooner we may find a group for you."),
)


class GroupForm(SignupForm):
    """A signup for a group: for one offer, or for any that fits."""

    model = GroupApplication
    target_name = "offer"
    find_target = staticmethod(find_offer)
    from_address = [*SignupForm.from_address, "topics", "area", "availability"]

    offer = forms.CharField(required=False, widget=forms.HiddenInput)
    topics = forms.ModelMultipleChoiceField(
        label=_("What should the group be about?"),
        queryset=Topic.objects.all(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose none if you do not know yet, or would rather tell us on the phone."),
    )
    area = forms.ModelChoiceField(
        label=_("Where?"),
        queryset=Area.objects.all(),
        to_field_name="slug",
        empty_label=_("Anywhere"),
        required=False,
    )
    age_band = forms.ChoiceField(
        label=_("Age"),
        required=False,
        help_text=_("People in a group are often about the same age."),
    )
    availability = forms.MultipleChoiceField(
        label=_("When could you come?"),
        choices=Availability.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        under = (UNDER, _("Under %(age)d") % {"age": self.minimum_age})
        bands = [(one.value, one.label) for one in AgeBand if one.youngest >= self.minimum_age]
        self.fields["age_band"].choices = or_blank([under, *bands])

    @property
    def sections(self):
        """The parts of the form; nobody who comes for one group is asked which would suit."""
        wishes = [WISHES] if not self.target.keeps("") or self._has_wishes() else []
        return [TARGET, YOU, REACH, *wishes, MORE, CONSENT]

    def _has_wishes(self):
        return any(self[name].value() for name in WISHES.fields)

    @property
    def is_under_age(self):
        age = self.data.get("age_band")
        return age in {UNDER, *younger_than(self.minimum_age)}

    def values(self):
        instead = self.cleaned_data.get("instead", "")
        keeps = self.target.keeps(instead)
        return {
            "offer": self.target.page.original if keeps else None,
            "on_waiting_list": keeps and bool(self.target.instead),
            # Topics are saved with what hangs on an application.
            **{name: self.cleaned_data[name] for name in QUESTIONS if name != "topics"},
        }

    def save_related(self, application):
        """Save the topics: those chosen, and those of an offer that could not be had."""
        topics = set(self.cleaned_data["topics"])
        if self.cleaned_data.get("instead") == ANY_GROUP and self.target.page:
            topics.update(self.target.page.topics)
        application.topics.add(*topics)
