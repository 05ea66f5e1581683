from django.db import migrations

from linksite.intake.word_statistics import learn_words


class Migration(migrations.Migration):
    dependencies = [("groups", "0005_pool_of_those_who_wait")]

    operations = [learn_words("groups_groupapplication", "name", "email")]
