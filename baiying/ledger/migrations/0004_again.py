"""A promise may end because what was proposed is looked at anew."""

from django.db import migrations, models

WHY = [
    ("wrong_person", "It was for somebody else"), ("wrong_sum", "The amount was wrong"),
    ("rule", "The rule did not allow it"), ("gave_back", "It was given back"),
    ("not_wanted", "It is not wanted any more"), ("refused", "The request was refused or withdrawn"),
    ("granted", "It was granted"), ("again", "It is looked at anew"),
]


class Migration(migrations.Migration):

    dependencies = [("ledger", "0003_corrections")]

    operations = [
        migrations.AlterField("line", "why", models.CharField(blank=True, choices=WHY, max_length=12)),
        migrations.AlterField("correction", "why", models.CharField(choices=WHY, max_length=12)),
    ]
