from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_complaints_leave_no_trace")]
    operations = [migrations.AddField("move", "turn", models.PositiveIntegerField(default=0))]
