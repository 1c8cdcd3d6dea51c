"""The words of moves can be erased when their retention is over: by that errand alone, one open case at a time."""

from django.db import migrations

from baiying.kit import rows

ERASING = f"{rows.is_case('case_id')} AND {rows.on_errand('retention')}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_who_sees_hands")]
    operations = [
        migrations.RunSQL([(f"ALTER POLICY cases_move_update ON cases_move USING ({ERASING}) WITH CHECK ({ERASING})",
                            None)], migrations.RunSQL.noop),
    ]
