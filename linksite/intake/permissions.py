"""Who may do what with the applications of one queue: one function for each question."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry


class ApplicationPermissionPolicy(ModelPermissionPolicy):
    """Django's permissions for each queue; rows by `visible_to` and `is_visible_to`."""

    def user_has_permission(self, user, action):
        # Applications are deleted by the rules of retention, never by hand.
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action) and instance.is_visible_to(user)

    def instances_user_has_any_permission_for(self, user, actions):
        return super().instances_user_has_any_permission_for(user, actions).visible_to(user)


def may(user, action: str, model) -> bool:
    """Return whether `user` may do `action` in the queue of `model`."""
    return policy_registry.get_by_type(model).user_has_permission(user, action)


def who_may(action: str, model):
    """Return the users who may do `action` in the queue of `model`, ordered by name."""
    users = policy_registry.get_by_type(model).users_with_permission(action)
    return users.order_by("first_name", "last_name", get_user_model().USERNAME_FIELD)


class PermissionMenuItem(MenuItem):
    """An entry of the admin's menu for users for whom `may_see` holds."""

    def __init__(self, *args, may_see: Callable, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_see = may_see

    def is_shown(self, request):
        return self.may_see(request.user)
