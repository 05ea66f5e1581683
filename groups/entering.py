"""What staff ask somebody who calls and would like to join a group."""

from django import forms
from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from linksite.intake.centre import centre_of
from linksite.intake.forms import EntryForm
from linksite.intake.keys import RowField, RowsField

from .models import AgeBand, GroupOfferPage
from .models.places import OfferState

#: The fields of a group application that staff fill in.
ENTRY_FIELDS = ["offer", "topics", "area", "age_band", "availability"]


def offers_to_ask_for():
    """Give one page for each live offer, the one in the site's first language if there is one."""
    live = GroupOfferPage.objects.live().filter(alias_of=None)
    first = Q(locale__language_code=settings.LANGUAGE_CODE)
    copies = live.filter(translation_key=OuterRef("translation_key")).alias(is_first=first)
    copy = copies.order_by("-is_first", "pk").values("pk")[:1]
    return live.filter(pk=Subquery(copy)).order_by("title").defer_streamfields()


class GroupEntryForm(EntryForm):
    """An application for a group, as it was told on the phone."""

    class Meta:
        field_classes = {"topics": RowsField, "offer": RowField}
        widgets = {"topics": forms.CheckboxSelectMultiple, "offer": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer = self.fields["offer"]
        offer.queryset = offers_to_ask_for()
        offer.empty_label = _("Any group")
        self._take_from_minimum_age(centre_of(self.site).minimum_age)

    def _take_from_minimum_age(self, minimum):
        age = self.fields["age_band"]
        too_young = [band.value for band in AgeBand if band.youngest < minimum]
        age.choices = [(value, label) for value, label in age.choices if value not in too_young]
        if too_young:
            age.help_text = _("The centre takes people into groups from %(age)d years.") % {
                "age": minimum
            }

    def application(self):
        """Give the application, on the waiting list where its offer is full."""
        application = super().application()
        offer = application.offer and application.offer.original
        application.offer = offer
        application.on_waiting_list = offer is not None and offer.state == OfferState.FULL
        return application
