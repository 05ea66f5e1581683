"""The page of one application: what it says, what happened, and what can be done now."""

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views import generic

from .. import actions, duplicates, history
from ..forms import ACTION_FORMS
from ..mail_kinds import KINDS
from ..neighbours import KeepsTheList, neighbours
from .one import SavesForms, visible_application


class ApplicationDetailView(KeepsTheList, SavesForms, generic.InspectView):
    """Everything about one application, what happened to it, and what can be done now.

    A queue adds buttons by `page_links()`, and boxes by `extra_panels` with what they need in
    `get_context_data()`.
    """

    any_permission_required = ["view"]
    page_title = pgettext_lazy("applications", "Application")
    forms = ACTION_FORMS
    correct_url_name = None
    write_url_name = None
    merge_url_name = None
    inspect_url_name = None
    #: Templates of further boxes, shown below what the person asks for.
    extra_panels = []

    def get_object(self, queryset=None):
        """Give the application, 404 for who may not see it."""
        return visible_application(self.model, self.request.user, self.pk)

    def get_field_display_value(self, field_name, field):
        """Give the value as people read it."""
        if hasattr(field, "labels"):
            return ", ".join(str(label) for label in field.labels(getattr(self.object, field_name)))
        if isinstance(field, BooleanField):
            return _("Yes") if getattr(self.object, field_name) else _("No")
        value = super().get_field_display_value(field_name, field)
        # Wagtail's sign for an empty list; the page has one for everything that is empty.
        return "" if value == "-" else value

    @cached_property
    def may_change(self):
        """Whether the user may do more than look."""
        return self.user_has_permission("change")

    def post(self, request, *args, **kwargs):
        """Do what was asked; show the page with everything typed when it cannot be done."""
        if not self.may_change:
            raise PermissionDenied
        action = request.POST.get("action")
        if action not in self.forms:
            return HttpResponseBadRequest()
        form = self._form(action, request.POST)
        if form.is_valid() and self.saved(form):
            messages.success(request, form.done)
            return redirect(self.with_list(request.path))
        context = self.get_context_data(bound={action: form})
        return self.render_to_response(context, status=409 if form.is_valid() else 422)

    def page_links(self) -> list[dict]:
        """Give `label`, `url` and `icon` of what has a page of its own, for who may change it."""
        return []

    def _form(self, action, data=None):
        form_class = self.forms[action]
        return form_class(data, application=self.object, auto_id=f"{action}-%s")

    def get_context_data(self, bound=None, **kwargs):
        """Add the `action_forms`, the `timeline`, the `openings`, the `duplicates` and `merged`."""
        context = super().get_context_data(**kwargs)
        if self.may_change:
            forms = {action: self._form(action) for action in self.forms}
            context["action_forms"] = {**forms, **(bound or {})}
            context["page_links"] = [
                {**link, "url": self.with_list(link["url"])} for link in self.page_links()
            ]
            context["mail_kinds"] = [kind for kind in KINDS.values() if kind.by_hand]
        return {
            **context,
            "application": self.object,
            "neighbours": neighbours(self),
            "list_query": self.list_query,
            "timeline": history.timeline(self.object, self.request.user),
            "openings": history.openings(self.object),
            **self._duplicates(),
            "assignee": get_user_display_name(self.object.assigned_to),
            "heard_by": get_user_display_name(self.object.consent_heard_by),
            "extra_panels": self.extra_panels,
        }

    def _duplicates(self):
        user = self.request.user
        kept = self.model.objects.visible_to(user).filter(pk=self.object.duplicate_of_id).first()
        found = duplicates.of(self.object, user)
        return {
            "duplicates": [(one, self._merge_url(one)) for one in found],
            "duplicate_of": kept,
            "merged": self.merged,
        }

    @cached_property
    def merged(self):
        """What was merged into the application, and says what it does not say itself."""
        return duplicates.merged_into(self.object, self.request.user)

    def _merge_url(self, one):
        """Give the address of the page that merges the two; empty where neither can be kept.

        Which of the two is kept does not depend on whose page is open.
        """
        kept, other = duplicates.furthest_first(self.object, one)
        if duplicates.why_not(kept, other):
            return ""
        return self.with_list(reverse(self.merge_url_name, args=[kept.pk, other.pk]))

    def render_to_response(self, context, **response_kwargs):
        """Log that the page was read, whichever way it was asked for."""
        for one in (self.object, *self.merged):
            actions.opened(one, user=self.request.user)
        return super().render_to_response(context, **response_kwargs)
