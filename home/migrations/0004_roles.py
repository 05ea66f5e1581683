"""Gave the roles what had come since; home.roles does so after every migrate now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_self_help_groups"),
        ("home", "0003_answer_within_days"),
        ("intake", "0002_working_the_queues"),
        ("network", "0002_initiators_and_steps"),
    ]

    operations = []
