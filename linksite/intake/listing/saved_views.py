"""Saving the filters of a queue under a name, for oneself alone, and deleting them."""

from django import forms
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ..models import SavedView
from .neighbours import filters_in

#: More would hide the list below them.
MOST = 20


def views_of(user, model):
    """Return the views that `user` has saved of the queue of `model`."""
    return SavedView.objects.filter(owner=user, queue=model._meta.app_label)


class SavedViewForm(forms.Form):
    """A name for the filters shown. The search text is left out: it may be a name."""

    name = forms.CharField(
        label=gettext_lazy("Name of the view"),
        max_length=SavedView._meta.get_field("name").max_length,
    )
    query = forms.CharField(
        max_length=SavedView._meta.get_field("query").max_length, widget=forms.HiddenInput
    )

    def __init__(self, *args, filterset_class, **kwargs):
        super().__init__(*args, **kwargs)
        self.filterset_class = filterset_class

    def clean_query(self):
        """Return the filters as in an address; refuse those that make no sense."""
        filters = filters_in(QueryDict(self.cleaned_data["query"]), self.filterset_class)
        if not filters or not self.filterset_class(filters).is_valid():
            raise forms.ValidationError(_("Choose a filter first."))
        return filters.urlencode()


class QueueView(PermissionCheckedMixin, View):
    """Something sent from the list of a queue, by somebody who may see it."""

    permission_required = "view"
    http_method_names = ["post"]
    model = None
    index_url_name = None

    def back(self, query=""):
        url = reverse(self.index_url_name)
        return redirect(f"{url}?{query}" if query else url)


class SaveView(QueueView):
    """Saves the filters shown; the same name again replaces the old ones."""

    filterset_class = None

    def post(self, request):
        form = SavedViewForm(request.POST, filterset_class=self.filterset_class)
        if not form.is_valid():
            messages.error(request, " ".join(sum(form.errors.values(), [])))
            return self.back()
        name, query = form.cleaned_data["name"], form.cleaned_data["query"]
        if views_of(request.user, self.model).exclude(name=name).count() >= MOST:
            messages.error(request, _("You already have many views. Delete one of them first."))
            return self.back(query)
        key = {"owner": request.user, "queue": self.model._meta.app_label, "name": name}
        SavedView.objects.update_or_create(**key, defaults={"query": query})
        messages.success(request, _("The view “%(name)s” has been saved.") % {"name": name})
        return self.back(query)


class ForgetView(QueueView):
    """Deletes one of the user's own views; nobody else's can be reached."""

    def post(self, request, pk):
        view = get_object_or_404(views_of(request.user, self.model), pk=pk)
        view.delete()
        messages.success(request, _("The view “%(name)s” has been deleted.") % {"name": view.name})
        return self.back()
