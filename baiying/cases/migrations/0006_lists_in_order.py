"""The day's list and earlier cases are read from an index in their order, so that they cost the same in a full house."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_words_can_be_erased")]
    operations = [
        migrations.RemoveIndex("case", "case_todays_list"),
        migrations.AddIndex("case", models.Index(fields=["unit", "next_due_at", "received_at"],
                                                 condition=Q(ended=False), name="case_todays_list")),
        migrations.AddIndex("case", models.Index(fields=["unit", "received_at"], name="case_unheard",
                                                 condition=Q(ended=False, verdict="not_solved", next_due_at=None))),
        migrations.AddIndex("case", models.Index(fields=["unit", "changed_at"], name="case_earlier",
                                                 condition=Q(ended=True, guarded=False))),
    ]
