"""Names of places that people use; a change of them is a new edition of the network."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Left

TRIGGER = """
CREATE TRIGGER network_new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON network_areaname
FOR EACH STATEMENT EXECUTE FUNCTION network_new_edition();
"""
KINDS = [("estate", "estate"), ("crossing", "crossing or street"), ("employer", "employer"),
         ("other", "something else"), ("vague", "means other things too")]


class Migration(migrations.Migration):

    dependencies = [("network", "0005_proposals_to_reset")]

    operations = [
        migrations.CreateModel(
            name="AreaName",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("district", models.CharField(max_length=6)),
                ("name", models.CharField(max_length=80)),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                           to="network.area")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "name", "area"), name="network_name_once_an_area"),
                    models.CheckConstraint(condition=models.Q(district=Left("area_id", 6)),
                                           name="network_name_in_its_district"),
                    models.CheckConstraint(
                        condition=models.Q(kind__in=["estate", "crossing", "employer", "other", "vague"]),
                        name="network_name_kind"),
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER network_new_edition ON network_areaname;"),
    ]
