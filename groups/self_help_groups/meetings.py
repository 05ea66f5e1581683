"""The meetings of all groups: this week's, and those that nobody has noted yet."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from linksite.intake.listing.pagination import CappedPaginator
from linksite.intake.pages.base import ActionForm, SavesForms

from ..actions import meetings
from ..models import GroupMeeting, MeetingKind
from .forms import TimeForm


class AddMeetingForm(TimeForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, kind.label) for kind in (MeetingKind.SUPPORTED, MeetingKind.FOLLOW_UP)],
    )
    field_order = ["version", "kind", "day", "time"]

    def save(self, user):
        meetings.add(self.instance, self.cleaned_data["kind"], self.at, **self._seen(user))


class MeetingForm(ActionForm):
    """An action on one of the group's meetings."""

    meeting = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = self.to_choose_from()

    def to_choose_from(self):
        return GroupMeeting.objects.filter(group=self.instance)


class MoveMeetingForm(MeetingForm, TimeForm):
    done = _("Moved.")

    def save(self, user):
        meetings.move(self.cleaned_data["meeting"], self.at, **self._seen(user))


class RemoveMeetingForm(MeetingForm):
    done = _("Removed.")

    def save(self, user):
        meetings.remove(self.cleaned_data["meeting"], **self._seen(user))


class NoteMeetingForm(MeetingForm):
    """Whether it was held; empty takes back what was noted."""

    done = _("Recorded.")
    held = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        required=False,
    )

    def save(self, user):
        data = self.cleaned_data
        meetings.note(data["meeting"], data["held"], **self._seen(user))


class NoteAnyMeetingForm(NoteMeetingForm):
    def to_choose_from(self):
        return GroupMeeting.objects.select_related("group")


class MeetingsView(SavesForms, PermissionCheckedMixin, WagtailAdminTemplateMixin, ListView):
    """Meetings until Sunday, and past ones that are not noted yet; the oldest first."""

    any_permission_required = ["view"]
    page_title = _("Meetings")
    header_icon = "calendar-alt"
    template_name = "groups/self_help_groups/meetings.html"
    context_object_name = "meetings"
    paginator_class = CappedPaginator
    paginate_by = 50
    page_kwarg = "p"
    model = None
    index_url_name = None
    overtaken = _(
        "Nothing was recorded, because the group has changed in the meantime. Please check again."
    )

    def get_queryset(self):
        return GroupMeeting.objects.due_this_week().select_related("group").order_by("at", "pk")

    def paginate_queryset(self, queryset, page_size):
        """Show the nearest page, never an error, if there is no such page."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_breadcrumbs_items(self):
        groups = {"url": reverse(self.index_url_name), "label": _("Self-help groups")}
        return [*self.breadcrumbs_items, groups, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "may_change": self.user_has_permission("change"),
            "now": timezone.now(),
        }

    def post(self, request, *args, **kwargs):
        if not self.user_has_permission("change"):
            raise PermissionDenied
        form = NoteAnyMeetingForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest()
        self.object = form.cleaned_data["meeting"].group
        if self.saved(form):
            messages.success(request, form.done)
        return redirect(request.get_full_path())
