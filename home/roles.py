"""The ready-made roles. Plain data first; one function that grants them.

A role is a group of users in Wagtail, so a centre can change it there. Somebody who does two jobs
gets two roles: the coordinator of a small centre is often its editor as well. Only a superuser
manages users, since anybody who does can give themselves any role.
"""

from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.db import transaction

GROUP_COORDINATOR = "Gruppekoordinator"
NETWORK_COORDINATOR = "Nettverkskoordinator"
EDITOR = "Redaktør"
MANAGER = "Leder"
PRIVACY_OFFICER = "Personvernombud"

LOG_IN = ["wagtailadmin.access_admin"]
GROUP_QUEUE = [f"groups.{action}_groupapplication" for action in ("view", "change", "add")]
SELF_HELP_GROUPS = [f"groups.{action}_selfhelpgroup" for action in ("view", "change", "add")]
GROUP_EXPORT = ["groups.export_groupapplication"]
NETWORK_QUEUE = [f"network.{action}_networkapplication" for action in ("view", "change", "add")]
INITIATORS = [f"network.{action}_initiator" for action in ("view", "add", "change", "delete")]
SEE_INITIATORS = ["network.view_initiator"]
NETWORK_EXPORT = ["network.export_networkapplication"]
TOPICS_AND_AREAS = [
    f"groups.{action}_{model}"
    for model in ("topic", "area")
    for action in ("view", "add", "change", "delete")
]
PARTNERS = [f"network.{action}_organisation" for action in ("view", "add", "change", "delete")]
SEE_PARTNERS = ["network.view_organisation"]
TRANSLATE = ["wagtail_localize.submit_translation"]
CENTRE_SETTINGS = ["home.change_centresettings"]
HOW_TO_WORK = ["intake.change_queuesettings", "intake.change_mailtext"]
HOW_TO_FORM_GROUPS = ["groups.change_groupsettings"]
FIGURES = ["intake.view_tally"]

#: What may be done with every page, and with every picture and document.
PAGES = ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"]
FILES = [
    f"{action}_{model}" for model in ("image", "document") for action in ("add", "change", "choose")
]

ROLES = {
    # Calls people, and needs the list on paper when the line is down. Does not see the network's
    # queue: a contact person there is somebody's colleague.
    GROUP_COORDINATOR: {
        "permissions": [
            *LOG_IN,
            *GROUP_QUEUE,
            *GROUP_EXPORT,
            *SELF_HELP_GROUPS,
            *SEE_INITIATORS,
            *TOPICS_AND_AREAS,
            *SEE_PARTNERS,
            *HOW_TO_WORK,
            *HOW_TO_FORM_GROUPS,
        ],
    },
    # Looks after partners, initiators and meetings, not people who ask for a group.
    NETWORK_COORDINATOR: {
        "permissions": [
            *LOG_IN,
            *NETWORK_QUEUE,
            *NETWORK_EXPORT,
            *INITIATORS,
            *PARTNERS,
            *HOW_TO_WORK,
        ],
    },
    # Writes and translates. No queue at all: a text needs nobody's name.
    EDITOR: {
        "permissions": LOG_IN + TRANSLATE + TOPICS_AND_AREAS + PARTNERS,
        "pages": PAGES,
        "files": FILES,
    },
    # Answers for the centre and what it says of itself. Leading it needs figures, not names.
    MANAGER: {
        "permissions": [
            *LOG_IN,
            *CENTRE_SETTINGS,
            *HOW_TO_WORK,
            *HOW_TO_FORM_GROUPS,
            *FIGURES,
            *TRANSLATE,
            *SEE_PARTNERS,
        ],
        "pages": PAGES,
        "files": FILES,
    },
    # Checks who has read what, and answers people who ask what is held on them. Changes nothing.
    PRIVACY_OFFICER: {
        "permissions": [
            *LOG_IN,
            GROUP_QUEUE[0],
            SELF_HELP_GROUPS[0],
            NETWORK_QUEUE[0],
            *GROUP_EXPORT,
            *NETWORK_EXPORT,
        ],
    },
}
#: Wagtail's own groups, which these roles replace where nobody is in them.
STOCK_GROUPS = ["Editors", "Moderators"]


@transaction.atomic
def give_roles(apps=global_apps, **kwargs) -> None:
    """Make the roles in a new database, and give them each permission that comes into being.

    Runs after `migrate`, before anything else has created permissions: this app stands first in
    INSTALLED_APPS. A role that a centre has changed or deleted stays so, since what was there
    before is never given again. A new role, or an old permission for a role, needs a migration.
    """
    if not apps.all_models["home"]:  # migrate was told to stop before it got here
        return
    permissions = apps.get_model("auth.Permission").objects
    known = set(permissions.values_list("pk", flat=True))
    is_new_database = not permissions.filter(content_type__app_label="home").exists()
    for config in global_apps.get_app_configs():
        create_permissions(config, apps=apps, verbosity=0)
    if is_new_database:
        _make_roles(apps)
        known = set()
    new = permissions.exclude(pk__in=known).select_related("content_type")
    named = {f"{one.content_type.app_label}.{one.codename}": one for one in new}
    for group in apps.get_model("auth.Group").objects.filter(name__in=ROLES):
        wanted = ROLES[group.name]["permissions"]
        group.permissions.add(*(named[name] for name in wanted if name in named))


def _make_roles(apps):
    groups = apps.get_model("auth.Group").objects
    for name, role in ROLES.items():
        group, _created = groups.get_or_create(name=name)
        _give(apps.get_model("wagtailcore.GroupPagePermission"), group, role.get("pages", []))
        _give(apps.get_model("wagtailcore.GroupCollectionPermission"), group, role.get("files", []))
    # Editors approve what the moderators approved, or nobody could any more.
    tasks = apps.get_model("wagtailcore.GroupApprovalTask").objects
    for task in tasks.filter(groups__name__in=STOCK_GROUPS):
        task.groups.add(groups.get(name=EDITOR))
    groups.filter(name__in=STOCK_GROUPS, user=None).delete()


def _give(rule, group, codenames):
    """Grant `group` the permissions on the root of what `rule` is about: pages or collections."""
    field = next(name for name in ("page", "collection") if hasattr(rule, name))
    permissions = rule._meta.get_field("permission").related_model.objects
    # A database that was flushed has lost its root.
    for root in rule._meta.get_field(field).related_model.objects.filter(depth=1):
        for permission in permissions.filter(codename__in=codenames):
            rule.objects.get_or_create(group=group, permission=permission, **{field: root})
