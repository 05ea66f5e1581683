"""The page of one application: its answers, its history, and what can be done now."""

from datetime import timedelta

from django import forms
from django.db import transaction
from django.db.models import BooleanField
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from .. import actions, duplicates, history
from ..fields import WHY_SO_LATE, AsksWhy, AssigneeField, LaterDayField, too_late
from ..listing.neighbours import KeepsTheList, neighbours
from ..models import Note
from ..queue import mail_kinds
from ..statuses import Status
from ..working_days import working_day
from .base import ActionForm, DetailView, visible_application

#: Days ahead that one click sets a follow-up to.
SOON = [(1, _("Next working day")), (3, _("In 3 days")), (7, _("In a week")), (14, _("In 2 weeks"))]


class StepForm(AsksWhy, ActionForm):
    """The next step: a call or a new status, with or without a note, or only a note.

    The list of reasons is beside every button, but counts for closing only.
    """

    no_reason = _("Choose why the application is being closed.")
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
    reason = forms.ChoiceField(label=_("Why is it being closed?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = Status.choices
        self.offer_reasons(self.instance.queue)

    @property
    def next_statuses(self):
        """The statuses that one click leads to; closing asks for a reason first."""
        return [status for status in self.instance.changes_by_hand if status != Status.CLOSED]

    @property
    def may_close(self):
        """Whether the application can be closed from its status."""
        return Status.CLOSED in self.instance.allowed_changes

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in ("status", "call", "note")) and not self.errors:
            self.add_error("note", _("Write a note first."))
        if data.get("status") and data.get("call"):
            self.add_error(None, _("Log the call first, then change the status."))
        return data

    @transaction.atomic
    def save(self, user):
        """Save the note and do the step: both or neither."""
        data, seen = self.cleaned_data, self._seen(user)
        if data["call"]:
            actions.log_call(self.instance, reached=data["call"] == "reached", **seen)
        if data["status"]:
            actions.change_status(self.instance, data["status"], reason=data["reason"], **seen)
        if data["note"]:
            actions.add_note(self.instance, data["note"], user=user)


class AssignForm(ActionForm):
    done = _("Assigned.")
    to = AssigneeField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(type(self.instance))
        self.fields["to"].initial = self.instance.assigned_to_id

    def save(self, user):
        actions.assign(self.instance, self.cleaned_data["to"], **self._seen(user))


class FollowUpForm(ActionForm):
    """The day of the next step; none if left empty."""

    done = _("Follow-up saved.")
    follow_up_on = LaterDayField(label=_("Follow up on"), required=False, asks_why=True)
    why = forms.CharField(
        label=_("Why not earlier?"),
        required=False,
        max_length=500,
        help_text=_("For a day more than three months away. It is kept as a note."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["follow_up_on"].initial = self.instance.follow_up_on

    @property
    def soon(self):
        """The working days that one click chooses, each with its name."""
        today = timezone.localdate()
        return [(working_day(today + timedelta(days=days)), name) for days, name in SOON]

    def clean_why(self):
        why = self.cleaned_data["why"]
        if not why and too_late(self.cleaned_data.get("follow_up_on")):
            raise forms.ValidationError(WHY_SO_LATE)
        return why

    @transaction.atomic
    def save(self, user):
        actions.set_follow_up(self.instance, self.cleaned_data["follow_up_on"], **self._seen(user))
        if self.cleaned_data["why"]:
            actions.add_note(self.instance, self.cleaned_data["why"], user=user)


class ApplicationDetailView(KeepsTheList, DetailView):
    """The page of one application.

    A queue adds buttons by `page_links()`, and boxes by `extra_panels` with their context in
    `get_context_data()`.
    """

    page_title = pgettext_lazy("applications", "Application")
    forms = {"step": StepForm, "assign": AssignForm, "follow_up": FollowUpForm}
    correct_url_name = None
    write_url_name = None
    merge_url_name = None
    inspect_url_name = None
    #: Templates of further boxes, shown below what the person asks for.
    extra_panels = []

    def get_object(self, queryset=None):
        return visible_application(self.model, self.request.user, self.pk)

    def get_field_display_value(self, field_name, field):
        if hasattr(field, "labels"):
            return ", ".join(str(label) for label in field.labels(getattr(self.object, field_name)))
        if isinstance(field, BooleanField):
            return gettext("Yes") if getattr(self.object, field_name) else gettext("No")
        value = super().get_field_display_value(field_name, field)
        # Wagtail's sign for an empty list; the page has its own for everything empty.
        return "" if value == "-" else value

    def get_success_url(self):
        return self.with_list(super().get_success_url())

    def page_links(self) -> list[dict]:
        """Return `label`, `url` and `icon` of further pages, for users who may change it."""
        return []

    def get_context_data(self, **kwargs):
        context, user = super().get_context_data(**kwargs), self.request.user
        visible = self.model.objects.visible_to(user)
        if self.may_change:
            context["page_links"] = [
                {**link, "url": self.with_list(link["url"])} for link in self.page_links()
            ]
            context["mail_kinds"] = [kind for kind in mail_kinds().values() if kind.by_hand]
        return {
            **context,
            "application": self.object,
            "neighbours": neighbours(self),
            "list_query": self.list_query,
            "timeline": history.timeline(self.object, user),
            "openings": history.openings(self.object),
            "duplicates": [(one, self._merge_url(one)) for one in duplicates.of(self.object, user)],
            "duplicate_of": visible.filter(pk=self.object.duplicate_of_id).first(),
            "merged": self.merged,
            "assignee": get_user_display_name(self.object.assigned_to),
            "heard_by": get_user_display_name(self.object.consent_heard_by),
            "extra_panels": self.extra_panels,
        }

    @cached_property
    def merged(self):
        """The merged applications: they may say what this one does not."""
        return duplicates.merged_into(self.object, self.request.user)

    def _merge_url(self, one):
        """Return the address of the page that merges the two; empty where neither can be kept.

        Which of the two is kept does not depend on whose page is open.
        """
        kept, other = duplicates.furthest_first(self.object, one)
        if duplicates.why_not(kept, other):
            return ""
        return self.with_list(reverse(self.merge_url_name, args=[kept.pk, other.pk]))

    def log_reading(self, context):
        for one in (self.object, *self.merged):
            actions.opened(one, user=self.request.user)
