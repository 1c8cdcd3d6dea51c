"""The job that counts reads when a case was answered and by when it had to be; it changes nothing, and reads no words."""

from django.db import migrations

from baiying.kit import rows


def counted(table: str) -> migrations.RunSQL:
    """One more condition under which a row is seen, beside those that there are."""
    return migrations.RunSQL(
        [(f"CREATE POLICY {table}_counted ON {table} FOR SELECT USING ({rows.on_errand('figures')})", None)],
        [(f"DROP POLICY {table}_counted ON {table}", None)])


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_recusals_when_people_leave")]
    operations = [counted("cases_move"), counted("cases_clock")]
