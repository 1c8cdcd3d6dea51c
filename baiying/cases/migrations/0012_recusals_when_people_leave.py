"""Who must keep out of a case is seen by the errand that passes work on: the last one who need not may leave."""

from django.db import migrations

from baiying.kit import rows

SEEN = " OR ".join([rows.is_case("case_id"), rows.is_who("person_id"), rows.on_errand("pass_on")])


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_search_reads_cases")]
    operations = [
        migrations.RunSQL([(f"ALTER POLICY cases_recusal_seen ON cases_recusal USING ({SEEN})", None)],
                          migrations.RunSQL.noop),
    ]
