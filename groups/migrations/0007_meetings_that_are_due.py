from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0006_words_searched_for")]

    operations = [
        migrations.RemoveIndex(model_name="groupmeeting", name="groupmeeting_at"),
        migrations.AddIndex(
            model_name="groupmeeting",
            index=models.Index(
                condition=models.Q(("held", None)), fields=["at"], name="groupmeeting_due"
            ),
        ),
    ]
