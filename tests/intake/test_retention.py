"""Erasing applications with `manage.py erase_applications`."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from groups.models import GroupApplication, GroupMail, GroupNote
from network.models import NetworkApplication, Nominee
from tests import factories as make

pytestmark = pytest.mark.usefixtures("centre")


def test_a_reference_erases_the_application_with_all_that_hangs_on_it():
    application = make.GroupApplicationFactory(name="Ingen skal se dette")
    application.notes.create(text="Ringte")
    application.mails.create(kind="receipt", to="en@example.org", subject="s", body="b")
    other = make.GroupApplicationFactory()

    call_command("erase_applications", application.reference.lower().replace("-", ""))

    assert list(GroupApplication.objects.all()) == [other]
    assert not GroupNote.objects.exists()
    assert not GroupMail.objects.exists()


def test_the_log_keeps_the_reference_and_nothing_else():
    application = make.GroupApplicationFactory(name="Ingen skal se dette")
    call_command("erase_applications", application.reference)

    entry = ModelLogEntry.objects.get(action="intake.erase")
    assert entry.label == application.reference
    assert "Ingen skal se dette" not in str(entry.__dict__)


def test_age_erases_what_was_closed_long_ago_in_every_queue():
    long_ago = timezone.now() - timedelta(days=366)
    make.GroupApplicationFactory(closed=True, closed_at=long_ago)
    make.NetworkApplicationFactory(closed=True, closed_at=long_ago, people=2)
    recent = make.GroupApplicationFactory(closed=True)
    still_open = make.NetworkApplicationFactory(submitted_at=long_ago)

    call_command("erase_applications", closed_for=365)

    assert list(GroupApplication.objects.all()) == [recent]
    assert list(NetworkApplication.objects.all()) == [still_open]
    assert not Nominee.objects.exists()


@pytest.mark.parametrize("days", [-5, 0, 1, 29])
def test_what_was_closed_lately_is_never_erased_by_age(days):
    make.GroupApplicationFactory(closed=True)
    with pytest.raises(CommandError, match="at least 30 days"):
        call_command("erase_applications", f"--closed-for={days}")
    assert GroupApplication.objects.exists()


def test_a_dry_run_says_how_many_and_erases_none(capsys):
    named = make.NetworkApplicationFactory()
    long_ago = timezone.now() - timedelta(days=366)
    make.GroupApplicationFactory.create_batch(2, closed=True, closed_at=long_ago)
    call_command("erase_applications", named.reference, "--closed-for=365", "--dry-run")
    assert capsys.readouterr().out == "3 would be erased.\n"
    assert GroupApplication.objects.count() == 2 and NetworkApplication.objects.exists()


def test_an_unknown_reference_erases_nothing():
    application = make.GroupApplicationFactory()
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_applications", application.reference, "222-222")
    assert GroupApplication.objects.exists()
