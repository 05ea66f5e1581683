"""Confirming that two applications are one person's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import duplicates
from .steps import ActionForm


class MergeForm(ActionForm):
    """Both applications as they were seen."""

    done = _("Merged. Its history stands below, marked with its reference.")
    other_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, other, **kwargs):
        super().__init__(*args, **kwargs)
        self.other = other

    def save(self, user):
        """Merge the other one into the application."""
        seen = {**self._seen(user), "other_version": self.cleaned_data["other_version"]}
        duplicates.merge(self.application, self.other, **seen)
