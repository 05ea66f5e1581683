"""Receiving an application: all of it is saved, or nothing, and the same one only once."""

import pytest
from django.db import IntegrityError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from groups.models import GroupApplication, GroupMail
from linksite.intake import actions, references
from linksite.intake.mail import outbox
from network.models import NetworkApplication, NetworkMail, Nominee


def new(centre, model=GroupApplication, **fields):
    fields = {"email": "ase@example.org", "submission_key": "key", **fields}
    return model(
        site=centre.site,
        name="Åse",
        language="nb",
        consent_text="Ja.",
        consented_at=timezone.now(),
        **fields,
    )


def test_it_is_saved_with_receipt_notice_and_history(centre):
    application = actions.receive(new(centre), notify="post@link.example")
    assert GroupApplication.objects.get() == application
    assert {row.kind: row.to for row in application.mails.all()} == {
        "receipt": "ase@example.org",
        "notice": "post@link.example",
    }
    entry = ModelLogEntry.objects.get(action="intake.receive")
    assert entry.object_id == str(application.pk)
    assert entry.label == application.reference
    assert not entry.data


def test_who_gave_no_address_gets_no_mail(centre):
    actions.receive(new(centre, email="", phone="+4791234567"))
    assert not GroupMail.objects.exists()


def test_the_same_submission_twice_is_one(centre):
    first = actions.receive(new(centre), notify="post@link.example")
    again = actions.receive(new(centre), notify="post@link.example")
    assert again == first
    assert again.reference == first.reference
    assert GroupApplication.objects.count() == 1
    assert GroupMail.objects.count() == 2


def test_submissions_without_a_key_are_never_the_same(centre):
    actions.receive(new(centre, submission_key=None))
    actions.receive(new(centre, submission_key=None))
    assert GroupApplication.objects.count() == 2


def test_a_reference_that_is_taken_is_drawn_anew(centre, monkeypatch):
    taken = actions.receive(new(centre)).reference
    drawn = iter([taken, "234-567"])
    monkeypatch.setattr(actions, "new_reference", lambda: next(drawn))
    application = actions.receive(new(centre, reference=taken, submission_key="another"))
    assert application.reference == "234-567"
    assert GroupApplication.objects.count() == 2


def test_what_hangs_on_it_is_saved_with_it(centre):
    def add_people(application):
        Nominee.objects.create(application=application, name="Ola")

    application = actions.receive(new(centre, NetworkApplication), save_related=add_people)
    assert application.people.get().name == "Ola"


@pytest.mark.parametrize("part", ["people", "mail", "log"])
def test_nothing_is_saved_when_any_of_it_fails(centre, monkeypatch, part):
    def fail(*args, **kwargs):
        raise RuntimeError

    if part == "mail":
        monkeypatch.setattr(outbox, "queue", fail)
    if part == "log":
        monkeypatch.setattr(actions, "log", fail)
    save_related = fail if part == "people" else None
    with pytest.raises(RuntimeError):
        actions.receive(new(centre, NetworkApplication), save_related=save_related)
    assert not NetworkApplication.objects.exists()
    assert not NetworkMail.objects.exists()
    assert not ModelLogEntry.objects.exists()


def test_any_other_contradiction_is_told_and_not_tried_for_ever(centre):
    with pytest.raises(IntegrityError):
        actions.receive(new(centre, email="", phone=""))


def test_a_mail_server_that_is_down_costs_no_signup(
    centre, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        actions.receive(new(centre))
    assert GroupApplication.objects.count() == 1
    assert GroupMail.objects.get().attempts == 1


def test_references_can_be_read_aloud_and_are_found_however_they_are_typed():
    seen = {references.new_reference() for _ in range(500)}
    assert len(seen) > 490
    assert not set("".join(seen)) & set("01OIL")
    assert references.normalise(" 7km3pq") == references.normalise("7KM - 3PQ") == "7KM-3PQ"
    assert references.normalise("Åse") == "Åse"
