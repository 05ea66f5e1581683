"""A queue as rows for a spreadsheet: related names are joined, with no query for each row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import CharField, DateTimeField, F
from django.db.models.functions import Cast
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from linksite.contact_details import PhoneModelField

#: Rows fetched together; related rows are fetched once for each chunk.
CHUNK = 1000

#: What every queue exports. A queue adds its own.
COMMON_FIELDS = [
    "reference",
    "status",
    "closing_reason",
    "submitted_at",
    "follow_up_on",
    "name",
    "email",
    "phone",
    "contact_by",
    "leave_message",
    "language",
    "heard_from",
    "message",
    "consented_at",
    "verified",
    "closed_at",
]


@dataclass(frozen=True, eq=False)
class Joined:
    """A column of a related object, by the `lookup` that joins it into the query."""

    heading: str
    lookup: str


@dataclass(frozen=True, eq=False)
class Several:
    """A column of related rows: `texts(pks)` returns a text for each primary key."""

    heading: str
    texts: Callable[[list[int]], dict[int, str]]


class Export:
    """The columns of one queue's export; a plain string names a field of the model.

    Made while the request is being answered, so that everything is in the person's language and
    time zone although the rows are sent later.
    """

    def __init__(self, model, columns):
        self.language = translation.get_language()
        self.columns = [*COMMON_FIELDS, *columns]
        self.fields = {c: model._meta.get_field(c) for c in self.columns if isinstance(c, str)}
        self.to_text = [self._converter(column) for column in self.columns]

    @property
    def headings(self) -> list[str]:
        fields = self.fields
        return [
            capfirst(str(fields[column].verbose_name if column in fields else column.heading))
            for column in self.columns
        ]

    def rows(self, queryset) -> Iterator[list]:
        """Yield a list of values for each application of `queryset`."""
        lookups = [self._lookup(column) for column in self.columns]
        values = queryset.values_list("pk", *lookups).iterator(chunk_size=CHUNK)
        while chunk := list(islice(values, CHUNK)):
            yield from self._filled(chunk)

    def _filled(self, chunk):
        """Yield the rows of `chunk` as people read them, with the texts of related rows."""
        pks = [pk for pk, *_values in chunk]
        with translation.override(self.language):
            several = {c: c.texts(pks) for c in self.columns if isinstance(c, Several)}
        for pk, *values in chunk:
            yield [
                several[column].get(pk, "") if column in several else to_text(value)
                for column, to_text, value in zip(self.columns, self.to_text, values, strict=True)
            ]

    def _lookup(self, column):
        if isinstance(column, Several):
            return F("pk")
        if isinstance(column, Joined):
            return F(column.lookup)
        # As stored: reading 100,000 phone numbers into objects takes seconds.
        is_phone = isinstance(self.fields[column], PhoneModelField)
        return Cast(column, CharField()) if is_phone else F(column)

    def _converter(self, column):
        field = self.fields.get(column)
        if allowed := getattr(field, "allowed", None):
            # A list of values (linksite.content.choices), which this layer does not import.
            labels = {value: str(label) for value, label in allowed}
            return lambda values: ", ".join(labels.get(v, v) for v in values or [])
        if field is not None and field.choices:
            labels = {value: str(label) for value, label in field.flatchoices}
            return lambda value: labels.get(value, value)
        return _CONVERTERS.get(type(field), _plain)()


def _plain():
    yes, no = _("Yes"), _("No")
    return lambda value: {None: "", True: yes, False: no}.get(value, value)


def _moment():
    zone = timezone.get_current_timezone()
    return lambda value: timezone.make_naive(value, zone) if value else ""


def _phone():
    return lambda value: value.removeprefix("+47")


_CONVERTERS = {DateTimeField: _moment, PhoneModelField: _phone}
