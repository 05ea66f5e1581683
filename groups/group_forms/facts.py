"""What a group is about, where it meets, how many it takes, and who gets it going."""

from copy import copy

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from network.models import Initiator

from .. import actions
from ..initiators import with_leads
from ..models import SelfHelpGroup
from .base import GroupForm


class FactsForm(forms.ModelForm):
    """What a group is called and about, where it meets, and how many it takes."""

    done = _("Saved.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = SelfHelpGroup
        fields = ["name", "topic", "area", "place", "venue", "meets", "least", "most"]

    def __init__(self, *args, group, **kwargs):
        # A form fills in its instance, also with what turns out to be wrong.
        super().__init__(*args, instance=copy(group), initial={"version": group.version}, **kwargs)
        self.group = group

    def save(self, user):
        """Save what the form says."""
        facts = {name: self.cleaned_data[name] for name in self._meta.fields}
        version = self.cleaned_data["version"]
        actions.change(self.group, facts, user=user, version=version)


class InitiatorsField(forms.ModelMultipleChoiceField):
    """Initiators with what matters when choosing them: training, and the groups they have now."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        """Give name, training, and how many groups of how many at most."""
        load = ngettext(
            "has %(groups)d group of %(most)d", "has %(groups)d groups of %(most)d", obj.leads
        )
        load %= {"groups": obj.leads, "most": obj.at_most}
        return f"{obj.name} · {obj.get_training_display()} · {load}"


class InitiatorsForm(GroupForm):
    """Who gets the group going: one or, better, two."""

    initiators = InitiatorsField(label=_("Initiators"), queryset=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [initiator.pk for initiator in self.group.initiators.all()]
        may_be_chosen = Initiator.objects.filter(Q(active=True) | Q(pk__in=chosen))
        self.fields["initiators"].queryset = with_leads(may_be_chosen)
        self.fields["initiators"].initial = chosen

    def save(self, user):
        """Appoint them."""
        actions.appoint(self.group, self.cleaned_data["initiators"], **self._seen(user))
