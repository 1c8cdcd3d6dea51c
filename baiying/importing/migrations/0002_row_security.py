"""A sheet is seen in the unit whose administrator brought it, and by the system's own errand; what it brought, by that
errand alone."""

from django.db import migrations

from baiying.kit import rows

ERRAND = rows.on_errand("importing")


class Migration(migrations.Migration):

    dependencies = [("importing", "0001_initial"), ("kit", "0001_initial")]

    operations = [
        rows.protect("importing_sheet", f"{rows.in_units('unit_id')} OR {ERRAND}"),
        rows.protect("importing_brought", ERRAND),
    ]
