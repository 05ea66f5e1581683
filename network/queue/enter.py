"""What staff ask an initiator or an organisation that calls."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linksite.content.translations import once_each
from linksite.intake.pages.enter import EntryForm

from ..models import NetworkMeetingPage
from ..organisation_numbers import OrganisationNumberField
from .people import NomineeForm, Redrawable, people_formset

#: The fields of a network application that staff fill in.
ENTRY_FIELDS = ["organisation", "organisation_number", "partner", "cooperation", "meeting"]


PeopleFormSet = people_formset(NomineeForm)


class NetworkEntryForm(Redrawable, EntryForm):
    """An application for the network, as told on the phone."""

    organisation_number = OrganisationNumberField(label=_("Organisation number"), required=False)

    class Meta:
        widgets = {"meeting": forms.Select}

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        meeting = self.fields["meeting"]
        ahead = NetworkMeetingPage.objects.live().filter(alias_of=None).upcoming()
        meeting.queryset = once_each(ahead).defer_streamfields()
        meeting.empty_label = _("None")
        self.unfinished = "more_rows" in (data or {})
        self.people = PeopleFormSet(data, unfinished=self.unfinished)

    def is_valid(self):
        return super().is_valid() and not self.unfinished

    def clean(self):
        data = super().clean()
        if not all(row.is_valid() for row in self.people):
            wrong = _("Something is missing or wrong. See the message next to each field.")
            self.add_error(None, wrong)
        for error in self.people.non_form_errors():
            self.add_error(None, error)
        return data

    def application(self):
        """Return the application, with the meeting's page in the default language."""
        application = super().application()
        application.meeting = application.meeting and application.meeting.original
        return application

    def save_related(self, application):
        super().save_related(application)
        self.people.save(application)
