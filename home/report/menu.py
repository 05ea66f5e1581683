"""Who may see the figures, and the way to them."""

from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem

PERMISSION = "intake.view_tally"


class FiguresMenuItem(MenuItem):
    """The way to the figures, for who may see them."""

    def is_shown(self, request):
        """Whether this user may see figures."""
        return request.user.has_perm(PERMISSION)


class FiguresSummaryItem(SummaryItem):
    """The way to the figures on the admin's front page, for who may see them."""

    order = 400
    template_name = "home/report/summary_item.html"

    def is_shown(self):
        """Whether this user may see figures."""
        return self.request.user.has_perm(PERMISSION)
