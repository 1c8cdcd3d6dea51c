"""What kind of need a case is, and who says so. A guarded case keeps none of it."""

from django.db import migrations, models
from django.db.models import Q

SAID_BY = [("text", "Text"), ("asker", "Asker"), ("unit", "Unit")]


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_moves_in_turn")]
    operations = [
        migrations.AddField("case", "topic", models.CharField(max_length=40, blank=True, default=""),
                            preserve_default=False),
        migrations.AddField("case", "topic_by", models.CharField(max_length=8, blank=True, choices=SAID_BY, default=""),
                            preserve_default=False),
        migrations.AddField("case", "confidence", models.FloatField(null=True)),
        migrations.AddField("case", "elsewhere", models.CharField(max_length=40, blank=True, default=""),
                            preserve_default=False),
        migrations.AddConstraint("case", models.CheckConstraint(
            condition=Q(guarded=False) | Q(topic="", topic_by="", confidence=None, elsewhere=""),
            name="guarded_has_no_topic")),
        migrations.AddConstraint("case", models.CheckConstraint(
            condition=Q(topic_by__in=["", "text", "asker", "unit"]), name="topic_is_said_by_one_of_three")),
    ]
