"""Gives the roles what has come since: groups, initiators, figures, mail templates."""

from django.db import migrations

from home import roles


def give_roles(apps, schema_editor):
    roles.give_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_self_help_groups"),
        ("home", "0003_answer_within_days"),
        ("intake", "0002_working_the_queues"),
        ("network", "0002_initiators_and_steps"),
    ]

    operations = [migrations.RunPython(give_roles, migrations.RunPython.noop)]
