"""The filters of a queue. All their state is in the address, so that a view can be shared."""

from datetime import date

import django_filters
from django.contrib.auth import get_user_model
from django.core.validators import MinValueValidator
from django.db.models import Q, TextChoices
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_filters.fields import DateRangeField, ModelChoiceField
from wagtail.admin.active_filters import BaseFilterAdapter, register_filter_adapter_class
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.utils import get_user_display_name

from ..permissions import who_may

#: No application is older, and the very first dates have no midnight in every time zone.
EARLIEST = date(1900, 1, 1)
#: Besides the statuses themselves: every application that is not closed.
OPEN = "open"


class Due(TextChoices):
    """What can be asked about the next step."""

    OVERDUE = "overdue", _("Overdue")
    TODAY = "today", _("Follow-up today or earlier")
    NONE = "none", _("No follow-up date")


class YesNoAdapter(BaseFilterAdapter):
    """Says above the list what Wagtail shows as True and False."""

    def get_active_filters(self):
        for shown in super().get_active_filters():
            yield shown._replace(value=gettext("Yes") if self.value else gettext("No"))


register_filter_adapter_class(django_filters.BooleanFilter, YesNoAdapter)


class MailState(TextChoices):
    STUCK = "stuck", _("Not sent for an hour, or refused")


class UserChoiceField(ModelChoiceField):
    def label_from_instance(self, obj):
        return get_user_display_name(obj)


class UserFilter(django_filters.ModelChoiceFilter):
    field_class = UserChoiceField


class DaysField(DateRangeField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields:
            field.validators.append(MinValueValidator(EARLIEST))


class DaysFilter(django_filters.DateFromToRangeFilter):
    field_class = DaysField


class ApplicationFilters(WagtailFilterSet):
    """The filters both queues have; a subclass names its model and adds its own."""

    #: The order of the filters: the first ones, a queue's own, the last ones.
    first = ["status", "due", "assigned_to"]
    last = ["received", "language", "mail"]

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
    mail = django_filters.ChoiceFilter(
        method="filter_mail", choices=MailState, label=_("Email"), empty_label=_("All")
    )
    received = DaysFilter(
        field_name="submitted_at", label=_("Received"), widget=DateRangePickerWidget
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        model = self._meta.model
        # Whoever may work here, and whoever was left with something.
        assigned = model.objects.exclude(assigned_to=None).values("assigned_to")
        may_work = who_may("change", model)
        users = get_user_model().objects.filter(
            Q(pk__in=may_work.values("pk")) | Q(pk__in=assigned)
        )
        self.filters["assigned_to"].queryset = users.order_by(*may_work.query.order_by)
        self.filters["status"].extra["choices"] = [
            (OPEN, pgettext_lazy("applications", "Open")),
            *((status.value, status.label) for status in model.queue.statuses),
        ]

    def filter_status(self, applications, name, value):
        return applications.open() if value == OPEN else applications.filter(status=value)

    def filter_mail(self, applications, name, value):
        """Return the open ones to whom a mail does not get through."""
        mails = self._meta.model.mails.field.model.objects.stuck()
        return applications.open().filter(pk__in=mails.values("application"))

    def filter_due(self, applications, name, value):
        if value == Due.OVERDUE:
            return applications.overdue()
        if value == Due.TODAY:
            return applications.follow_up_due()
        return applications.open().filter(follow_up_on=None)
