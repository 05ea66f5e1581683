"""Each role at each page: without the permission there is no row, count, hit, export or name."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from wagtail.log_actions import registry
from wagtail.models import ReferenceIndex

from home import roles
from linksite.intake import actions
from linksite.intake.statuses import Status
from tests import factories as make
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, act, content, logged_in, page_of

NAME = "Zacharias Hemmelig"
QUEUES = {GROUP_QUEUE: make.GroupApplicationFactory, NETWORK_QUEUE: make.NetworkApplicationFactory}
#: What each role may do in each queue. Everything else is refused.
MAY = {
    (roles.GROUP_COORDINATOR, GROUP_QUEUE): {"view", "add", "change", "export"},
    (roles.NETWORK_COORDINATOR, NETWORK_QUEUE): {"view", "add", "change", "export"},
    (roles.PRIVACY_OFFICER, GROUP_QUEUE): {"view", "export"},
    (roles.PRIVACY_OFFICER, NETWORK_QUEUE): {"view", "export"},
}
EVERYBODY = [*roles.ROLES, ""]
cases = pytest.mark.parametrize("queue", QUEUES), pytest.mark.parametrize("role", EVERYBODY)


def each_role_and_queue(test):
    for mark in cases:
        test = mark(test)
    return test


def may(role, queue, action):
    return action in MAY.get((role, queue), set())


@pytest.fixture
def application(db, queue):
    return QUEUES[queue](name=NAME, email="zacharias@example.org")


@each_role_and_queue
def test_the_list_and_its_results(application, queue, role):
    client = logged_in(role)
    for path in (queue, f"{queue}results/", f"{queue}?q=zacharias", f"{queue}?status=new"):
        response = client.get(path)
        page = content(response)
        assert (response.status_code == 200) == may(role, queue, "view")
        assert (NAME in page) == (application.reference in page) == may(role, queue, "view")


@each_role_and_queue
def test_the_page_of_an_application(application, queue, role):
    response = logged_in(role).get(page_of(application))
    assert (response.status_code == 200) == may(role, queue, "view")
    assert (NAME in content(response)) == may(role, queue, "view")


def agree(one, user):
    rows = type(one).objects.visible_to(user).filter(pk=one.pk)
    assert one.is_visible_to(user) == rows.exists()
    return one.is_visible_to(user)


@each_role_and_queue
def test_an_application_says_the_same_as_its_list_about_who_sees_it(application, queue, role):
    assert agree(application, make.UserFactory(role=role)) == may(role, queue, "view")


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_group_says_the_same_as_its_list_about_who_sees_it(db, role):
    user = make.UserFactory(role=role)
    sees = user.has_perm("groups.view_selfhelpgroup")
    assert agree(make.SelfHelpGroupFactory(), user) == sees


@pytest.mark.parametrize("user", [{"role": role} for role in EVERYBODY] + [{"is_superuser": True}])
def test_nobody_sees_an_application_that_was_handed_over(db, user):
    handed_over = make.GroupApplicationFactory(handed_over_at=make.moment(-1))
    assert not agree(handed_over, make.UserFactory(**user))


@each_role_and_queue
def test_who_may_only_look_is_shown_no_forms(application, queue, role):
    page = content(logged_in(role).get(page_of(application)))
    assert ('name="action"' in page) == may(role, queue, "change")


@each_role_and_queue
@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("step", {"status": Status.CONTACTED}),
        ("step", {"note": "Ringte"}),
        ("assign", {"to": ""}),
        ("follow_up", {"follow_up_on": make.days(2)}),
    ],
)
def test_changing_an_application(application, queue, role, action, data):
    act(logged_in(role), application, action, **data)
    changed = registry.get_logs_for_instance(application).exclude(action="intake.view").exists()
    assert changed == may(role, queue, "change")


@each_role_and_queue
@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize("path", ["", "results/"])
def test_exporting(application, queue, role, extension, path):
    response = logged_in(role).get(f"{queue}{path}?export={extension}")
    assert response.streaming == may(role, queue, "export")
    if not response.streaming:
        assert response.status_code != 200 and NAME not in content(response)


@each_role_and_queue
def test_the_menu_and_the_front_page_of_the_admin(application, queue, role):
    page = content(logged_in(role).get("/admin/", follow=True))
    assert (queue in page) == may(role, queue, "view")
    assert NAME not in page and application.reference not in page


@each_role_and_queue
def test_the_site_history(application, queue, role):
    actions.opened(application, user=make.UserFactory())
    for path in ("", "results/", "?export=csv"):
        response = logged_in(role).get(f"/admin/reports/site-history/{path}", follow=True)
        page = content(response)
        assert (application.reference in page) == may(role, queue, "view")
        assert NAME not in page


@each_role_and_queue
def test_entering_an_application_by_hand(application, queue, role):
    response = logged_in(role).get(f"{queue}new/")
    assert (response.status_code == 200) == may(role, queue, "add")


@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize("queue", QUEUES)
def test_no_way_to_delete_copy_or_choose(application, queue, role):
    client, key = logged_in(role), application.pk
    label, model = application._meta.app_label, application._meta.model_name
    paths = [f"{queue}choose/"]
    paths += [f"{queue}{view}/{key}/" for view in ("edit", "delete", "copy", "usage", "history")]
    paths += [f"/admin/snippets/{label}/{model}/", f"/admin/snippets/choose/{label}/{model}/"]
    for path in paths:
        assert client.get(path, follow=True).status_code == 404


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_missing_application_looks_like_a_hidden_one(db, role):
    client = logged_in(role)
    assert client.get(f"{GROUP_QUEUE}inspect/999999/", follow=True).status_code == 404


@pytest.mark.parametrize("queue", QUEUES)
def test_who_may_look_but_not_export_is_told_so(application, queue):
    client = logged_in(roles.PRIVACY_OFFICER)
    group = client.user.groups.get()
    group.permissions.remove(*group.permissions.filter(codename__startswith="export_"))
    assert client.get(queue).status_code == 200
    assert "export=" not in content(client.get(queue))
    for extension in ("csv", "xlsx"):
        response = client.get(f"{queue}?export={extension}")
        assert response.status_code == 403 and NAME not in content(response)


@pytest.mark.parametrize("queue", QUEUES)
def test_nobody_gets_in_without_logging_in(application, queue, client):
    for path in (queue, page_of(application), f"{queue}?export=csv", f"{queue}new/"):
        response = client.get(path)
        assert response.status_code == 302 and response.url.startswith("/admin/login/")


@pytest.mark.parametrize("queue", QUEUES)
def test_a_superuser_sees_and_changes_everything_but_deletes_nothing(application, queue):
    client = logged_in(is_superuser=True)
    assert NAME in content(client.get(queue))
    assert act(client, application, "step", note="Ringte").status_code == 302
    assert client.get(f"{queue}?export=csv").streaming
    assert client.get(f"{queue}delete/{application.pk}/", follow=True).status_code == 404


@pytest.mark.parametrize("queue", QUEUES)
def test_applications_are_in_no_index(application, queue):
    assert not ReferenceIndex.get_references_for_object(application).exists()
    assert type(application) not in ReferenceIndex.indexed_models
    assert not hasattr(application, "get_indexed_instance")
    assert not hasattr(application, "revisions")


@each_role_and_queue
def test_searching_anywhere_else_in_the_admin_finds_nobody(application, queue, role):
    client = logged_in(role)
    for path in (
        "pages/search/",
        "users/",
        "images/",
        "documents/",
        "snippets/network/organisation/",
    ):
        response = client.get(f"/admin/{path}?q=Zacharias", follow=True)
        assert NAME not in content(response)


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_role_manages_users_or_gives_itself_more(db, role):
    client = logged_in(role)
    assert not client.user.has_perm("auth.change_user")
    assert not client.user.has_perm("auth.change_group")


def test_notes_mails_and_people_have_no_permissions_of_their_own(db):
    names = ["groupnote", "groupmail", "networknote", "networkmail", "nominee"]
    assert not Permission.objects.filter(content_type__model__in=names).exists()
    assert all(apps.get_model(label) for label in ("groups.GroupNote", "network.Nominee"))
