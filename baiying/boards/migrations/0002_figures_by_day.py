"""Figures by day, with what a board needs. What was there was an invented past alone: it is made anew."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

NUMBERS = ("received", "waiting", "ended", "unrated", "within_30_days", "solved", "partly", "not_solved", "returned",
           "in_time", "reopened", "contacted", "not_contacted")


class Migration(migrations.Migration):
    dependencies = [("boards", "0001_initial"), ("network", "0001_initial")]
    operations = [
        migrations.DeleteModel("Figure"),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("district", models.CharField(max_length=6)),
                ("unit", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT,
                                           related_name="+", to="network.unit")),
                ("matter", models.CharField(blank=True, max_length=80)),
                ("day", models.DateField()),
                ("protected", models.BooleanField(default=False)),
                ("generated", models.BooleanField(default=False)),
                *((name, models.PositiveIntegerField()) for name in NUMBERS),
            ],
            options={
                "indexes": [models.Index(fields=["district", "day"], name="boards_figure_day"),
                            models.Index(fields=["unit", "day"], name="boards_figure_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(received=F("waiting") + F("ended") + F("unrated") + F("within_30_days")
                                    + F("solved") + F("partly") + F("not_solved")), name="boards_figure_adds_up"),
                    models.CheckConstraint(
                        condition=Q(returned__lte=F("received"))
                        & Q(in_time__lte=F("received") - F("waiting") - F("ended"))
                        & Q(reopened__lte=F("received") - F("waiting") - F("ended"))
                        & Q(solved__gte=F("contacted") + F("not_contacted") - F("partly") - F("not_solved")),
                        name="boards_figure_parts"),
                    models.CheckConstraint(
                        condition=Q(protected=True, unit=None, matter="") | Q(protected=False, unit__isnull=False),
                        name="boards_protected_is_no_units"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                ("district", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("until", models.DateTimeField(null=True)),
                ("proved_at", models.DateTimeField(null=True)),
                ("drifted", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
