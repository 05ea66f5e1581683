from django.core.management.base import BaseCommand, CommandError

from ... import retention

#: Less is a slip of the keyboard, and what is erased does not come back.
LEAST_DAYS = 30


class Command(BaseCommand):
    """Erases applications by reference, for a request, or by age, for cron."""

    help = "Erases applications for good, by reference or those closed long ago."

    def add_arguments(self, parser):
        parser.add_argument("references", nargs="*", help="Such as 7KM-3PQ.")
        parser.add_argument("--closed-for", type=int, metavar="DAYS", help="Closed so long ago.")
        parser.add_argument("--dry-run", action="store_true", help="Say how many, and erase none.")

    def handle(self, *, references, closed_for, dry_run, **options):
        """Raise `CommandError`, before erasing anything, for an unknown reference."""
        if closed_for is not None and closed_for < LEAST_DAYS:
            raise CommandError(
                f"--closed-for takes at least {LEAST_DAYS} days. Nothing was erased."
            )
        named = [self._called(reference) for reference in references]
        old = [] if closed_for is None else retention.closed_for(closed_for)
        if dry_run:
            self.stdout.write(f"{sum(map(len, named)) + len(old)} would be erased.")
            return
        erased = [retention.erase(application) for found in named for application in found]
        erased += [retention.erase(application, even_if_open=False) for application in old]
        self.stdout.write(f"{sum(erased)} erased.")

    def _called(self, reference):
        found = retention.by_reference(reference)
        if not found:
            raise CommandError(f"No application is called {reference}. Nothing was erased.")
        return found
