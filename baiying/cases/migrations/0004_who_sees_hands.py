"""Who sees the tasks of several hands, pauses, extensions, recusals and templates; and her own cases by her account."""

from django.db import migrations

from baiying.kit import rows

OPEN_NOW = rows.is_case("case_id")
CASE = " OR ".join([rows.in_units("unit_id"), rows.is_door("entry"), rows.is_case("id"), rows.is_who("asker_id"),
                    rows.on_errand("clocks", "pass_on", "reminders", "retention")])
TASK = " OR ".join([f"({rows.in_units('unit_id')} AND state <> 'proposed')", OPEN_NOW, rows.on_errand("pass_on")])


def again(seen: str) -> migrations.RunSQL:
    """The condition of the four policies of cases_case, said anew."""
    policies = [("seen", f"USING ({seen})"), ("insert", f"WITH CHECK ({seen})"),
                ("update", f"USING ({seen}) WITH CHECK ({seen})")]
    return migrations.RunSQL([(f"ALTER POLICY cases_case_{name} ON cases_case {said}", None)
                              for name, said in policies], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_hands"), ("kit", "0001_initial")]
    operations = [
        again(CASE),
        rows.protect("cases_task", TASK),
        rows.protect("cases_pause", f"{OPEN_NOW} OR {rows.on_errand('clocks')}"),
        rows.protect("cases_extension", OPEN_NOW),
        rows.protect("cases_recusal", f"{OPEN_NOW} OR {rows.is_who('person_id')}", update="false", delete=OPEN_NOW),
        rows.protect("cases_answertemplate", rows.in_units("unit_id")),
    ]
