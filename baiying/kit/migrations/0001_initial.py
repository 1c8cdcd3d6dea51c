"""The tables of the kit: log and chain, the keyring's fingerprint, drafts, rates, powers of roles."""

import django.contrib.postgres.fields
from django.db import migrations, models

from baiying.kit import rows


def further_column(model: str, table: str, column: str, kind: str) -> migrations.RunSQL:
    """A column of a PostgreSQL type that Django has no field for."""
    return migrations.RunSQL(f"ALTER TABLE {table} ADD COLUMN {column} {kind}", f"ALTER TABLE {table} DROP COLUMN {column}")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        rows.APPEND_ONLY_FUNCTION,
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("who", models.TextField()),
                ("verb", models.TextField()),
                ("subject", models.UUIDField(db_index=True)),
                ("payload", models.BinaryField(null=True)),
                ("mac", models.BinaryField()),
            ],
            options={"db_table": "kit_line"},
        ),
        further_column("line", "kit_line", "xid", "xid8 NOT NULL DEFAULT pg_current_xact_id()"),
        migrations.RunSQL("CREATE INDEX kit_line_xid ON kit_line (xid)", "DROP INDEX kit_line_xid"),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("line_id", models.BigIntegerField(unique=True)),
                ("chained", models.BinaryField()),
            ],
            options={"db_table": "kit_link"},
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("cluster", models.BigIntegerField()),
                ("seq", models.BigIntegerField()),
                ("chained", models.BinaryField()),
                ("mac", models.BinaryField()),
            ],
            options={"db_table": "kit_seal"},
        ),
        further_column("seal", "kit_seal", "seen", "pg_snapshot NOT NULL"),
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("fingerprint", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "kit_remembered",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="kit_remembered_is_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session", models.BinaryField()),
                ("name", models.CharField(max_length=100)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "kit_draft",
                "constraints": [models.UniqueConstraint(fields=("session", "name"), name="kit_draft_one_of_a_name")],
            },
        ),
        migrations.CreateModel(
            name="Rate",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("until", models.DateTimeField(db_index=True)),
                ("count", models.IntegerField()),
            ],
            options={"db_table": "kit_rate"},
        ),
        migrations.RunSQL("ALTER TABLE kit_rate SET UNLOGGED", "ALTER TABLE kit_rate SET LOGGED"),
        migrations.CreateModel(
            name="RolePowers",
            fields=[
                ("role", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("powers", django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=100), default=list, size=None)),
            ],
            options={"db_table": "kit_role_powers"},
        ),
        rows.append_only("kit_line"),
        rows.append_only("kit_link"),
        rows.append_only("kit_remembered"),
        rows.protect("kit_line", f"{rows.is_case('subject')} OR {rows.on_errand('sealer', 'verify')}",
                     insert="true", update="false"),
    ]
