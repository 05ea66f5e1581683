"""The names that would tell in a mail what somebody came for: topics, offers and their courses."""

from collections.abc import Iterator

from .models import GroupOfferPage, Topic


def names() -> Iterator[str]:
    """Give each, in every language."""
    for topic in Topic.objects.values_list("name", "name_nn", "name_en"):
        yield from topic
    for offer in GroupOfferPage.objects.values_list("title", "course"):
        yield from offer
