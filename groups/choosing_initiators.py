"""The choice of initiators for a group: each with what speaks for and against them."""

from django import forms
from django.utils.translation import gettext as _

from linksite.intake.keys import RowsField
from network.models import Initiator

from .initiators import load, with_leads


class InitiatorsField(RowsField):
    """Initiators with their training, the groups they have now, and their own open theme."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(Initiator.objects.none(), **kwargs)
        self.offer(Initiator.objects.active())

    def offer(self, initiators, topics: set[int] = frozenset()) -> None:
        """Let `initiators` be chosen, for a group about the `topics` with these keys."""
        self.topics = topics
        # The labels are made anew with each list of choices.
        self.queryset = with_leads(initiators).prefetch_related("open_themes")

    def label_from_instance(self, obj):
        """Give the name, the training, how many groups, and whether it is their own open theme."""
        groups = _("groups now: %(load)s") % {"load": load(obj)}
        parts = [obj.name, obj.get_training_display().lower(), groups]
        if self.topics & {theme.pk for theme in obj.open_themes.all()}:
            parts.append(_("own open theme"))
        return " · ".join(parts)
