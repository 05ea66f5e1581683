"""What staff can send from an application's page. Each form calls one or two verbs of `actions`."""

from datetime import timedelta

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from .. import actions
from ..models import Note
from ..permissions import who_may
from ..statuses import Status
from ..waiting import working_day
from .fields import LaterDayField

#: Days ahead that one click sets a follow-up to.
SOON = [(1, _("Next working day")), (3, _("In 3 days")), (7, _("In a week")), (14, _("In 2 weeks"))]


class ActionForm(forms.Form):
    """Something to do with an application, as it was when its page was opened."""

    #: What the page says when it is done.
    done = ""
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application

    def save(self, user):
        """Do it, as `user`. Raises what the verb raises."""
        raise NotImplementedError

    def _seen(self, user):
        return {"user": user, "version": self.cleaned_data["version"]}


class StepForm(ActionForm):
    """The next step: a call or a new status, with a note or without, or a note alone."""

    done = _("Saved.")
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=Note._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    call = forms.ChoiceField(
        required=False, choices=[("reached", _("Reached")), ("no_answer", _("No answer"))]
    )
    status = forms.ChoiceField(required=False)
    reason = forms.ChoiceField(label=_("Why is it closed?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reasons = [(reason.value, reason.label) for reason in self.application.reasons_by_hand()]
        self.fields["status"].choices = Status.choices
        self.fields["reason"].choices = [("", _("Choose a reason")), *reasons]

    @property
    def next_statuses(self):
        """The statuses one click leads to; closing asks for a reason first."""
        return [status for status in self.application.changes_by_hand if status != Status.CLOSED]

    @property
    def may_close(self):
        """Whether the application can be closed from where it is."""
        return Status.CLOSED in self.application.allowed_changes

    def clean(self):
        """Ask for a note, a call or a change, and for a reason when it is to be closed."""
        data = super().clean()
        closing = data.get("status") == Status.CLOSED
        if closing and not data.get("reason"):
            self.add_error("reason", _("Say why the application is closed."))
        if not any(data.get(name) for name in ("status", "call", "note")) and not self.errors:
            self.add_error("note", _("Write a note first."))
        if data.get("status") and data.get("call"):
            self.add_error(None, _("Log the call first, then change the status."))
        # The list of reasons stands beside every button; it counts for closing only.
        data["reason"] = data.get("reason", "") if closing else ""
        return data

    @transaction.atomic
    def save(self, user):
        """Write the note and do the step: both or neither."""
        data, seen = self.cleaned_data, self._seen(user)
        if data["call"]:
            actions.log_call(self.application, reached=data["call"] == "reached", **seen)
        if data["status"]:
            actions.change_status(self.application, data["status"], reason=data["reason"], **seen)
        if data["note"]:
            actions.add_note(self.application, data["note"], user=user)


class AssignForm(ActionForm):
    """Who takes care of it; empty is nobody."""

    done = _("Assigned.")
    to = forms.ModelChoiceField(
        label=_("Assigned to"), queryset=None, required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = who_may("change", type(self.application))
        self.fields["to"].label_from_instance = get_user_display_name
        self.fields["to"].initial = self.application.assigned_to_id

    def save(self, user):
        """Assign it."""
        actions.assign(self.application, self.cleaned_data["to"], **self._seen(user))


class FollowUpForm(ActionForm):
    """The day of the next step; empty is none."""

    done = _("Follow-up saved.")
    follow_up_on = LaterDayField(label=_("Follow up on"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["follow_up_on"].initial = self.application.follow_up_on

    @property
    def soon(self):
        """The working days that one click chooses, each with its name."""
        today = timezone.localdate()
        return [(working_day(today + timedelta(days=days)), name) for days, name in SOON]

    def save(self, user):
        """Set or remove the date."""
        actions.set_follow_up(
            self.application, self.cleaned_data["follow_up_on"], **self._seen(user)
        )


#: The forms of an application's page by the name each is sent with.
ACTION_FORMS = {"step": StepForm, "assign": AssignForm, "follow_up": FollowUpForm}
