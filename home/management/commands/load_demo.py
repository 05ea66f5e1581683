"""`manage.py load_demo`: a made-up centre to look at."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from ...demo import loader
from ...demo.site.centre import move_site
from ...demo.site.staff import ADMIN, PASSWORD, STAFF


class Command(BaseCommand):
    help = "Loads a made-up centre, in three languages, into a database without content."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing if the database has content."
        )
        parser.add_argument(
            "--password", default=PASSWORD, help=f"For all demo users, in place of {PASSWORD}."
        )

    def handle(self, *, if_empty, password, **options):
        """Raise `CommandError` if the database has content, or the password is public."""
        found = loader.content()
        if not found and not settings.DEBUG and password == PASSWORD:
            raise CommandError(
                "Everybody can read the demo users' password in the code. Away from development, "
                "give them another one with --password."
            )
        if not found:
            loader.load(password)
            self.stdout.write("The demo centre is loaded: LINK Solbergvik, in nb, nn and en.")
            self._say_how_to_log_in(password)
        elif if_empty:
            self.stdout.write(f"The database has {found} already and stays as it is.")
            self._greet_again()
        else:
            raise CommandError(
                f"The database has {found} already, and the demo goes into an empty one only. "
                "Take another database (DATABASE_URL), or leave this one as it is (--if-empty)."
            )

    def _greet_again(self):
        """Update the address of a loaded demo, and say again how to log in."""
        admin = get_user_model().objects.filter(username=ADMIN).first()
        if settings.DEBUG and admin and admin.check_password(PASSWORD):
            move_site()
            self._say_how_to_log_in(PASSWORD)

    def _say_how_to_log_in(self, password):
        address = f"{settings.WAGTAILADMIN_BASE_URL}/admin/"
        self.stdout.write(f"Staff log in at {address} with the password {password} as")
        roles = [f"{name} ({role})" for name, (_first_name, role) in STAFF.items()]
        self.stdout.write(f"{ADMIN} (everything), {', '.join(roles)}.")
