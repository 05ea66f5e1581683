"""One setting for all queues instead of one for each site, of which only the default's counted."""

from django.db import migrations


def keep_what_counted(apps, schema_editor):
    settings = apps.get_model("intake.QueueSettings").objects
    settings.filter(site__is_default_site=False).delete()


def forget(apps, schema_editor):
    """On the way back there is no site to give them; they are as nobody has changed them."""
    apps.get_model("intake.QueueSettings").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_working_the_queues")]

    operations = [
        migrations.RunPython(keep_what_counted, migrations.RunPython.noop),
        migrations.RemoveField("queuesettings", "site"),
        migrations.RunPython(migrations.RunPython.noop, forget),
    ]
