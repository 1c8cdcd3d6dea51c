"""Grants are taken back by two people; an account that was wrong stays beside the one that was written after it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from baiying.kit import rows

OURS = f"{rows.in_units('unit_id')} OR {rows.on_errand('ledger')}"
WITH_CASE = rows.is_case('"case"')
RETENTION = rows.on_errand("retention")
WHY = [
    ("wrong_person", "It was for somebody else"), ("wrong_sum", "The amount was wrong"),
    ("rule", "The rule did not allow it"), ("gave_back", "It was given back"),
    ("not_wanted", "It is not wanted any more"), ("refused", "The request was refused or withdrawn"),
    ("granted", "It was granted"),
]

# The key of each row was its line; from now on a line may have several. A change of type is not bound by row security.
KEYED = [
    "ALTER TABLE ledger_payee ADD COLUMN id uuid",
    "ALTER TABLE ledger_payee ALTER COLUMN id TYPE uuid USING line_id",
    "ALTER TABLE ledger_payee DROP CONSTRAINT ledger_payee_pkey",
    "ALTER TABLE ledger_payee ALTER COLUMN id SET NOT NULL",
    "ALTER TABLE ledger_payee ADD CONSTRAINT ledger_payee_pkey PRIMARY KEY (id)",
]
BACK = [
    "ALTER TABLE ledger_payee DROP CONSTRAINT ledger_payee_pkey",
    "ALTER TABLE ledger_payee ADD CONSTRAINT ledger_payee_pkey PRIMARY KEY (line_id)",
    "ALTER TABLE ledger_payee DROP COLUMN id",
]

# What was asked never changes; what was decided neither. Only the words may go, with their case.
FROZEN = """
CREATE FUNCTION ledger_correction_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.id, NEW.line_id, NEW.district, NEW.unit_id, NEW."case", NEW.fen, NEW.why, NEW.asked_by, NEW.asked_at)
       IS DISTINCT FROM
       (OLD.id, OLD.line_id, OLD.district, OLD.unit_id, OLD."case", OLD.fen, OLD.why, OLD.asked_by, OLD.asked_at)
       OR (OLD.decided_at IS NOT NULL AND (NEW.decided_by, NEW.decided_at, NEW.agreed) IS DISTINCT FROM
                                          (OLD.decided_by, OLD.decided_at, OLD.agreed))
       OR (NEW.sealed IS NOT NULL AND NEW.sealed IS DISTINCT FROM OLD.sealed) THEN
        RAISE EXCEPTION 'what was asked never changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$"""


def said(*statements: str) -> list[tuple[str, None]]:
    return [(statement, None) for statement in statements]


class Migration(migrations.Migration):

    dependencies = [("ledger", "0002_books"), ("network", "0006_area_names")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(said(*KEYED), said(*BACK))],
            state_operations=[
                migrations.AlterField("payee", "line", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", db_index=False, to="ledger.line")),
                migrations.AddField("payee", "id", models.UUIDField(primary_key=True, serialize=False, editable=False),
                                    preserve_default=False),
            ],
        ),
        migrations.AddField("payee", "nth", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("payee", "turn", models.PositiveSmallIntegerField(default=1)),
        migrations.AddConstraint(
            "payee", models.UniqueConstraint(fields=["line", "nth"], name="ledger_payee_once")),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("district", models.CharField(max_length=6)),
                ("case", models.UUIDField(db_index=True, null=True)),
                ("fen", models.BigIntegerField(null=True)),
                ("why", models.CharField(choices=WHY, max_length=12)),
                ("key", models.BinaryField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
                ("line", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT,
                                           related_name="+", to="ledger.line")),
                ("unit", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT,
                                           related_name="+", to="network.unit")),
            ],
            options={"constraints": [
                models.UniqueConstraint(condition=Q(("decided_at", None)), fields=("line",),
                                        name="ledger_correction_one_at_a_time"),
                models.CheckConstraint(
                    condition=Q(("agreed", None), ("decided_at", None), ("decided_by", None))
                    | Q(("agreed__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)),
                    name="ledger_correction_decided"),
                models.CheckConstraint(
                    condition=Q(("agreed", None)) | Q(("agreed", False)) | ~Q(("decided_by", F("asked_by"))),
                    name="ledger_correction_four_eyes"),
                models.CheckConstraint(condition=Q(("fen", None)) | Q(("fen__gt", 0)),
                                       name="ledger_correction_fen"),
            ]},
        ),
        migrations.RunSQL(
            said(FROZEN,
                 "CREATE TRIGGER ledger_correction_frozen BEFORE UPDATE ON ledger_correction FOR EACH ROW "
                 "EXECUTE FUNCTION ledger_correction_frozen()",
                 # To whom it is paid is written anew, never over what was written.
                 "ALTER POLICY ledger_payee_update ON ledger_payee USING (false) WITH CHECK (false)"),
            said("DROP TRIGGER ledger_correction_frozen ON ledger_correction",
                 "DROP FUNCTION ledger_correction_frozen()",
                 f"ALTER POLICY ledger_payee_update ON ledger_payee USING ({OURS}) WITH CHECK ({OURS})")),
        # Whoever has the case open, she first of all, knows what was taken back in it.
        rows.protect("ledger_correction", f"{OURS} OR {WITH_CASE} OR {RETENTION}",
                     insert=OURS, update=f"{OURS} OR {RETENTION}"),
    ]
