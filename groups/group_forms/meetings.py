"""The meetings that initiators come to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..models import GroupMeeting, MeetingKind
from .base import GroupActionForm, TimeForm


class AddMeetingForm(TimeForm):
    """One more meeting that initiators come to."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, kind.label) for kind in (MeetingKind.SUPPORTED, MeetingKind.FOLLOW_UP)],
    )
    field_order = ["version", "kind", "day", "time"]

    def save(self, user):
        """Plan it."""
        actions.add_meeting(self.group, self.cleaned_data["kind"], self.at, **self._seen(user))


class MeetingForm(GroupActionForm):
    """Something about one of the group's meetings."""

    meeting = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = GroupMeeting.objects.filter(group=self.group)


class MoveMeetingForm(MeetingForm, TimeForm):
    """Another time for it."""

    done = _("Moved.")

    def save(self, user):
        """Move it."""
        actions.move_meeting(self.cleaned_data["meeting"], self.at, **self._seen(user))


class RemoveMeetingForm(MeetingForm):
    """Take it off the plan."""

    done = _("Removed.")

    def save(self, user):
        """Remove it."""
        actions.remove_meeting(self.cleaned_data["meeting"], **self._seen(user))


class NoteMeetingForm(MeetingForm):
    """Whether it was held; empty takes back what was noted."""

    done = _("Noted.")
    held = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        required=False,
    )

    def save(self, user):
        """Note it."""
        data = self.cleaned_data
        actions.note_meeting(data["meeting"], data["held"], **self._seen(user))
