"""The list of group offers."""

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from linksite.content.models import BasePage

from .offers import GroupOfferPage


class GroupIndexPage(BasePage):
    """The list of group offers, with filters that work without JavaScript."""

    per_page = 12

    parent_page_types = ["home.HomePage"]
    subpage_types = ["groups.GroupOfferPage"]
    max_count_per_parent = 1
    template = "groups/group_index_page.html"
    page_description = _("The list of all group offers.")

    class Meta:
        verbose_name = _("list of groups")

    def get_context(self, request, *args, **kwargs):
        """Add the filled-in `filters`, those `chosen` and one page of `offers`."""
        from ..filters import OfferFilter

        filters = OfferFilter(request.GET, queryset=self.offers())
        return {
            **super().get_context(request, *args, **kwargs),
            "filters": filters,
            "chosen": filters.chosen(),
            "offers": Paginator(filters.qs, self.per_page).get_page(request.GET.get("page")),
        }

    def offers(self):
        """Give the live offers below that anybody may read, with all that a card shows."""
        return (
            GroupOfferPage.objects.child_of(self)
            .live()
            .public()
            .with_places()
            .select_related("area", "provider")
            .prefetch_related("offer_topics")
            .next_first()
        )
