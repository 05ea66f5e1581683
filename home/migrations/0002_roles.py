"""Gives the ready-made roles, in place of Wagtail's stock groups where nobody is in those."""

from django.db import migrations

from home import roles


def give_roles(apps, schema_editor):
    roles.give_roles(apps)
    groups = apps.get_model("auth.Group").objects
    _hand_over_approval(apps, groups.get(name=roles.EDITOR))
    groups.filter(name__in=roles.STOCK_GROUPS, user=None).delete()


def take_roles_back(apps, schema_editor):
    apps.get_model("auth.Group").objects.filter(name__in=roles.ROLES).delete()


def _hand_over_approval(apps, editors):
    """Let editors approve what the moderators approved, or nobody could any more."""
    for task in apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(
        groups__name__in=roles.STOCK_GROUPS
    ):
        task.groups.add(editors)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("groups", "0002_initial"),
        ("home", "0001_initial"),
        ("network", "0001_initial"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0005_editingsession_is_editing"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(give_roles, take_roles_back)]
