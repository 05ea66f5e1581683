"""How many signups one address may send."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from linksite.intake import throttle
from linksite.intake.models import Attempt
from tests import factories as make


def asking(rf, address="203.0.113.7", **meta):
    return rf.post("/", REMOTE_ADDR=address, **meta)


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch):
    monkeypatch.setattr(throttle, "LIMITS", {False: 2, True: 4})


def admitted(request, times, *, verified=False):
    return [throttle.admit(request, verified=verified) for _ in range(times)]


def test_the_real_limits_let_a_course_of_twenty_sign_up_at_its_last_session(monkeypatch):
    monkeypatch.undo()
    assert throttle.LIMITS[False] >= 20
    assert throttle.LIMITS[True] > throttle.LIMITS[False]


def test_an_address_has_a_limit(rf, db):
    assert admitted(asking(rf), 4) == [True, True, False, False]


def test_each_address_has_its_own(rf, db):
    admitted(asking(rf), 3)
    assert admitted(asking(rf, "203.0.113.8"), 1) == [True]


def test_who_passed_the_robot_check_may_more(rf, db):
    admitted(asking(rf), 3)
    assert admitted(asking(rf), 5, verified=True) == [True] * 4 + [False]


def test_an_hour_later_it_begins_anew(rf, db):
    admitted(asking(rf), 3)
    with time_machine.travel(timezone.now() + throttle.WINDOW - timedelta(seconds=5)):
        assert admitted(asking(rf), 1) == [False]
    with time_machine.travel(timezone.now() + throttle.WINDOW + timedelta(seconds=5)):
        assert admitted(asking(rf), 3) == [True, True, False]


def test_what_is_older_is_deleted_in_passing(rf, db):
    admitted(asking(rf), 2)
    with time_machine.travel(timezone.now() + throttle.WINDOW + timedelta(seconds=5)):
        throttle.admit(asking(rf, "203.0.113.9"), verified=False)
    assert Attempt.objects.count() == 1


def test_a_refused_one_is_not_counted(rf, db):
    admitted(asking(rf), 6)
    assert Attempt.objects.count() == 2


def test_no_address_is_stored(rf, db, settings):
    throttle.admit(asking(rf), verified=False)
    key = Attempt.objects.get().key
    assert "203" not in key and len(key) == 64
    settings.SECRET_KEY = "another"
    throttle.admit(asking(rf), verified=False)
    assert Attempt.objects.values("key").distinct().count() == 2


@pytest.mark.parametrize("address", ["", "unix:", "testserver"])
def test_an_address_that_cannot_be_told_keeps_nobody_out(rf, db, address):
    assert admitted(asking(rf, address), 5) == [True] * 5


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "203.0.113.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        (2, "10.9.9.9, 198.51.100.1, 192.0.2.1", "198.51.100.1"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "", "203.0.113.7"),
        (1, "nonsense", "203.0.113.7"),
        (1, "unknown", "203.0.113.7"),
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, '"[2001:db8::1]:4711"', "2001:db8::/64"),
        (1, "[2001:db8::1]", "2001:db8::/64"),
    ],
)
def test_behind_proxies(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = asking(rf, HTTP_X_FORWARDED_FOR=forwarded)
    assert throttle.client_address(request) == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
    ],
)
def test_one_network_of_ipv6_is_one_address(rf, one, other, same):
    first, second = (throttle.client_address(asking(rf, address)) for address in (one, other))
    assert (first == second) is same


@pytest.mark.race
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_at_the_same_moment_do_not_pass_the_limit(rf):
    results = []
    start = threading.Barrier(6)

    def send():
        start.wait()
        results.append(throttle.admit(asking(rf), verified=False))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    assert sum(results) <= 2


def test_wrong_passwords_lock_one_address_and_nobody_else(client, django_user_model, settings):
    settings.TRUSTED_PROXIES = 1
    django_user_model.objects.create_superuser("leder", password="riktig-nok")
    stranger, at_work = "203.0.113.66", "198.51.100.7"

    def log_in(password, address):
        data = {"username": "leder", "password": password}
        return client.post("/admin/login/", data, headers={"x-forwarded-for": address})

    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        log_in("feil", stranger)
    assert log_in("riktig-nok", stranger).status_code == 429
    assert log_in("riktig-nok", at_work).status_code == 302


def test_who_is_locked_out_is_told_in_words_and_gets_in_with_a_new_password(
    client, centre, settings
):
    user = make.UserFactory(username="kari", is_superuser=True)

    def log_in(password):
        data = {"username": "kari", "password": password}
        return client.post("/admin/login/", data, headers={"accept-language": "nb"})

    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        log_in("feil")
    locked = log_in("feil")
    assert locked.status_code == 429 and "For mange feil passord" in locked.content.decode()
    user.set_password("helt-nytt-og-langt")
    user.save()
    assert log_in("helt-nytt-og-langt").status_code == 302
