"""Who may see the figures, and the way to them."""

from wagtail.admin.site_summary import SummaryItem

PERMISSION = "intake.view_tally"


def may_see_figures(user) -> bool:
    return user.has_perm(PERMISSION)


class FiguresSummaryItem(SummaryItem):
    """The way to the figures on the admin's front page, for who may see them."""

    order = 400
    template_name = "home/report/summary_item.html"

    def is_shown(self):
        return may_see_figures(self.request.user)
