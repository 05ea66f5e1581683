"""The filters of a queue. Their whole state is in the address, so that a view can be shared."""

from datetime import date

import django_filters
from django.core.validators import MinValueValidator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.fields import DateRangeField, ModelChoiceField
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.utils import get_user_display_name

from ..fields import Bounded
from ..permissions import who_may

#: No application is older, and the first days there are have no midnight in every time zone.
EARLIEST = date(1900, 1, 1)


#: Beside the statuses themselves: all where somebody still has to do something.
OPEN = "open"


class Due(TextChoices):
    """What may be asked about the next step."""

    OVERDUE = "overdue", _("Overdue")
    TODAY = "today", _("Follow-up today or earlier")
    NONE = "none", _("No follow-up date")


class UserChoiceField(ModelChoiceField):
    """A choice of users by the name they are known by."""

    def label_from_instance(self, obj):
        """Give the user's name."""
        return get_user_display_name(obj)


class UserFilter(django_filters.ModelChoiceFilter):
    """A filter on a user."""

    field_class = UserChoiceField


class PageField(Bounded, ModelChoiceField):
    """A choice of a page."""


class PageFilter(django_filters.ModelChoiceFilter):
    """A filter on a page."""

    field_class = PageField


class DaysField(DateRangeField):
    """From one day to another."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields:
            field.validators.append(MinValueValidator(EARLIEST))


class DaysFilter(django_filters.DateFromToRangeFilter):
    """A filter on the days from one to another."""

    field_class = DaysField


class ApplicationFilters(WagtailFilterSet):
    """What both queues can be filtered by; a subclass names its model and adds its own."""

    #: The order in which they are offered: these, a queue's own, and those.
    first = ["status", "due", "assigned_to"]
    last = ["received", "language"]

    status = django_filters.ChoiceFilter(
        method="filter_status", label=_("Status"), empty_label=_("All")
    )
    due = django_filters.ChoiceFilter(
        method="filter_due", choices=Due, label=_("Next step"), empty_label=_("All")
    )
    assigned_to = UserFilter(
        label=_("Assigned to"),
        queryset=None,
        empty_label=_("All"),
        null_label=_("Nobody"),
        null_value="nobody",
    )
    received = DaysFilter(
        field_name="submitted_at", label=_("Received"), widget=DateRangePickerWidget
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        model = self._meta.model
        self.filters["assigned_to"].queryset = who_may("change", model)
        self.filters["status"].extra["choices"] = [
            (OPEN, pgettext_lazy("applications", "Open")),
            *((status.value, status.label) for status in model.queue.statuses),
        ]

    def filter_status(self, applications, name, value):
        """Give the applications with one status, or all that are open."""
        return applications.open() if value == OPEN else applications.filter(status=value)

    def filter_due(self, applications, name, value):
        """Give the applications whose next step is overdue, due today, or has no date."""
        if value == Due.OVERDUE:
            return applications.overdue()
        if value == Due.TODAY:
            return applications.follow_up_due()
        return applications.open().filter(follow_up_on=None)
