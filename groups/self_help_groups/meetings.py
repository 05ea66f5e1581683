"""The meetings of all groups: this week's, and those that nobody has noted yet."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from linksite.intake.actions import ChangeNotAllowed, StaleApplication
from linksite.intake.listing.pagination import CappedPaginator

from ..actions import meetings
from ..models import GroupMeeting, MeetingKind
from .forms import GroupActionForm, TimeForm


class AddMeetingForm(TimeForm):
    """One more meeting that initiators come to."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, kind.label) for kind in (MeetingKind.SUPPORTED, MeetingKind.FOLLOW_UP)],
    )
    field_order = ["version", "kind", "day", "time"]

    def save(self, user):
        """Plan it."""
        meetings.add(self.group, self.cleaned_data["kind"], self.at, **self._seen(user))


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
        meetings.move(self.cleaned_data["meeting"], self.at, **self._seen(user))


class RemoveMeetingForm(MeetingForm):
    """Take it off the plan."""

    done = _("Removed.")

    def save(self, user):
        """Remove it."""
        meetings.remove(self.cleaned_data["meeting"], **self._seen(user))


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
        meetings.note(data["meeting"], data["held"], **self._seen(user))


class NoteAnyMeetingForm(NoteMeetingForm):
    """Whether a meeting of some group was held."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = GroupMeeting.objects.select_related("group")


class MeetingsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, ListView):
    """What is planned until Sunday, after what has been and waits to be noted: the oldest first."""

    any_permission_required = ["view"]
    page_title = gettext_lazy("Meetings")
    header_icon = "calendar-alt"
    template_name = "groups/self_help_groups/meetings.html"
    context_object_name = "meetings"
    paginator_class = CappedPaginator
    paginate_by = 50
    page_kwarg = "p"
    model = None
    index_url_name = None

    def get_queryset(self):
        """Give the meetings with their groups."""
        return GroupMeeting.objects.due_this_week().select_related("group").order_by("at", "pk")

    def paginate_queryset(self, queryset, page_size):
        """Give the page asked for; never an error."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_breadcrumbs_items(self):
        """Give the way from the groups to here."""
        groups = {"url": reverse(self.index_url_name), "label": gettext("Self-help groups")}
        return [*self.breadcrumbs_items, groups, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        """Add whether the user may note meetings, and what time it is."""
        return {
            **super().get_context_data(**kwargs),
            "may_change": self.user_has_permission("change"),
            "now": timezone.now(),
        }

    def post(self, request, *args, **kwargs):
        """Note that a meeting was held or not, and come back to the list."""
        if not self.user_has_permission("change"):
            raise PermissionDenied
        form = NoteAnyMeetingForm(request.POST, group=None)
        if not form.is_valid():
            return HttpResponseBadRequest()
        self._note(form)
        return redirect(request.get_full_path())

    def _note(self, form):
        try:
            form.save(self.request.user)
        except ChangeNotAllowed as error:
            messages.error(self.request, str(error))
        except StaleApplication:
            messages.warning(
                self.request,
                gettext(
                    "Nothing was noted, because the group has been changed meanwhile. Look again."
                ),
            )
        else:
            messages.success(self.request, form.done)
