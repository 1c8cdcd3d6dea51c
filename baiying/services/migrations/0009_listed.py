"""Of whom a list of members says something stands in a table of its own: an equality that row security leaves its
index, where a search through every profile read them all."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baiying.kit import rows

ERRAND = rows.on_errand("members")
# What lists have said so far: [source, day, list] by the name of a fact.
FILL = """
INSERT INTO services_listed (id, district, batch, person_id)
SELECT gen_random_uuid(), found.district, found.batch, found.person_id
FROM (SELECT DISTINCT p.person_id, p.district, (told.entry ->> 2)::uuid AS batch
      FROM services_profile p, jsonb_each(p.told) AS told(name, entry)
      WHERE told.entry ->> 0 = 'roster' AND told.entry ->> 2 IS NOT NULL) found"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("services", "0008_requests_go_with_the_case"),
    ]

    operations = [
        migrations.CreateModel(
            name="Listed",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("district", models.CharField(max_length=6)),
                ("batch", models.UUIDField()),
                ("person", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT,
                                             related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"constraints": [
                models.UniqueConstraint(fields=("batch", "person"), name="services_listed_once")]},
        ),
        migrations.RunSQL("SELECT set_config('baiying.errand', 'members', true)", migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("SELECT set_config('baiying.errand', '', true)", migrations.RunSQL.noop),
        rows.protect("services_listed", ERRAND, delete=ERRAND),
    ]
