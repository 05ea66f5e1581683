"""Pages that say the same in several languages."""

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery


def once_each(pages: QuerySet) -> QuerySet:
    """Return each of `pages` once, in the site's first language if that is among them."""
    first = Q(locale__language_code=settings.LANGUAGE_CODE)
    copies = pages.filter(translation_key=OuterRef("translation_key")).alias(is_first=first)
    return pages.filter(pk=Subquery(copies.order_by("-is_first", "pk").values("pk")[:1]))
