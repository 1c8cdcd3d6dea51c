"""What a request was about goes when its case's key is destroyed: the errand of retention may delete it."""

from django.db import migrations

from baiying.kit import rows

GOES = rows.on_errand("members", "retention")
BEFORE = rows.on_errand("members")


class Migration(migrations.Migration):
    dependencies = [("services", "0007_round_result")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY {table}_delete ON {table} USING ({GOES})",
            f"ALTER POLICY {table}_delete ON {table} USING ({BEFORE})",
        )
        for table in ("services_request", "services_lot")
    ]
