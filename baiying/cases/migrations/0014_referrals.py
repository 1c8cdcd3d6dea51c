"""Referrals, outside links and the fact sheet: their tables, who sees them, and what follows case and task by itself.

A referral is seen by the unit that leads, by the party's unit and by her, whoever else has the case open. A policy asks
no other table, so the row carries copies of what it is seen by; triggers of the owner keep them in step.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baiying.kit import rows

OPEN_NOW = rows.is_case("case_id")
LEADS = rows.in_units("lead_id")
HERS = f"({OPEN_NOW} AND {rows.is_door('entry')})"
REFERRAL = " OR ".join([LEADS, f"({rows.in_units('unit_id')} AND state <> 'proposed')", HERS, rows.is_door("way"),
                        rows.on_errand("referrals")])
LINK = " OR ".join([LEADS, rows.is_door("token"), rows.on_errand("referrals")])
# The owner writes every row on an errand of its own (kit.rows); what was said before is said again.
AS_OWNER = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    said text := current_setting('baiying.errand', true);
BEGIN
    PERFORM set_config('baiying.errand', 'keys', true);
    {does}
    PERFORM set_config('baiying.errand', coalesce(said, ''), true);
    RETURN NULL;
END $$"""
FOLLOW_CASE = AS_OWNER.format(name="cases_referral_follows_case", does="""
    UPDATE cases_referral SET lead_id = NEW.unit_id, entry = NEW.entry, guarded = NEW.guarded WHERE case_id = NEW.id;
    UPDATE cases_outsidelink SET lead_id = NEW.unit_id WHERE case_id = NEW.id;""")
FOLLOW_TASK = AS_OWNER.format(name="cases_referral_follows_task", does="""
    UPDATE cases_referral SET unit_id = NEW.unit_id, state = NEW.state, due_at = NEW.due_at, ended_at = NEW.ended_at,
        way = CASE WHEN NEW.ended_at IS NULL THEN way END WHERE task_id = NEW.id;
    UPDATE cases_outsidelink SET ended_at = NEW.ended_at, ended_why = 'task'
        WHERE task_id = NEW.id AND ended_at IS NULL AND NEW.ended_at IS NOT NULL;""")
HEAR = [
    "CREATE TRIGGER referral_follows_case AFTER UPDATE ON cases_case FOR EACH ROW WHEN "
    "((NEW.unit_id, NEW.entry, NEW.guarded) IS DISTINCT FROM (OLD.unit_id, OLD.entry, OLD.guarded)) "
    "EXECUTE FUNCTION cases_referral_follows_case()",
    "CREATE TRIGGER referral_follows_task AFTER UPDATE ON cases_task FOR EACH ROW WHEN (NEW.kind = 'work') "
    "EXECUTE FUNCTION cases_referral_follows_task()",
]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_files'),
        ('catalogue', '0001_initial'),
        ('network', '0006_area_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutsideLink',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('token', models.BinaryField(max_length=32)),
                ('code', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('wrong', models.PositiveSmallIntegerField(default=0)),
                ('opened_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(blank=True, choices=[('task', 'Task'), ('renewed', 'Renewed'), ('revoked', 'Revoked'), ('wrong', 'Wrong')], max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='cases.task')),
                ('number', models.CharField(max_length=10)),
                ('district', models.CharField(max_length=6)),
                ('party', models.CharField(max_length=40)),
                ('entry', models.BinaryField(max_length=32)),
                ('way', models.BinaryField(max_length=32, null=True)),
                ('state', models.CharField(max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('guarded', models.BooleanField()),
                ('asked', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('granted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('duty', models.CharField(blank=True, max_length=200)),
                ('consented_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('read_at', models.JSONField(default=dict)),
                ('receipt_due_at', models.DateTimeField(null=True)),
                ('received_at', models.DateTimeField(null=True)),
                ('refused_ground', models.CharField(blank=True, max_length=60)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('times_reminded', models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('read_back', models.BooleanField(default=False)),
                ('confirmed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SheetEntry',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AlterField(
            model_name='task',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('unit__isnull', False), ('kind', 'work'), _connector='OR'), name='only_a_party_works_from_outside'),
        ),
        migrations.AddField(
            model_name='outsidelink',
            name='case',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='outsidelink',
            name='lead',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit'),
        ),
        migrations.AddField(
            model_name='outsidelink',
            name='task',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.task'),
        ),
        migrations.AddField(
            model_name='referral',
            name='case',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='referral',
            name='declaration',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.declaration'),
        ),
        migrations.AddField(
            model_name='referral',
            name='lead',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit'),
        ),
        migrations.AddField(
            model_name='referral',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit'),
        ),
        migrations.AddField(
            model_name='sheet',
            name='case',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='sheet',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sheet',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit'),
        ),
        migrations.AddField(
            model_name='sheetentry',
            name='case',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='sheetentry',
            name='task',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.task'),
        ),
        migrations.AddIndex(
            model_name='outsidelink',
            index=models.Index(fields=['case'], name='link_case'),
        ),
        migrations.AddIndex(
            model_name='outsidelink',
            index=models.Index(fields=['task'], name='link_task'),
        ),
        migrations.AddConstraint(
            model_name='outsidelink',
            constraint=models.UniqueConstraint(fields=('token',), name='link_token'),
        ),
        migrations.AddConstraint(
            model_name='outsidelink',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('task',), name='one_link_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='outsidelink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_why', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='an_ended_link_says_why'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['case'], name='referral_case'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['lead', 'due_at'], name='referral_of_lead'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='referral_running'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('granted__contained_by', models.F('asked'))), name='nothing_granted_that_was_not_asked'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(fields=('case', 'version'), name='sheet_version'),
        ),
        migrations.AddIndex(
            model_name='sheetentry',
            index=models.Index(fields=['case', 'at'], name='sheet_entry_case'),
        ),
        rows.protect("cases_referral", REFERRAL, insert=f"{LEADS} OR {HERS}"),
        rows.protect("cases_outsidelink", LINK, insert=LEADS),
        rows.protect("cases_sheet", OPEN_NOW),
        rows.protect("cases_sheetentry", OPEN_NOW, update="false"),
        migrations.RunSQL(
            [(one, None) for one in (FOLLOW_CASE, FOLLOW_TASK, *HEAR)],
            [("DROP FUNCTION cases_referral_follows_case() CASCADE", None),
             ("DROP FUNCTION cases_referral_follows_task() CASCADE", None)]),
    ]
