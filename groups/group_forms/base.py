"""What the forms of a group's page have in common."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Nobody plans further ahead: it is another year that was meant.
FURTHEST = timedelta(days=2 * 365)


def check_ahead(at: datetime) -> None:
    """Raise `ValidationError` for a time that has passed, or lies too far ahead."""
    if at <= timezone.now():
        raise forms.ValidationError(_("That has passed: choose a later time."))
    if at > timezone.now() + FURTHEST:
        raise forms.ValidationError(_("That is more than two years ahead: look at the year."))


class GroupActionForm(forms.Form):
    """Something to do with a group, as it was when its page was opened."""

    #: What the page says when it is done.
    done = _("Saved.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group

    def save(self, user):
        """Do it, as `user`. Raises what the verb raises."""
        raise NotImplementedError

    def _seen(self, user):
        return {"user": user, "version": self.cleaned_data["version"]}


class TimeForm(GroupActionForm):
    """A day and a time on it."""

    day = forms.DateField(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def suggest(self, at):
        """Fill in the time `at`, if there is one."""
        if at:
            at = timezone.localtime(at)
            self.initial |= {"day": at.date(), "time": at.time()}

    @property
    def at(self):
        """The moment that was chosen."""
        day, time = self.cleaned_data["day"], self.cleaned_data["time"]
        return timezone.make_aware(datetime.combine(day, time))

    def clean(self):
        """Refuse a time that has passed, or lies too far ahead."""
        data = super().clean()
        if "day" in data and "time" in data:
            try:
                check_ahead(self.at)
            except forms.ValidationError as error:
                self.add_error("day", error)
        return data
