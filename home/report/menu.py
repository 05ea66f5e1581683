"""Who may see the figures, and the way to them."""

from wagtail.admin.menu import MenuItem

PERMISSION = "intake.view_tally"


class FiguresMenuItem(MenuItem):
    """The way to the figures, for who may see them."""

    def is_shown(self, request):
        """Whether this user may see figures."""
        return request.user.has_perm(PERMISSION)
