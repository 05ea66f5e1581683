"""Facts that a page has in common with its translations, and that change in all of them at once.

Stored with each page, for its queries, but told by the original only: whatever saves, publishes,
takes down, moves or hides it carries the change over, from the admin, a schedule or the shell.
"""

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

#: Logged for a translation that was taken down with its original, and comes back with it.
ALONG = "content.unpublish_along"


class SharedFacts(models.Model):
    """Comes before `BasePage`. The facts are the fields that translators do not get to see."""

    #: Text that translations have in their own words, until it changes: the right place in another
    #: language is better than the wrong one.
    words_of_facts = []

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        kwargs = {**kwargs, "update_fields": update_fields} if update_fields else kwargs
        if not self.is_original:
            self.take_facts(self.original.specific)
            super().save(*args, **kwargs)
            return
        changed = [] if update_fields else self._changed_words()
        super().save(*args, **kwargs)
        # Saving a draft names its few fields; nothing of it is true yet.
        if self.live and not update_fields:
            for translation in self.get_translations().specific():
                for name in changed:
                    setattr(translation, name, getattr(self, name))
                translation.save()

    @classmethod
    def facts(cls) -> list[str]:
        """Return the names of the fields and child rows that all translations share."""
        fields = cls.override_translatable_fields
        return [field.field_name for field in fields if not field.overridable]

    @property
    def is_original(self) -> bool:
        return self.original.pk == self.pk

    def _changed_words(self):
        saved = type(self).objects.filter(pk=self.pk).values(*self.words_of_facts).first() or {}
        return [name for name in saved if saved[name] != getattr(self, name)]

    def take_facts(self, original) -> None:
        """Have the facts of the original, not saved."""
        for name in self.facts():
            if isinstance(self._meta.get_field(name), models.ManyToOneRel):
                _take_rows(getattr(self, name), getattr(original, name))
            else:
                setattr(self, name, getattr(original, name))

    def with_content_json(self, content):
        """Leave an older draft of a translation without facts of its own."""
        page = super().with_content_json(content)
        if not page.is_original:
            page.take_facts(page.original.specific)
        return page


def _take_rows(mine, theirs):
    """Have as child rows copies of `theirs`, unless they say the same already."""
    model = mine.model
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in {"page", "sort_order"}
    ]
    wanted = [{name: getattr(row, name) for name in names} for row in theirs.all()]
    if wanted != [{name: getattr(row, name) for name in names} for row in mine.all()]:
        mine.set([model(**row) for row in wanted])


def _translations_of(page):
    """Return the translations that follow `page`: none unless it is an original with facts."""
    page = page.specific
    if isinstance(page, SharedFacts) and page.is_original:
        return list(page.get_translations().specific())
    return []


def _take_down_along(instance, **kwargs):
    for translation in _translations_of(instance):
        if translation.live:
            translation.unpublish(log_action=ALONG, set_expired=instance.expired)


def _publish_along(instance, **kwargs):
    for translation in _translations_of(instance):
        latest = PageLogEntry.objects.filter(page=translation.pk).order_by("-timestamp", "-pk")
        if not translation.live and getattr(latest.first(), "action", "") == ALONG:
            translation.expired = False
            translation.save_revision().publish()


def _move_along(instance, parent_page_after, **kwargs):
    for translation in _translations_of(instance):
        parent = parent_page_after.get_translation_or_none(translation.locale)
        if parent and not translation.is_child_of(parent):
            translation.move(parent, pos="last-child")


def _hide_along(instance, **kwargs):
    """Restrict the translations as the original is, once its groups have been saved too."""
    # The page may be on its way out of the database.
    if page := Page.objects.filter(pk=instance.page_id).first():
        transaction.on_commit(lambda: _restrict(page))


def _restrict(page):
    theirs = list(PageViewRestriction.objects.filter(page=page))
    for translation in _translations_of(page):
        mine = PageViewRestriction.objects.filter(page=translation.pk)
        if not theirs:
            mine.delete()
        for one in theirs:
            facts = {"restriction_type": one.restriction_type, "password": one.password}
            restriction, _new = mine.update_or_create(page_id=translation.pk, defaults=facts)
            restriction.groups.set(one.groups.all())


page_unpublished.connect(_take_down_along)
page_published.connect(_publish_along)
post_page_move.connect(_move_along)
post_save.connect(_hide_along, sender=PageViewRestriction)
post_delete.connect(_hide_along, sender=PageViewRestriction)
