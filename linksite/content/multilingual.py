"""Short labels in each language of the site, side by side on one row.

For names of a word or two (topics, emergency numbers). Pages are translated with wagtail-localize;
for a label, a row for each language would make every filter and count ask which of them is meant.
"""

from django.utils.translation import get_language


def in_language(labels, field: str) -> str:
    """Return `field` of `labels` (object or mapping) in the active language, else in bokmål.

    `name` is bokmål; `name_nn` and `name_en` are the others and may be empty.
    """
    get = labels.get if hasattr(labels, "get") else lambda name: getattr(labels, name, "")
    language = (get_language() or "")[:2]
    return get(f"{field}_{language}") or get(field)
