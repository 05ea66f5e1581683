"""What a search finds a row by: its words folded, kept beside them in the row itself.

So both databases compare in the same way, and nothing is copied into another table.
"""

from django.db import models
from django.db.migrations import RunPython
from django.db.models import Q

from .text import fold

#: More words than this find nothing that fewer do not, and are too much for SQLite.
MOST_WORDS = 20


class FoldedField(models.TextField):
    """The text of other fields, `of`, folded whenever the row is saved."""

    def __init__(self, of=(), **kwargs):
        super().__init__(**{"editable": False, "default": "", **kwargs})
        self.of = list(of)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance, add):
        setattr(model_instance, self.attname, folded_of(model_instance, self.of))
        return getattr(model_instance, self.attname)


def folded_of(row: models.Model, fields: list[str]) -> str:
    """Return the folded text of some fields of a row.

    Of several words also without the spaces: Anne Marie may be looked for as Annemarie.
    """
    texts = [fold(str(getattr(row, name) or "")) for name in fields]
    joined = [text.replace(" ", "") for text in texts if " " in text]
    return " ".join(filter(None, [*texts, *joined]))


def with_all_words(query: str) -> Q:
    """Return the condition that all words of `query` are in `folded`, as parts of words, in any
    order; nothing matches a query without words.
    """
    words = fold(query).split()[:MOST_WORDS]
    return Q(*(Q(folded__contains=word) for word in words)) if words else Q(pk__in=[])


def fold_rows(*labels: str):
    """Return the operation of a migration that folds rows that were there before."""

    def run(apps, schema_editor):
        for label in labels:
            model = apps.get_model(label)
            of = model._meta.get_field("folded").of
            rows = model._base_manager.using(schema_editor.connection.alias)
            for keys in _batches(rows.order_by("pk").values_list("pk", flat=True)):
                batch = list(rows.filter(pk__in=keys).only(*of))
                for row in batch:
                    row.folded = folded_of(row, of)
                rows.bulk_update(batch, ["folded"], batch_size=100)

    return RunPython(run, RunPython.noop)


def _batches(keys, size=1000):
    keys = list(keys)
    return (keys[start : start + size] for start in range(0, len(keys), size))
