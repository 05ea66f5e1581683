"""What staff ask an initiator or an organisation that calls."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linksite.intake.forms import EntryForm
from linksite.intake.keys import RowField

from .models import NetworkMeetingPage
from .organisation_numbers import OrganisationNumberField

#: The fields of a network application that staff fill in.
ENTRY_FIELDS = ["organisation", "organisation_number", "partner", "cooperation", "meeting"]


class NetworkEntryForm(EntryForm):
    """An application for the network, as it was told on the phone."""

    organisation_number = OrganisationNumberField(label=_("Organisation number"), required=False)

    class Meta:
        field_classes = {"meeting": RowField}
        widgets = {"meeting": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        meeting = self.fields["meeting"]
        ahead = NetworkMeetingPage.objects.live().filter(ends_at__gte=timezone.now())
        meeting.queryset = ahead.filter(alias_of=None).order_by("starts_at")
        meeting.empty_label = _("None")

    def application(self):
        """Give the application, with the meeting as it stands in its first language."""
        application = super().application()
        application.meeting = application.meeting and application.meeting.original
        return application
