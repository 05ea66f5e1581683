"""Makes the demo's pages in bokmål."""

from datetime import datetime, time

from django.apps import apps
from django.db.models import ForeignKey
from django.utils import timezone
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page

from linksite.content.models import EditorialPage

from ..data import day, in_language, linked, read

FRONT_PAGE = "home"
#: Keys of a page's file that are not fields of the page.
ABOUT_THE_PAGE = {"type", "published", "updated"}


def names() -> dict[str, str | None]:
    """Return each page's name with its parent's: parents first, siblings in menu order."""
    below = read("tree")
    return {FRONT_PAGE: None, **{name: parent for parent in below for name in below[parent]}}


def texts(name: str, language: str) -> dict:
    """Return the fields of a page in `language`."""
    data = in_language(read(f"pages/{name}"), language)
    fields = {key: value for key, value in data.items() if key not in ABOUT_THE_PAGE}
    return {"search_description": fields.get("lead", ""), **fields}


def load_pages(made: dict[str, int], editor) -> dict[str, Page]:
    """Return the live bokmål pages by name; add their primary keys to `made`.

    A page may refer to any other, so all are made as drafts before any text is filled in.
    """
    pages = {}
    for name, parent in names().items():
        pages[name] = draft(name, pages.get(parent), made, editor)
        made[f"page:{name}"] = pages[name].pk
    for name, page in pages.items():
        publish(page, linked(texts(name, "nb"), made), editor)
    return {name: type(page).objects.get(pk=page.pk) for name, page in pages.items()}


def draft(name, parent, made, editor) -> Page:
    """Return the new page with all fields except those that may refer to other pages."""
    model = apps.get_model(read(f"pages/{name}")["type"])
    page = model(live=False, owner=editor, locale=Locale.get_default())
    fields = texts(name, "nb").items()
    fill(page, linked({key: value for key, value in fields if not points(model, key)}, made))
    return (parent or Page.get_first_root_node()).add_child(instance=page)


def points(model, name) -> bool:
    """Return whether the field may hold references to pages."""
    return isinstance(model._meta.get_field(name), StreamField | RichTextField)


def fill(page, fields) -> None:
    """Set the page's fields: a foreign key by primary key, topics by a list of them."""
    for name, value in fields.items():
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            blocks = [{"type": kind, "value": block[kind]} for block in value for kind in block]
            # As the editor's form would: check lengths and choices, and fill in what is left out.
            value = field.stream_block.clean(field.to_python(blocks))
        elif field.one_to_many:
            value = [field.related_model(topic_id=pk, sort_order=i) for i, pk in enumerate(value)]
        setattr(page, f"{name}_id" if isinstance(field, ForeignKey) else name, value)


def publish(page, fields, editor) -> None:
    fill(page, fields)
    page.save_revision(user=editor).publish(user=editor)


def backdate(pages: dict[str, Page]) -> None:
    """Set when the pages were published and updated, as in their files; publishing says now."""
    for name, page in pages.items():
        data = read(f"pages/{name}")
        published = moment(data.get("published", 150))
        updated = moment(data["updated"]) if "updated" in data else published
        dates = {"first_published_at": published, "last_published_at": updated}
        if isinstance(page, EditorialPage):
            dates["content_updated_at"] = updated
        type(page).objects.filter(translation_key=page.translation_key).update(**dates)


def moment(days_ago: int) -> datetime:
    """Return ten o'clock, `days_ago` days ago."""
    return timezone.make_aware(datetime.combine(day(-days_ago), time(10)))
