from django.core.management.base import BaseCommand

from linksite.intake import tally

from ... import retention
from ...actions import places, proposals


class Command(BaseCommand):
    """For cron, every hour: what is due by time alone. It may run twice at once."""

    help = (
        "Frees proposed places that ran out, asks who waits for a free place, deletes names whose "
        "time is over, adds up figures."
    )

    def handle(self, **options):
        self.stdout.write(f"Proposed places that ran out: {places.expire_lapsed()}")
        self.stdout.write(f"People asked who waited for a place: {proposals.ask_reserves()}")
        self.stdout.write(f"Groups whose names were deleted: {retention.delete_names_due()}")
        self.stdout.write(f"Figures added to others: {tally.add_up()}")
