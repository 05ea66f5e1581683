"""Pages of a queue, equally fast however long the queue is."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator


class CappedPaginator(WagtailPaginator):
    """Counts a thousand rows, or one more than the requested page needs, and no further.

    There is a next page as long as there are rows, and nobody waits for a full count.
    """

    count_up_to = 1000
    #: More than any queue has; keeps a page number from the address within the database's range.
    last_page = 100_000

    def get_page(self, number):
        """Return a page, never an error, like Django's."""
        number = int(number) if str(number).isdecimal() and len(str(number)) < 10 else 1
        number = min(number, self.last_page)
        self.limit = max(self.count_up_to, number * self.per_page)
        return self._first_page() if number <= 1 else super().get_page(number)

    def _first_page(self):
        """Fetch one row too many: a search with few results then needs no second query."""
        rows = list(self.object_list[: self.per_page + 1])
        if len(rows) <= self.per_page:
            self.count = len(rows)
        return self._get_page(rows[: self.per_page], 1, self)

    @cached_property
    def count(self):
        """The number of rows, at most one more than the limit."""
        return self.object_list.order_by()[: self.limit + 1].count()

    @property
    def is_capped(self):
        """Whether there are more rows than were counted."""
        return self.count > self.limit

    @cached_property
    def items_count_label(self):
        """The number of rows, in words."""
        if not self.is_capped:
            return super().items_count_label
        values = {"count": intcomma(self.limit), "items": self.verbose_name_plural}
        return _("more than %(count)s %(items)s") % values


class FoundPaginator(CappedPaginator):
    """Pages of the keys that a search finds.

    No index helps to find parts of words, so the rows are searched once, for the page and the count
    together, and no further than anybody reads.
    """

    count_up_to = 250

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self._get_page(self.found[first : first + self.per_page], number, self)

    def _first_page(self):
        return self.page(1)

    @cached_property
    def found(self):
        """The keys, at most one more than the limit."""
        return list(self.object_list[: self.limit + 1])

    @cached_property
    def count(self):
        return len(self.found)
