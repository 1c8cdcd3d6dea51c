"""The job of the search reads the cases that it has to know. It changes none."""

from django.db import migrations

from baiying.kit import rows

SEEN = " OR ".join([rows.in_units("unit_id"), rows.is_door("entry"), rows.is_case("id"), rows.is_who("asker_id"),
                    rows.on_errand("clocks", "pass_on", "reminders", "retention", "search", "figures")])


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_concerns_and_search")]
    operations = [migrations.RunSQL([(f"ALTER POLICY cases_case_seen ON cases_case USING ({SEEN})", None)],
                                    migrations.RunSQL.noop)]
