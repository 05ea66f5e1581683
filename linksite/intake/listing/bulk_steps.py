"""What can be done with several applications of any queue: assign, set a follow-up, move on."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from .. import actions
from ..fields import AsksWhy, AssigneeField, LaterDayField
from ..statuses import HOLDING_STATUSES, ClosingReason, Status
from .bulk import ChoiceForm, Line, QueueBulkAction


class AssignForm(ChoiceForm):
    to = AssigneeField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(self.model)


class AssignBulkAction(QueueBulkAction):
    display_name = _("Assign")
    aria_label = _("Assign the chosen applications")
    action_type = "assign"
    action_priority = 10
    icon = "user"
    form_class = AssignForm

    def plan(self, applications, choice):
        """Leave out those that are assigned to them already."""
        to = choice["to"]
        new = get_user_display_name(to) or gettext("Nobody")
        for application in applications:
            old = get_user_display_name(application.assigned_to) or gettext("Nobody")
            same = application.assigned_to == to
            refusal = gettext("Already assigned to them.") if same else ""
            yield Line(application, old, new, refusal)

    def change(self, application, choice, version):
        actions.assign(application, choice["to"], user=self.request.user, version=version)


class FollowUpForm(ChoiceForm):
    follow_up_on = LaterDayField(label=_("Follow up on"))


class FollowUpBulkAction(QueueBulkAction):
    display_name = _("Follow up")
    aria_label = _("Set a follow-up for the chosen applications")
    action_type = "follow_up"
    action_priority = 20
    icon = "date"
    form_class = FollowUpForm

    def plan(self, applications, choice):
        """Leave out closed applications."""
        new = _day(choice["follow_up_on"])
        for application in applications:
            refusal = "" if application.is_open else gettext("It is closed.")
            yield Line(application, _day(application.follow_up_on), new, refusal)

    def change(self, application, choice, version):
        day = choice["follow_up_on"]
        actions.set_follow_up(application, day, user=self.request.user, version=version)


class StatusForm(AsksWhy, ChoiceForm):
    no_reason = _("Choose why they are being closed.")
    status = forms.ChoiceField(label=_("New status"))
    reason = forms.ChoiceField(label=_("If closed: why?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        queue = self.model.queue
        never = {*queue.set_by_actions, Status.NEW}
        by_hand = [(one.value, one.label) for one in queue.statuses if one not in never]
        self.fields["status"].choices = by_hand
        self.offer_reasons(queue)


class StatusBulkAction(QueueBulkAction):
    """Moves them all to the same status, where the table of allowed changes permits it."""

    display_name = _("Change status")
    aria_label = _("Change the status of the chosen applications")
    action_type = "status"
    action_priority = 30
    icon = "arrow-right"
    form_class = StatusForm

    def plan(self, applications, choice):
        """Leave out those that cannot be moved there by hand, and say who loses a place."""
        new = Status(choice["status"]).label
        if choice["reason"]:
            new = f"{new} ({ClosingReason(choice['reason']).label})"
        refusals = self.model.queue.refusals(applications, choice["status"])
        for application in applications:
            old, refusal = application.get_status_display(), _no_way(application, choice["status"])
            refusal = refusal or refusals.get(application.pk, "")
            frees = application.status in HOLDING_STATUSES and not refusal
            note = gettext("%(status)s. Their place is freed.") % {"status": new}
            yield Line(application, old, note if frees else new, refusal)

    def change(self, application, choice, version):
        actions.change_status(application, user=self.request.user, version=version, **choice)


def _no_way(application, status):
    if application.status == status:
        return gettext("It already has this status.")
    if status not in application.allowed_changes:
        return gettext("It cannot change to this status now.")
    return ""


def _day(day):
    return date_format(day, "SHORT_DATE_FORMAT") if day else gettext("None")
