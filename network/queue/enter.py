"""What staff ask an initiator or an organisation that calls."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linksite.content.translations import once_each
from linksite.intake.fields import as_key
from linksite.intake.pages.enter import EntryForm

from ..models import NetworkMeetingPage, Nominee
from ..organisation_numbers import OrganisationNumberField
from .people import LEAST, MORE, MOST, Redrawable

#: The fields of a network application that staff fill in.
ENTRY_FIELDS = ["organisation", "organisation_number", "partner", "cooperation", "meeting"]


def meetings_to_ask_for():
    """Return one page for each meeting that is not over, the next one first."""
    ahead = NetworkMeetingPage.objects.live().filter(alias_of=None, ends_at__gte=timezone.now())
    return once_each(ahead).order_by("starts_at", "pk").defer_streamfields()


class NomineeForm(Redrawable, forms.ModelForm):
    """One of the people signed up. An empty row is nobody."""

    class Meta:
        model = Nominee
        fields = ["name", "email", "phone", "role"]
        error_messages = {"name": {"required": _("Enter this person's name, or clear the row.")}}

    def __init__(self, data, *, number):
        super().__init__(
            data, prefix=f"people-{number}", empty_permitted=True, use_required_attribute=False
        )
        for field in self.fields.values():
            # The browser would offer the staff member's own data.
            field.widget.attrs["autocomplete"] = "off"


class NetworkEntryForm(Redrawable, EntryForm):
    """An application for the network, as told on the phone."""

    organisation_number = OrganisationNumberField(label=_("Organisation number"), required=False)

    class Meta:
        widgets = {"meeting": forms.Select}

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        meeting = self.fields["meeting"]
        meeting.queryset = meetings_to_ask_for()
        meeting.empty_label = _("None")
        sent = data or {}
        self.unfinished = "more_rows" in sent
        rows = max(LEAST, as_key(sent.get("rows", "")) or 0) + (MORE if self.unfinished else 0)
        self.people = [NomineeForm(data, number=number) for number in range(min(rows, MOST))]
        for row in self.people:
            row.unfinished = self.unfinished

    @property
    def has_room(self) -> bool:
        return len(self.people) < MOST

    def is_valid(self):
        return super().is_valid() and not self.unfinished

    def clean(self):
        data = super().clean()
        if [row for row in self.people if not row.is_valid()]:
            wrong = _("Something is missing or wrong. See the message next to each field.")
            self.add_error(None, wrong)
        return data

    def application(self):
        """Return the application, with the meeting's page in the default language."""
        application = super().application()
        application.meeting = application.meeting and application.meeting.original
        return application

    def save_related(self, application):
        super().save_related(application)
        people = [row.save(commit=False) for row in self.people if row.has_changed()]
        for person in people:
            person.application = application
        Nominee.objects.bulk_create(people)
