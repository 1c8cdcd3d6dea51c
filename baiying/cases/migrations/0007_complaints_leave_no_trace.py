"""A complaint is seen by the unit that has to answer it and by her: not by whoever else opens the case. And what waits
for her word below is found by an index."""

from django.db import migrations, models

from baiying.kit import rows

OPEN_NOW = rows.is_case("case_id")
HERS = f"({rows.DOOR} IS NOT NULL OR {rows.on_errand('retention')})"
TASK = " OR ".join([f"({rows.in_units('unit_id')} AND state <> 'proposed')",
                    f"({OPEN_NOW} AND (kind <> 'complaint' OR {HERS}))", rows.on_errand("pass_on")])


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_lists_in_order")]
    operations = [
        migrations.AddIndex("case", models.Index(fields=["unit", "answered_at"], name="case_to_call_back",
                                                 condition=models.Q(answered_at__isnull=False))),
        migrations.RunSQL([(f"ALTER POLICY cases_task_{name} ON cases_task {said}", None) for name, said in (
            ("seen", f"USING ({TASK})"), ("insert", f"WITH CHECK ({TASK})"),
            ("update", f"USING ({TASK}) WITH CHECK ({TASK})"))], migrations.RunSQL.noop),
    ]
