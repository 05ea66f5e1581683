"""Wagtail's report of who has done what, as it shows what happened to applications and groups."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from home import roles
from linksite.intake import actions
from tests import factories as make
from tests.queues import content, logged_in, page_of

HISTORY = "/admin/reports/site-history/"
WHO = [{"role": roles.GROUP_COORDINATOR}, {"is_superuser": True}]


def happen(times):
    """Let so many things happen in turn, each to somebody else and by somebody else."""
    for number in range(times):
        user = make.UserFactory()
        handed_over = make.moment(-1) if number % 2 else None
        application = make.GroupApplicationFactory(handed_over_at=handed_over)
        if number % 5:
            to = make.UserFactory(role=roles.GROUP_COORDINATOR)
            actions.assign(application, to, user=user, version=application.version)
        else:
            log(make.SelfHelpGroupFactory(), "groups.view", user=user)


def queries(client, path):
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["", "results/"])
@pytest.mark.parametrize("who", WHO)
def test_it_takes_as_many_queries_for_many_rows_as_for_few(no_centre, who, path):
    client = logged_in(**who)
    happen(5)
    queries(client, HISTORY + path)
    few = queries(client, HISTORY + path)
    happen(45)
    assert ModelLogEntry.objects.count() == 50
    assert queries(client, HISTORY + path) == few


def test_it_names_whom_something_was_assigned_to_and_leads_to_it(db):
    application, kari = make.GroupApplicationFactory(), logged_in(roles.GROUP_COORDINATOR)
    actions.assign(application, kari.user, user=kari.user, version=application.version)
    page = content(kari.get(HISTORY))
    assert f"Assigned to {kari.user.get_full_name()}" in page and page_of(application) in page


def test_it_leads_to_nobody_who_is_out_of_sight(db):
    application = make.GroupApplicationFactory(handed_over_at=make.moment(-1))
    actions.opened(application, user=make.UserFactory())
    page = content(logged_in(roles.GROUP_COORDINATOR).get(HISTORY))
    assert application.reference in page and page_of(application) not in page


@pytest.mark.parametrize("path", ["", "results/"])
def test_it_is_for_staff_who_have_logged_in(db, client, path):
    assert client.get(HISTORY + path).url.startswith("/admin/login/")
    client.force_login(make.UserFactory())
    assert client.get(HISTORY + path).status_code == 302
