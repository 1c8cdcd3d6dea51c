from django.db import migrations, models

from baiying.kit import rows


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("kit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=100)),
                ("body", models.TextField()),
                ("loaded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("declarations", models.JSONField()),
                ("loaded_at", models.DateTimeField()),
                ("in_force", models.BooleanField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("in_force", True)), fields=("in_force",), name="one_edition_in_force"
                    )
                ],
            },
        ),
        rows.append_only("catalogue_declaration"),
    ]
