"""One's own views of a queue: filters under a name, never what was searched for."""

import pytest
from django.test import Client

from home import roles
from linksite.intake.listing.saved_views import MOST
from linksite.intake.models import SavedView
from tests import factories as make
from tests.html import soup
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, content, logged_in

QUEUES = {"groups": GROUP_QUEUE, "network": NETWORK_QUEUE}
MAY_VIEW = {
    (roles.GROUP_COORDINATOR, "groups"),
    (roles.NETWORK_COORDINATOR, "network"),
    (roles.PRIVACY_OFFICER, "groups"),
    (roles.PRIVACY_OFFICER, "network"),
}


@pytest.fixture
def kari(db):
    return logged_in(roles.GROUP_COORDINATOR)


def save(client, query, name="Sorg i nord", queue=GROUP_QUEUE, **options):
    return client.post(f"{queue}views/save/", {"name": name, "query": query}, **options)


def own(user, query="status=new", name="Min", queue="groups"):
    return SavedView.objects.create(owner=user, queue=queue, name=name, query=query)


def forget(client, view, queue=GROUP_QUEUE):
    return client.post(f"{queue}views/{view.pk}/forget/")


def test_what_is_shown_is_saved_under_a_name_and_shown_again(kari):
    make.GroupApplicationFactory()
    form = soup(kari.get(f"{GROUP_QUEUE}?status=new&language=nb&p=1")).select_one(
        ".queue-views__save form"
    )
    query = form.select_one("[name=query]")["value"]
    response = kari.post(form["action"], {"name": "Nye på bokmål", "query": query})
    assert response.status_code == 302
    page = soup(kari.get(response.url))
    [shown] = page.select(".queue-views [aria-current]")
    assert shown.text == "Nye på bokmål" and shown["href"] == response.url
    assert page.select_one(".queue-views__save") is None
    assert "saved" in page.text


def test_what_was_searched_for_is_never_saved(kari):
    page = soup(kari.get(f"{GROUP_QUEUE}?q=Zacharias&status=new&language=nb"))
    assert "Zacharias" not in page.select_one(".queue-views [name=query]")["value"]
    save(kari, "q=Zacharias&status=new&note=Zacharias&p=3&export=csv")
    assert SavedView.objects.get().query == "status=new"


@pytest.mark.parametrize(
    "query", ["", "q=Ida", "status=Ida", "received_from=Ida", "assigned_to=999999", "&&&=", "a=%00"]
)
def test_nothing_that_is_no_filter_is_saved(kari, query):
    assert save(kari, query).status_code == 302
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "\0"])
def test_a_view_needs_a_name_of_some_length(kari, name):
    response = save(kari, "status=new", name=name)
    assert response.status_code == 302 and not SavedView.objects.exists()


def test_the_same_name_again_keeps_the_new_filters(kari):
    for query in ("status=new", "status=waiting&ordering=submitted_at"):
        save(kari, query)
    assert SavedView.objects.get().query == "status=waiting&ordering=submitted_at"


def test_a_name_is_shown_as_it_was_written(kari):
    own(kari.user, name="<b>Sorg</b>")
    assert "&lt;b&gt;Sorg" in content(kari.get(GROUP_QUEUE))


def test_there_is_an_end_to_how_many(kari):
    for number in range(MOST):
        own(kari.user, name=f"Nr. {number}")
    response = kari.get(save(kari, "status=new", name="En til").url)
    assert SavedView.objects.count() == MOST and "many views" in content(response)
    save(kari, "status=closed", name="Nr. 1")
    assert SavedView.objects.get(name="Nr. 1").query == "status=closed"


def test_a_view_is_deleted_where_it_is_shown(kari):
    view = own(kari.user)
    own(kari.user, name="En annen", query="status=waiting&language=nb")
    own(kari.user, name="Denne", query="language=nn")
    form = soup(kari.get(f"{GROUP_QUEUE}?language=nn")).select_one(".queue-views__own form")
    kari.post(form["action"])
    assert not SavedView.objects.filter(name="Denne").exists()
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_nobody_sees_or_deletes_what_somebody_else_has_saved(kari):
    view = own(kari.user, name="Karis egen")
    ola = logged_in(roles.GROUP_COORDINATOR)
    assert "Karis egen" not in content(ola.get(GROUP_QUEUE))
    assert forget(ola, view).status_code == 404
    assert SavedView.objects.exists()


def test_a_view_of_one_queue_is_none_of_the_other(db):
    pia = logged_in(roles.PRIVACY_OFFICER)
    view = own(pia.user, name="Bare grupper")
    assert "Bare grupper" in content(pia.get(GROUP_QUEUE))
    assert "Bare grupper" not in content(pia.get(NETWORK_QUEUE))
    assert forget(pia, view, queue=NETWORK_QUEUE).status_code == 404


@pytest.mark.parametrize("label", QUEUES)
@pytest.mark.parametrize("role", [*roles.ROLES, ""])
def test_who_may_not_see_the_queue_keeps_no_views_of_it(db, role, label):
    client, queue = logged_in(role), QUEUES[label]
    view = own(client.user, queue=label)
    save(client, "status=closed", queue=queue)
    forget(client, view, queue=queue)
    names = set(SavedView.objects.values_list("name", flat=True))
    assert names == ({"Sorg i nord"} if (role, label) in MAY_VIEW else {"Min"})


@pytest.mark.parametrize("queue", QUEUES.values())
def test_nobody_gets_in_without_logging_in_or_by_a_link(db, queue, client):
    assert save(client, "status=new", queue=queue).url.startswith("/admin/login/")
    kari = logged_in(is_superuser=True)
    view = own(kari.user)
    for path in ("views/save/", f"views/{view.pk}/forget/"):
        assert kari.get(f"{queue}{path}").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(kari.user)
    assert save(strict, "status=new", queue=queue).status_code == 403
