"""The criteria by which people are looked for: a cell of the board, as address and as form."""

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from ..models import Area, Availability, GroupOfferPage, SelfHelpGroup, Topic
from .pool import ANY, said, unsaid


class WantedForm(forms.Form):
    """The criteria; each field left empty widens them."""

    offer = forms.ModelChoiceField(
        label=_("Group offer"),
        queryset=GroupOfferPage.objects.defer_streamfields(),
        required=False,
        empty_label=_("All, whatever they asked for"),
    )
    topic = ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.all(),
        required=False,
        empty_label=_("All topics"),
        null_label=_("Any topic"),
        null_value=ANY,
    )
    area = ModelChoiceField(
        label=_("Area"),
        queryset=Area.objects.all(),
        required=False,
        empty_label=_("All areas"),
        null_label=_("Any area"),
        null_value=ANY,
    )
    evening = forms.ChoiceField(
        label=_("Could come"),
        choices=[("", _("At any time")), *Availability.choices],
        required=False,
    )

    @classmethod
    def showing(cls, wanted: "Wanted", offer=None) -> "WantedForm":
        """Return the form filled in, with the one offer that the group is for."""
        form = cls(initial=vars(wanted), prefix="wanted")
        offer = wanted.offer.pk if wanted.offer else offer
        form.fields["offer"].queryset = form.fields["offer"].queryset.filter(pk=offer or None)
        if not offer:
            del form.fields["offer"]
        return form

    def wanted(self) -> "Wanted":
        """Return the criteria; what makes no sense is left out."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name) or None for name in self.fields})


@dataclass(frozen=True)
class Wanted:
    """A cell of the board. None means all, `ANY` means people who named none."""

    offer: GroupOfferPage | None = None
    topic: Topic | str | None = None
    area: Area | str | None = None
    evening: str | None = None

    def exactly(self) -> Q:
        """Return the condition that somebody asked for just this."""
        condition = Q()
        if self.offer:
            condition &= Q(offer__translation_key=self.offer.translation_key)
        if self.topic:
            condition &= Q(topics=None if self.topic == ANY else self.topic)
        if self.area:
            condition &= Q(area=None if self.area == ANY else self.area)
        if self.evening:
            condition &= said(self.evening)
        return condition

    def loosely(self) -> Q:
        """Return the condition that somebody asked for this or left it open."""
        condition = self._loosely_offer() if self.offer else Q()
        if self.topic and self.topic != ANY:
            condition &= Q(topics=self.topic) | Q(topics=None)
        if self.area and self.area != ANY:
            condition &= Q(area=self.area) | Q(area=None)
        if self.evening:
            condition &= said(self.evening) | unsaid()
        return condition

    def _loosely_offer(self):
        same = Q(offer__translation_key=self.offer.translation_key)
        topic = Q(topics__in=self.offer.topics) | Q(topics=None)
        return same | Q(offer=None) & topic & (Q(area=self.offer.area) | Q(area=None))


def wanted_for(group: SelfHelpGroup) -> Wanted:
    """Return the criteria by which people for a group are looked for first."""
    if group.offer:
        return Wanted(offer=group.offer)
    return Wanted(topic=group.topic, area=group.area)
