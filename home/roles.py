"""The ready-made roles. Plain data first; one function that grants them.

A role is a group of users in Wagtail, so a centre can change it there. Somebody who does two jobs
gets two roles: the coordinator of a small centre is often its editor as well. Only a superuser
manages users, since anybody who does can give themselves any role.
"""

from django.contrib.auth.management import create_permissions

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


#: Wagtail's own groups, which these roles replace.
STOCK_GROUPS = ["Editors", "Moderators"]


#: Where the permissions above come from; in a new database they are not there yet.
APPS = ["groups", "network", "home", "intake", "wagtailcore", "wagtailimages", "wagtaildocs"]


def give_roles(apps) -> None:
    """Make sure that each role exists and has at least the permissions above.

    `apps` is Django's registry, or a migration's. It can be run again at any time, and takes
    nothing away that a centre has added.
    """
    for label in APPS:
        _create_permissions(apps, label)
    for name, role in ROLES.items():
        group, _created = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*_named(apps, role["permissions"]))
        _give(apps.get_model("wagtailcore.GroupPagePermission"), group, role.get("pages", []))
        _give(apps.get_model("wagtailcore.GroupCollectionPermission"), group, role.get("files", []))


def _create_permissions(apps, label):
    config = apps.get_app_config(label)
    # A migration's app has no module, and without one Django creates nothing.
    config.models_module = getattr(config, "models_module", None) or True
    create_permissions(config, apps=apps, verbosity=0)


def _named(apps, names):
    permissions = apps.get_model("auth.Permission").objects.select_related("content_type")
    named = {f"{p.content_type.app_label}.{p.codename}": p for p in permissions}
    # An earlier migration lacks some; the later one that adds the rest grants it too.
    return [named[name] for name in names if name in named]


def _give(rule, group, codenames):
    """Grant `group` the permissions on the root of what `rule` is about: pages or collections."""
    field = next(name for name in ("page", "collection") if hasattr(rule, name))
    root = rule._meta.get_field(field).related_model.objects.get(depth=1)
    permissions = rule._meta.get_field("permission").related_model.objects
    for permission in permissions.filter(codename__in=codenames):
        rule.objects.get_or_create(group=group, permission=permission, **{field: root})
