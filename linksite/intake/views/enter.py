"""The page where staff enter an application that did not come by the signup form."""

from django.forms.models import modelform_factory
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Site

from .. import actions, duplicates
from ..forms import EntryForm
from ..forms.entering import COMMON, CONSENT
from ..neighbours import KeepsTheList
from .wrong import ShowsWhatIsWrong


class EnterView(
    KeepsTheList, ShowsWhatIsWrong, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView
):
    """A new application, as it was told on the phone."""

    permission_required = "add"
    template_name = "intake/enter.html"
    page_title = pgettext_lazy("applications", "New application")
    submit_label = gettext_lazy("Save the application")
    model = None
    index_url_name = None
    inspect_url_name = None
    #: The ground of the form, and what this queue asks beside what all ask.
    entry_form = EntryForm
    entry_fields = []

    def get_form_class(self):
        """Give the form with this queue's fields."""
        fields = [*COMMON, *self.entry_fields, *CONSENT]
        return modelform_factory(self.model, form=self.entry_form, fields=fields)

    def get_form_kwargs(self):
        """Tell the form who fills it in, and where."""
        site = Site.find_for_request(self.request)
        return {**super().get_form_kwargs(), "user": self.request.user, "site": site}

    def form_valid(self, form):
        """Save it, and lead to its page, where duplicates are pointed out."""
        application = actions.receive(
            form.application(),
            user=self.request.user,
            save_related=form.save_related,
        )
        messages.success(self.request, _("Saved as %(reference)s.") % {"reference": application})
        if duplicates.of(application, self.request.user):
            told = _("The same e-mail or phone stands in another application: look below.")
            messages.warning(self.request, told)
        return redirect(self.with_list(reverse(self.inspect_url_name, args=[application.pk])))

    def get_breadcrumbs_items(self):
        """Give the way from the list to here."""
        plural = capfirst(self.model._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": self.with_list(reverse(self.index_url_name)), "label": plural},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        """Add the parts of the form, each with a heading, and the way `back`."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        helped = ["helper", "asked_for_it"]
        parts = [
            (_("Who it is"), [name for name in COMMON if name != "helper"]),
            (_("What they ask for"), self.entry_fields),
            (_("Signed up with help"), helped),
            (_("Consent, given orally"), CONSENT),
        ]
        return {
            **context,
            "parts": [(heading, [form[name] for name in names]) for heading, names in parts],
            "back": self.with_list(reverse(self.index_url_name)),
            "submit_label": self.submit_label,
        }
