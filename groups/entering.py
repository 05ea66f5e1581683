"""What staff ask somebody who calls and would like to join a group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linksite.intake.forms import EntryForm

from .models import GroupOfferPage
from .models.places import OfferState

#: The fields of a group application that staff fill in.
ENTRY_FIELDS = ["offer", "topics", "area", "age_band", "availability"]


class GroupEntryForm(EntryForm):
    """An application for a group, as it was told on the phone."""

    class Meta:
        widgets = {"topics": forms.CheckboxSelectMultiple, "offer": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer = self.fields["offer"]
        offer.queryset = GroupOfferPage.objects.live().filter(alias_of=None).order_by("title")
        offer.empty_label = _("Any group")

    def application(self, site):
        """Give the application, on the waiting list where its offer is full."""
        application = super().application(site)
        offer = application.offer and application.offer.original
        application.offer = offer
        application.on_waiting_list = offer is not None and offer.state == OfferState.FULL
        return application
