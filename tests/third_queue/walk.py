"""The way through a third queue; `test_third_queue.py` runs this where it is installed."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from linksite.intake.mail.confidentiality import check_body
from linksite.intake.models import Tally
from linksite.intake.retention import by_reference, erase
from linksite.intake.statuses import ClosingReason, Status
from tests.home.signup.visitor import Visitor
from tests.queues import content, logged_in

from .evenings.models import EveningApplication, EveningMail, EveningNote

QUEUE = "/admin/evenings/applications/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client, centre):
    return Visitor(client, centre.nb.signup)


@pytest.fixture
def staff(centre):
    return logged_in(is_superuser=True)


@pytest.fixture
def ida(visitor):
    answer = visitor.sign_up("evening", name="Ida", town="Oslo", email="ida@example.org")
    assert answer.status_code == 303
    return EveningApplication.objects.get()


def send(staff, application, **data):
    data = {"action": "step", "version": application.version, **data}
    return staff.post(f"{QUEUE}inspect/{application.pk}/", data)


def test_it_is_offered_and_takes_signups(visitor, ida):
    assert "I would like to come to an evening" in content(visitor.client.get(visitor.page.url))
    assert (ida.name, ida.town, ida.status) == ("Ida", "Oslo", Status.NEW)
    assert EveningMail.objects.get(kind="receipt").to == "ida@example.org"
    assert not mail.outbox or mail.outbox[0].to == ["ida@example.org"]


def test_staff_find_it_in_its_list_and_on_my_day(staff, ida):
    assert "Ida" in content(staff.get(QUEUE))
    assert "Oslo" in content(staff.get(f"{QUEUE}inspect/{ida.pk}/"))
    day = content(staff.get("/admin/"))
    assert "Evenings" in day and QUEUE in day


def test_staff_enter_one_by_hand(staff):
    assert "Town" in content(staff.get(f"{QUEUE}new/"))


def test_what_follows_from_a_status_is_its_own(staff, ida):
    closing = {"status": Status.CLOSED, "reason": ClosingReason.WITHDREW}
    EveningApplication.objects.update(town="Bodø")
    send(staff, ida, **closing)
    ida.refresh_from_db()
    assert ida.is_open
    EveningApplication.objects.update(town="Oslo")
    send(staff, ida, **closing)
    ida.refresh_from_db()
    assert not ida.is_open
    assert EveningNote.objects.get().text == "from new"


def test_it_uses_its_part_of_the_statuses(staff, ida):
    assert ida.changes_by_hand == [Status.CONTACTED, Status.CLOSED]


def test_no_mail_names_what_it_is_about(ida):
    with pytest.raises(ValidationError):
        check_body("Velkommen til informasjonskvelden")


def test_it_is_counted_by_its_own_dimension(ida):
    [told] = Tally.objects.filter(queue="eveningapplication", dimension="area")
    assert told.value == "Oslo"


def test_it_is_erased_with_all_that_hangs_on_it(ida):
    [found] = by_reference(ida.reference)
    assert erase(found)
    assert not EveningApplication.objects.exists() and not EveningMail.objects.exists()
