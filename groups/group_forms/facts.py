"""What a group is about, where it meets, how many it takes, and who gets it going."""

from copy import copy

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.models import Initiator

from .. import actions
from ..cautions import on_open_themes, topics_of
from ..choosing_initiators import InitiatorsField
from ..models import SelfHelpGroup
from .base import GroupActionForm


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


class InitiatorsForm(GroupActionForm):
    """Who gets the group going: one or, better, two."""

    initiators = InitiatorsField(label=_("Initiators"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [initiator.pk for initiator in self.group.initiators.all()]
        may_be_chosen = Initiator.objects.filter(Q(active=True) | Q(pk__in=chosen))
        self.fields["initiators"].offer(may_be_chosen, topics_of(self.group))
        self.fields["initiators"].initial = chosen

    @property
    def done(self):
        """What is said when it is done: also who would lead a group on their own open theme."""
        themes = on_open_themes(self.group, self.cleaned_data["initiators"])
        return " ".join([gettext("Saved."), *(caution.text for caution in themes)])

    def save(self, user):
        """Appoint them."""
        actions.appoint(self.group, self.cleaned_data["initiators"], **self._seen(user))
