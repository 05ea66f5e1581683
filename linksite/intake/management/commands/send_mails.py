from django.core.management.base import BaseCommand

from ...mail import outbox


class Command(BaseCommand):
    """For cron, every five minutes: picks up what a dead mail server made wait."""

    help = "Sends the mail that is due."

    def handle(self, **options):
        self.stdout.write(f"{outbox.send_due()} sent.")
