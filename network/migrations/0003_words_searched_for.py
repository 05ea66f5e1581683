from django.db import migrations

from linksite.intake.word_statistics import learn_words


class Migration(migrations.Migration):
    dependencies = [("network", "0002_initiators_and_steps")]

    operations = [
        learn_words(
            "network_networkapplication", "name", "email", "organisation", "organisation_number"
        )
    ]
