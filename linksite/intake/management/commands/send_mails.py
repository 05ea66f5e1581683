from django.core.management.base import BaseCommand

from ...mail import outbox


class Command(BaseCommand):
    """For cron, every five minutes: sends what a mail server that was down has delayed."""

    help = "Sends the mail that is due."

    def handle(self, **options):
        self.stdout.write(f"{outbox.send_due()} sent.")
