"""Files of cases: seen while their case is open, and by the job that sweeps what no row names."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baiying.kit import rows

OPEN_NOW = rows.is_case("case_id")


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_figures_read_the_story'),
        ('network', '0006_area_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('district', models.CharField(max_length=6)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=20)),
                ('party', models.CharField(max_length=40)),
                ('side', models.CharField(blank=True, max_length=40)),
                ('released_to', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('level', models.CharField(max_length=2)),
                ('media', models.CharField(max_length=8)),
                ('size', models.PositiveIntegerField()),
                ('name', models.BinaryField()),
                ('blob', models.CharField(blank=True, max_length=64)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'at'], name='file_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['P0', 'P1', 'P2', 'P3'])), name='file_has_a_class'), models.UniqueConstraint(condition=models.Q(('blob', ''), _negated=True), fields=('blob',), name='one_row_a_blob')],
            },
        ),
        rows.protect("cases_file", f"{OPEN_NOW} OR {rows.on_errand('files')}", insert=OPEN_NOW, update=OPEN_NOW),
    ]
