"""The page that says what merging two applications does, before it is done."""

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import actions, duplicates, history
from .base import ActionForm, ApplicationFormView, visible_application


class MergeForm(ActionForm):
    """Both applications in the versions that were seen."""

    done = _("Merged. Its history is below, marked with its reference.")
    other_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, other, **kwargs):
        super().__init__(*args, **kwargs)
        self.other = other

    def save(self, user):
        seen = {**self._seen(user), "other_version": self.cleaned_data["other_version"]}
        duplicates.merge(self.instance, self.other, **seen)


class MergeView(ApplicationFormView):
    """Two applications side by side: the one that is kept, and `other`, which is closed."""

    form_class = MergeForm
    template_name = "intake/pages/merge.html"
    page_title = _("Merge a duplicate")
    submit_label = _("Merge")
    merge_url_name = None

    @cached_property
    def other(self):
        """The application that may be a duplicate; 404 for users who may not see it."""
        return visible_application(self.model, self.request.user, self.kwargs["other"])

    def seen(self):
        return {**super().seen(), "other_version": self.other.version}

    def changes(self, form):
        version = form.cleaned_data["other_version"]
        return [*super().changes(form), *history.changes_since(self.other, version)]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "other": self.other}

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "other": self.other,
            "why_not": duplicates.why_not(self.object, self.other),
            "instead": self._instead(),
            "taken": duplicates.missing_in(self.object, self.other),
            "other_is_further": duplicates.has_come_further(self.other, self.object),
        }

    def _instead(self):
        if duplicates.why_not(self.other, self.object):
            return ""
        return self.with_list(reverse(self.merge_url_name, args=[self.other.pk, self.object.pk]))

    def render_to_response(self, context, **response_kwargs):
        actions.opened(self.other, user=self.request.user)
        return super().render_to_response(context, **response_kwargs)
