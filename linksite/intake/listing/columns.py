"""The columns of a queue. On a phone a row becomes a card, so each cell knows its own label."""

from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.utils import get_user_display_name


class QueueColumn(Column):
    """A column of text, with a label that shows where the table has no headings."""

    cell_template_name = "intake/listing/cells/text.html"


class ReferenceColumn(TitleColumn):
    """The reference, linked to its page; the link keeps the filters of a table that has them."""

    cell_template_name = "intake/listing/cells/reference.html"

    def get_link_url(self, instance, parent_context):
        url = super().get_link_url(instance, parent_context)
        filters = getattr(parent_context["table"], "filters", None)
        return f"{url}?{filters.urlencode()}" if filters else url


class WaitingColumn(QueueColumn):
    """How long somebody has waited, in words, and whether that is too long."""

    cell_template_name = "intake/listing/cells/waiting.html"


class StatusColumn(QueueColumn):
    cell_template_name = "intake/listing/cells/status.html"


class FollowUpColumn(QueueColumn):
    cell_template_name = "intake/listing/cells/follow_up.html"


def common_columns(detail_url_name: str) -> list[Column]:
    """Return the columns that every queue begins with."""
    return [
        ReferenceColumn("reference", label=_("Reference"), url_name=detail_url_name),
        QueueColumn("name", label=_("Name"), classname="queue-name"),
        WaitingColumn(
            "submitted_at", label=_("Waiting"), accessor=waiting, sort_key="submitted_at"
        ),
        StatusColumn("status", label=_("Status"), accessor="get_status_display"),
        QueueColumn("assigned_to", label=_("Assigned to"), accessor=assignee),
        FollowUpColumn("follow_up_on", label=_("Follow-up")),
    ]


def waiting(application) -> str:
    """Return in words how long the person has waited, or waited until it was closed."""
    return timesince(application.submitted_at, application.closed_at, depth=1)


def assignee(application) -> str:
    return get_user_display_name(application.assigned_to)
