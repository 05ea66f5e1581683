"""Keeps the signup page, which holds the words of consent and which partners link to."""

from django.utils.translation import gettext as _

from linksite.intake.keeping import keep_pages

from .models import SignupPage


def why_signup_stays(request, page) -> str:
    """Say why a page with the signup page in it stays; empty for another page or a superuser."""
    if request.user.is_superuser:
        return ""
    if not SignupPage.objects.descendant_of(page, inclusive=True).exists():
        return ""
    return _(
        "“%(page)s” cannot be deleted: the signup page would go, and with it the words of consent "
        "and every link to it. An administrator can delete it."
    ) % {"page": page.get_admin_display_title()}


keep_pages(why_signup_stays)
