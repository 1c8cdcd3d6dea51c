"""Who sees which rows of a case.

A case: the units whose posts the asker holds, number and code together, the case that is open, or the clocks' errand.
Everything that hangs on a case: only the one case that is open. So what is told can never be searched across cases.
"""

from django.db import migrations

from baiying.kit import rows

OPEN_NOW = rows.is_case("case_id")
CASE = " OR ".join([rows.in_units("unit_id"), rows.is_door("entry"), rows.is_case("id"), rows.on_errand("clocks")])


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("kit", "0001_initial")]
    operations = [
        rows.protect("cases_case", CASE),
        rows.protect("cases_sealed", OPEN_NOW, update="false"),
        rows.protect("cases_move", OPEN_NOW, update="false"),
        rows.protect("cases_clock", f"{OPEN_NOW} OR {rows.on_errand('clocks')}"),
    ]
