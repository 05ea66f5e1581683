"""What pages about one application or group share: who may see it, and how forms are saved."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from .. import actions, history
from ..listing.neighbours import KeepsTheList


class ShowsWhatIsWrong:
    """Shows a form again with its errors, focusing the first field that has one."""

    def form_invalid(self, form):
        for field in form:
            if field.errors and not field.is_hidden:
                field.field.widget.attrs["autofocus"] = True
                break
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ActionForm(forms.Form):
    """Something to do with `instance`, in the version in which its page was opened."""

    #: What the page says when it is done.
    done = _("Saved.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, instance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance = instance

    def save(self, user):
        """Act as `user`. Raise what the verb raises."""
        raise NotImplementedError

    def _seen(self, user):
        return {"user": user, "version": self.cleaned_data["version"]}


def visible_application(model, user, pk):
    """Return the application as `user` may see it; raise `Http404` if they may not."""
    visible = model.objects.visible_to(user).with_overdue()
    return get_object_or_404(
        visible.select_related("assigned_to", "consent_heard_by", "site"), pk=pk
    )


class SavesForms:
    """Saves a form about `self.object`, and tells the user when that fails."""

    #: What is said when somebody else was faster.
    overtaken = _(
        "Nothing was saved, because the application has changed since you opened it "
        "(%(changes)s). What you wrote is still below. Check it, and send it again if it "
        "is still right."
    )

    def saved(self, form) -> bool:
        """Return whether the form was saved; if not, the user has been told why."""
        try:
            form.save(self.request.user)
        except actions.ChangeNotAllowed as error:
            messages.error(self.request, str(error))
        except actions.StaleApplication:
            messages.warning(self.request, self.overtaken % {"changes": self.what_changed(form)})
        else:
            return True
        self.object.refresh_from_db()
        return False

    def changes(self, form) -> list:
        """Return the log entries of what has happened since the form was opened."""
        return history.changes_since(self.object, form.cleaned_data["version"])

    def what_changed(self, form) -> str:
        """Return in words who has changed what since the form was opened."""
        changes = self.changes(form)
        return "; ".join(f"{change.user_display_name}: {change.message}" for change in changes)


class DetailView(SavesForms, generic.InspectView):
    """The page of one object, with the forms for what can be done with it.

    Each form is sent back to the page with its name as `action`.
    """

    any_permission_required = ["view"]
    #: The forms by their names: subclasses of `ActionForm`.
    forms = {}

    @cached_property
    def may_change(self):
        return self.user_has_permission("change")

    def accepts(self, action) -> bool:
        """Return whether the user may send the form of that name."""
        return action in self.forms

    def offered(self) -> list[str]:
        """Return the names of the forms that the page shows."""
        return list(self.forms)

    def post(self, request, *args, **kwargs):
        """Save the form sent; if that fails, show the page with everything typed."""
        if not self.may_change:
            raise PermissionDenied
        action = request.POST.get("action")
        if not self.accepts(action):
            return HttpResponseBadRequest()
        form = self.get_form(action, request.POST)
        if form.is_valid() and self.saved(form):
            messages.success(request, form.done)
            return redirect(self.get_success_url())
        context = self.get_context_data(bound={action: form})
        return self.render_to_response(context, status=409 if form.is_valid() else 422)

    def get_success_url(self):
        return self.request.path

    def get_form(self, action, data=None):
        return self.forms[action](data, instance=self.object, auto_id=f"{action}-%s")

    def get_context_data(self, bound=None, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.may_change:
            forms = {action: self.get_form(action) for action in self.offered()}
            context["action_forms"] = {**forms, **(bound or {})}
        return context

    def render_to_response(self, context, **response_kwargs):
        """Log what was read, whatever the request's method."""
        self.log_reading(context)
        return super().render_to_response(context, **response_kwargs)

    def log_reading(self, context) -> None:
        """Log whose details the page shows."""
        raise NotImplementedError


class QueueFormView(
    KeepsTheList, ShowsWhatIsWrong, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView
):
    """A page of a queue with one form, and the way back."""

    template_name = "intake/pages/form.html"
    model = None
    index_url_name = None
    inspect_url_name = None
    #: What the button says.
    submit_label = ""

    def get_success_url(self):
        return self.with_list(reverse(self.index_url_name))

    def get_breadcrumbs_items(self):
        plural = capfirst(self.model._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": self.with_list(reverse(self.index_url_name)), "label": plural},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "back": self.get_success_url()}


class ApplicationFormView(SavesForms, QueueFormView):
    """A page beside an application's own, with one form: a subclass of `ActionForm`.

    Leads back to the application once the form is saved. A queue adds one to its addresses with
    `ApplicationViewSet.page()`.
    """

    permission_required = "change"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = visible_application(self.model, request.user, kwargs["pk"])

    def seen(self) -> dict:
        """Return the versions of what the page shows, by the fields that send them back."""
        return {"version": self.object.version}

    def get_form_kwargs(self):
        initial = {**self.seen(), **self.get_initial()}
        return {**super().get_form_kwargs(), "instance": self.object, "initial": initial}

    def form_valid(self, form):
        """Return to the application once saved; otherwise keep everything typed."""
        if not self.saved(form):
            form.data = form.data.copy()
            # What is sent next refers to what the page shows now.
            for name, version in self.seen().items():
                form.data[name] = version
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, form.done)
        return redirect(self.with_list(self.leads_to(form)))

    def leads_to(self, form) -> str:
        """Return the address that follows saving `form`: the application's own page."""
        return self.get_success_url()

    def get_success_url(self):
        return self.with_list(reverse(self.inspect_url_name, args=[self.object.pk]))

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": self.get_success_url(), "label": str(self.object)}, here]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "application": self.object}

    def render_to_response(self, context, **response_kwargs):
        actions.opened(self.object, user=self.request.user)
        return super().render_to_response(context, **response_kwargs)
