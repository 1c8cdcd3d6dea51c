"""An absence changes the network: a new edition. A proposal is seen by those who may confirm it."""

from django.db import migrations

from baiying.kit import rows

TRIGGER = """
CREATE TRIGGER network_new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON network_absence
FOR EACH STATEMENT EXECUTE FUNCTION network_new_edition();
"""
# Units of before count as living until looked at: the first look then tells of those that are not.
STANDING = "INSERT INTO network_standing (unit_id, district, living, passed) SELECT id, district, true, false FROM network_unit"


class Migration(migrations.Migration):

    dependencies = [("network", "0003_posts_that_pass")]

    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER network_new_edition ON network_absence;"),
        migrations.RunSQL(STANDING, "DELETE FROM network_standing"),
        rows.protect("network_proposal", f"over && {rows.UNITS}"),
    ]
