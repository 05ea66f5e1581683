"""The ready-made roles, as the migration grants them."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupApprovalTask, Page

from home import roles
from tests.queues import content, logged_in


def permissions_of(group):
    pairs = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


@pytest.mark.parametrize("name", roles.ROLES)
def test_each_role_holds_what_its_data_says_and_nothing_else(db, name):
    group, role = Group.objects.get(name=name), roles.ROLES[name]
    assert permissions_of(group) == set(role["permissions"])
    for rules, root, wanted in (
        (group.page_permissions, Page.get_first_root_node(), role.get("pages", [])),
        (group.collection_permissions, Collection.get_first_root_node(), role.get("files", [])),
    ):
        assert set(rules.values_list("permission__codename", flat=True)) == set(wanted)
        assert {
            rule.page if hasattr(rule, "page") else rule.collection for rule in rules.all()
        } <= {root}


def test_the_stock_groups_are_gone_and_somebody_can_still_approve(db):
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)
    for task in GroupApprovalTask.objects.all():
        assert task.groups.exists()


def test_giving_the_roles_again_changes_nothing_and_takes_nothing_away(db):
    editors = Group.objects.get(name=roles.EDITOR)
    extra = Group.objects.get(name=roles.MANAGER).permissions.get(codename="change_centresettings")
    editors.permissions.add(extra)
    before = permissions_of(editors)
    roles.give_roles(apps)
    assert permissions_of(editors) == before
    assert Group.objects.count() == len(roles.ROLES)


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (roles.EDITOR, "pages/"),
        (roles.EDITOR, "images/"),
        (roles.EDITOR, "snippets/groups/topic/"),
        (roles.EDITOR, "snippets/network/organisation/"),
        (roles.MANAGER, "pages/"),
        (roles.MANAGER, "settings/home/centresettings/"),
        (roles.GROUP_COORDINATOR, "snippets/groups/area/"),
        (roles.NETWORK_COORDINATOR, "snippets/network/organisation/add/"),
    ],
)
def test_each_role_can_open_what_it_works_with(centre, role, path):
    assert logged_in(role).get(f"/admin/{path}", follow=True).status_code == 200


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.MANAGER])
def test_only_the_manager_changes_the_centres_settings(centre, role):
    response = logged_in(role).get("/admin/settings/home/centresettings/", follow=True)
    assert centre.settings.privacy_contact not in content(response)
