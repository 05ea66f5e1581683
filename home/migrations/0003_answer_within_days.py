"""Moves the promise of when people hear from the centre to where the queue keeps its limits."""

from django.db import migrations


def move(apps, schema_editor):
    settings = apps.get_model("intake.QueueSettings").objects
    for centre in apps.get_model("home.CentreSettings").objects.all():
        days = {"answer_within_days": centre.answer_within_days}
        settings.update_or_create(site_id=centre.site_id, defaults=days)


def back(apps, schema_editor):
    centres = apps.get_model("home.CentreSettings").objects
    for kept in apps.get_model("intake.QueueSettings").objects.all():
        centres.filter(site_id=kept.site_id).update(answer_within_days=kept.answer_within_days)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_roles"),
        ("intake", "0002_working_the_queues"),
    ]

    # It needs the settings while there is one for each site.
    run_before = [("intake", "0003_settings_for_all_queues")]

    operations = [
        migrations.RunPython(move, back),
        migrations.RemoveField("centresettings", "answer_within_days"),
    ]
