"""The ready-made roles, as they are there after migrate."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
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
    call_command("migrate", verbosity=0)
    assert permissions_of(editors) == before
    assert Group.objects.count() == len(roles.ROLES)


def test_what_a_centre_has_taken_away_is_not_given_again(db):
    managers = Group.objects.get(name=roles.MANAGER)
    managers.permissions.clear()
    managers.page_permissions.all().delete()
    Group.objects.get(name=roles.PRIVACY_OFFICER).delete()
    call_command("migrate", verbosity=0)
    assert not managers.permissions.exists() and not managers.page_permissions.exists()
    assert not Group.objects.filter(name=roles.PRIVACY_OFFICER).exists()


def test_a_permission_that_is_new_is_given_to_the_roles_it_is_meant_for(db):
    coordinators = Group.objects.get(name=roles.GROUP_COORDINATOR)
    before = permissions_of(coordinators)
    Permission.objects.get(codename="export_groupapplication").delete()
    Group.objects.get(name=roles.MANAGER).permissions.clear()
    call_command("migrate", verbosity=0)
    assert permissions_of(coordinators) == before
    assert not Group.objects.get(name=roles.MANAGER).permissions.exists()
    assert "groups.export_groupapplication" in permissions_of(
        Group.objects.get(name=roles.PRIVACY_OFFICER)
    )


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
