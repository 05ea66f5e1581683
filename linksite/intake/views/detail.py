"""The page of one application: what it says, what happened, and what can be done now."""

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views import generic

from .. import actions, history
from ..forms import ACTION_FORMS


class ApplicationDetailView(generic.InspectView):
    """Everything about one application, what happened to it, and what can be done now."""

    any_permission_required = ["view"]
    page_title = pgettext_lazy("applications", "Application")
    forms = ACTION_FORMS

    def get_object(self, queryset=None):
        """Give the application, 404 for who may not see it."""
        visible = self.model.objects.visible_to(self.request.user).with_overdue()
        return get_object_or_404(visible.select_related("assigned_to", "site"), pk=self.pk)

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
        if form.is_valid() and self._saved(form):
            messages.success(request, form.done)
            return redirect(request.path)
        context = self.get_context_data(bound={action: form})
        return self.render_to_response(context, status=409 if form.is_valid() else 422)

    def _saved(self, form):
        """Save the form and say whether that was possible; if not, tell the user why."""
        try:
            form.save(self.request.user)
        except actions.ChangeNotAllowed as error:
            messages.error(self.request, str(error))
        except actions.StaleApplication:
            messages.warning(self.request, self._what_happened(form.cleaned_data["version"]))
        else:
            return True
        self.object.refresh_from_db()
        return False

    def _what_happened(self, version):
        changes = history.changes_since(self.object, version)
        what = "; ".join(f"{change.user_display_name}: {change.message}" for change in changes)
        return _(
            "Nothing was saved, because the application has been changed since you opened it "
            "(%(changes)s). What you wrote still stands below: look, and send it again if it "
            "still fits."
        ) % {"changes": what}

    def _form(self, action, data=None):
        form_class = self.forms[action]
        return form_class(data, application=self.object, auto_id=f"{action}-%s")

    def get_context_data(self, bound=None, **kwargs):
        """Add the `action_forms`, the `timeline`, the `openings` and the mails."""
        context = super().get_context_data(**kwargs)
        if self.may_change:
            forms = {action: self._form(action) for action in self.forms}
            context["action_forms"] = {**forms, **(bound or {})}
        return {
            **context,
            "application": self.object,
            "timeline": history.timeline(self.object),
            "openings": history.openings(self.object),
            "mails": self.object.mails.all(),
            "assignee": get_user_display_name(self.object.assigned_to),
        }

    def render_to_response(self, context, **response_kwargs):
        """Log that the page was read, whichever way it was asked for."""
        actions.opened(self.object, user=self.request.user)
        return super().render_to_response(context, **response_kwargs)
