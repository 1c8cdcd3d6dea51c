"""A protected case is opened by people who are named; in an emergency, for hours, by somebody else who says why."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baiying.kit import rows

OPEN_NOW = rows.is_case("case_id")
GLASS = " OR ".join([OPEN_NOW, rows.is_who("person_id"), rows.in_units("above_id")])


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_referrals'),
        ('network', '0006_area_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='named',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None),
        ),
        migrations.AddField(
            model_name='task',
            name='named',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None),
        ),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=10)),
                ('district', models.CharField(max_length=6)),
                ('ground', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('above', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['case'], name='glass_case'), models.Index(fields=['above', 'at'], name='glass_above'), models.Index(fields=['person', 'until'], name='glass_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='glass_ends')],
            },
        ),
        rows.protect("cases_breakglass", GLASS, insert=OPEN_NOW, update="false"),
    ]
