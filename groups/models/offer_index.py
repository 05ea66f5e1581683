"""The list of group offers."""

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from linksite.content.models import BasePage

from .offers import GroupOfferPage, OfferKind
from .topics import Area, Topic


class Where(TextChoices):
    """A room or not: video and telephone are both digital."""

    ROOM = "room", _("In person")
    DIGITAL = "digital", _("Digital")


class OfferFilter(django_filters.FilterSet):
    topic = django_filters.ModelChoiceFilter(
        field_name="offer_topics__topic",
        queryset=Topic.objects.all(),
        to_field_name="slug",
        label=_("Topic"),
        empty_label=_("All topics"),
    )
    area = django_filters.ModelChoiceFilter(
        queryset=Area.objects.all(),
        to_field_name="slug",
        label=_("Area"),
        empty_label=_("All areas"),
    )
    kind = django_filters.ChoiceFilter(
        choices=OfferKind, label=_("Kind of group"), empty_label=_("All kinds")
    )
    where = django_filters.ChoiceFilter(
        method="filter_where",
        choices=Where,
        label=_("In person or digital"),
        empty_label=_("Both"),
    )
    places = django_filters.BooleanFilter(
        method="filter_places", label=_("Places available"), widget=forms.CheckboxInput
    )

    class Meta:
        model = GroupOfferPage
        fields = []

    def chosen(self) -> list[tuple[str, str]]:
        """Return each filter in use, in words, with the query that drops only that one."""
        values = self.form.cleaned_data.items() if self.form.is_valid() else ()
        return [
            (self._in_words(name, value), self._without(name)) for name, value in values if value
        ]

    def _in_words(self, name, value):
        labels = dict([*OfferKind.choices, *Where.choices])
        return self.form.fields[name].label if value is True else labels.get(value, value)

    def _without(self, name):
        query = self.data.copy()
        for left_out in (name, "page"):
            query.pop(left_out, None)
        return f"?{query.urlencode()}"

    def filter_where(self, offers, name, value):
        room = {"place": Where.ROOM}
        return offers.filter(**room) if value == Where.ROOM else offers.exclude(**room)

    def filter_places(self, offers, name, value):
        return offers.has_places() if value else offers


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
        filters = OfferFilter(request.GET, queryset=self.offers())
        return {
            **super().get_context(request, *args, **kwargs),
            "filters": filters,
            "chosen": filters.chosen(),
            "offers": Paginator(filters.qs, self.per_page).get_page(request.GET.get("page")),
        }

    def offers(self):
        """Return the live offers below that anybody may read, with all that a card shows."""
        return (
            GroupOfferPage.objects.child_of(self)
            .live()
            .public()
            .with_places()
            .select_related("area", "provider")
            .prefetch_related("offer_topics")
            .next_first()
        )
