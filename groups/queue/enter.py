"""What staff ask somebody who calls and would like to join a group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linksite.content.translations import once_each
from linksite.intake.centre import centre_of
from linksite.intake.pages.enter import EntryForm

from ..eligibility import younger_than
from ..models import GroupOfferPage
from ..models.capacity import OfferState


class GroupEntryForm(EntryForm):
    class Meta:
        widgets = {"topics": forms.CheckboxSelectMultiple, "offer": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer = self.fields["offer"]
        # One page for each live offer, in the site's first language if there is one.
        offers = once_each(GroupOfferPage.objects.live().filter(alias_of=None))
        offer.queryset = offers.order_by("title").defer_streamfields()
        offer.empty_label = _("Any group")
        age, minimum = self.fields["age_band"], centre_of(self.site).minimum_age
        too_young = younger_than(minimum)
        age.choices = [(value, label) for value, label in age.choices if value not in too_young]
        if too_young:
            age.help_text = _("Groups at this centre are for people aged %(age)d and over.") % {
                "age": minimum
            }

    def application(self):
        """Return the application, on the waiting list if its offer is full."""
        application = super().application()
        offer = application.offer and application.offer.original
        application.offer = offer
        application.on_waiting_list = offer is not None and offer.state == OfferState.FULL
        return application
