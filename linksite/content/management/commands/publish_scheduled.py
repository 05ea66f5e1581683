"""Publish and take down at the time set, as Wagtail does, but each page for itself.

One that fails keeps its time and is tried again, the others go on, and staff see it on the admin's
front page. Run twice at once, each is done once.
"""

import logging

from django.apps import apps
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    help = "Publishes and takes down what is due."

    def handle(self, *args, **options):
        """Raise `CommandError` when something could not be done, after all else has been."""
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        now = timezone.now()
        due = [
            (model.objects.filter(live=True, expire_at__lt=now), _take_down) for model in _drafts()
        ]
        due += [(Revision.objects.filter(approved_go_live_at__lt=now), _publish)]
        failed = sum(not _done(rows, pk, act) for rows, act in due for pk in _keys(rows))
        if failed:
            raise CommandError(f"{failed} could not be published or taken down; see the log.")


def _drafts():
    others = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in others if not issubclass(model, Page))]


def _keys(rows):
    time = "approved_go_live_at" if rows.model is Revision else "expire_at"
    return list(rows.order_by(time, "pk").values_list("pk", flat=True))


def _done(rows, pk, act):
    try:
        with transaction.atomic():
            # Whoever runs at the same time has done it by now, or does it next.
            if row := rows.select_for_update().filter(pk=pk).first():
                act(row)
    except Exception:  # One page that fails must not stop the others.
        logger.exception("%s %s could not be published or taken down", rows.model.__name__, pk)
        return False
    return True


def _take_down(thing):
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision):
    revision.publish(log_action="wagtail.publish.scheduled")
