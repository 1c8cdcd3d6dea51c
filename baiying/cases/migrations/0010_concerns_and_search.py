"""Concerns and the search: their tables, who sees them, and what follows a case by itself.

The search table holds pairs of characters of cases that are not guarded. An index on them serves no query under a
policy (@> is not leakproof), so the web role sees none of its rows; it calls a function of the owner, which looks only
for the units that the door was told, and reads the cases themselves under their own policy. The two tables of the
search are therefore not forced upon their owner, who has no process but this one.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baiying.kit import rows

SEARCH = rows.on_errand("search")
CONCERNS = rows.on_errand("concerns", "pass_on")
HOLDS = rows.in_units("unit_id")
OPEN_NOW = rows.is_case("case_id")

SEARCH_FOLLOWS = """
CREATE FUNCTION cases_search_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.guarded OR NEW.key IS NULL OR NEW.words = '') THEN
        -- In this order: a job that is reading the case just now holds the first row, and is waited for.
        DELETE FROM cases_unread WHERE case_id = NEW.id;
        DELETE FROM cases_found WHERE case_id = NEW.id;
    ELSE
        INSERT INTO cases_unread (case_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$"""
SEARCH_HEARS = (
    "CREATE TRIGGER search_hears_of_it AFTER INSERT ON cases_case FOR EACH ROW "
    "WHEN (NOT NEW.guarded AND NEW.words <> '') EXECUTE FUNCTION cases_search_follows()",
    "CREATE TRIGGER search_follows_it AFTER UPDATE ON cases_case FOR EACH ROW WHEN "
    "((NEW.guarded, NEW.key IS NULL, NEW.unit_id, NEW.topic, NEW.declaration_id, NEW.words) IS DISTINCT FROM "
    "(OLD.guarded, OLD.key IS NULL, OLD.unit_id, OLD.topic, OLD.declaration_id, OLD.words)) "
    "EXECUTE FUNCTION cases_search_follows()",
)
# By the rights of whoever guards or erases the case: it is looked at then, and so are its rows here.
CONCERN_ENDS = """
CREATE FUNCTION cases_concern_ends() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE cases_concerncase SET left_at = NEW.changed_at,
        left_why = CASE WHEN NEW.key IS NULL THEN 'erased' ELSE 'guarded' END
    WHERE case_id = NEW.id AND left_at IS NULL;
    RETURN NULL;
END $$"""
CONCERN_HEARS = (
    "CREATE TRIGGER concern_ends AFTER UPDATE ON cases_case FOR EACH ROW WHEN "
    "((NEW.guarded AND NOT OLD.guarded) OR (NEW.key IS NULL AND OLD.key IS NOT NULL)) "
    "EXECUTE FUNCTION cases_concern_ends()"
)
NEVER_GUARDED = """
CREATE FUNCTION cases_concern_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND NOT guarded AND key IS NOT NULL) THEN
        RAISE EXCEPTION 'only a case that is not guarded is in a concern' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$"""
NEVER_HEARS = ("CREATE TRIGGER never_guarded BEFORE INSERT ON cases_concerncase FOR EACH ROW "
               "EXECUTE FUNCTION cases_concern_open()")
CANDIDATES = """
CREATE FUNCTION cases_candidates(wanted text[], most integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    held text[] := string_to_array(nullif(current_setting('baiying.units', true), ''), ',');
BEGIN
    IF held IS NULL OR coalesce(cardinality(wanted), 0) = 0 THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE
        'SELECT one.case_id FROM unnest($1) AS unit(id) CROSS JOIN LATERAL ('
        '    SELECT case_id, received_at FROM public.cases_found WHERE grams @> ($2 || (''u:'' || unit.id))'
        '    ORDER BY received_at DESC LIMIT $3) AS one ORDER BY one.received_at DESC LIMIT $3'
        USING held, wanted, most;
END $$"""
BEFORE_US = ("INSERT INTO cases_unread (case_id) SELECT id FROM cases_case WHERE NOT guarded AND words <> '' "
             "ON CONFLICT DO NOTHING")


def said(*statements: str) -> list[tuple[str, None]]:
    return [(statement, None) for statement in statements]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_topics'),
        ('network', '0005_proposals_to_reset'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Unread',
            fields=[
                ('case', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('district', models.CharField(max_length=6)),
                ('ref', models.CharField(max_length=12)),
                ('kind', models.CharField(choices=[('many', 'Many'), ('one', 'One')], max_length=4)),
                ('title', models.CharField(max_length=80)),
                ('topic', models.CharField(blank=True, max_length=40)),
                ('area', models.CharField(blank=True, max_length=12)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('declined', models.BooleanField(default=False)),
                ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.concern')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ConcernAnswer',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('text', models.TextField()),
                ('reached', models.JSONField(default=list)),
                ('left', models.JSONField(default=list)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.concern')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ConcernCase',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=10)),
                ('called', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('many', 'Many'), ('one', 'One')], max_length=4)),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('left_why', models.CharField(blank=True, choices=[('taken_out', 'Taken Out'), ('split', 'Split'), ('merged', 'Merged'), ('closed', 'Closed'), ('guarded', 'Guarded'), ('erased', 'Erased'), ('elsewhere', 'Elsewhere')], max_length=12)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('concern', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.concern')),
                ('joined_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Found',
            fields=[
                ('case', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('received_at', models.DateTimeField()),
                ('grams', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['grams'], name='found_grams')],
            },
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['unit', 'opened_at'], name='concern_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.UniqueConstraint(fields=('ref',), name='concern_ref'),
        ),
        migrations.AddIndex(
            model_name='concerncase',
            index=models.Index(fields=['concern', 'joined_at'], name='concern_cases'),
        ),
        migrations.AddIndex(
            model_name='concerncase',
            index=models.Index(fields=['case', 'joined_at'], name='concerns_of_case'),
        ),
        migrations.AddIndex(
            model_name='concerncase',
            index=models.Index(fields=['unit'], name='concern_cases_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='concerncase',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('case',), name='one_concern_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='concerncase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_at', None), ('left_why', '')), models.Q(('left_at__isnull', False), models.Q(('left_why', ''), _negated=True)), _connector='OR'), name='who_left_says_why'),
        ),
        rows.protect("cases_concern", f"{HOLDS} OR {CONCERNS}"),
        rows.protect("cases_concerncase", f"{HOLDS} OR {OPEN_NOW} OR {CONCERNS}", insert=HOLDS),
        rows.protect("cases_concernanswer", f"{HOLDS} OR {CONCERNS}"),
        rows.protect("cases_found", SEARCH, delete=SEARCH),
        rows.protect("cases_unread", SEARCH, delete=SEARCH),
        migrations.RunSQL(
            said("ALTER TABLE cases_found NO FORCE ROW LEVEL SECURITY",
                 "ALTER TABLE cases_unread NO FORCE ROW LEVEL SECURITY",
                 SEARCH_FOLLOWS, *SEARCH_HEARS, CONCERN_ENDS, CONCERN_HEARS, NEVER_GUARDED, NEVER_HEARS, CANDIDATES,
                 # The owner reads the cases there are on an errand of its own (kit.rows), and forgets it again.
                 "SELECT set_config('baiying.errand', 'keys', true)", BEFORE_US,
                 "SELECT set_config('baiying.errand', '', true)"),
            said("DROP FUNCTION cases_candidates(text[], integer)", "DROP FUNCTION cases_concern_open() CASCADE",
                 "DROP FUNCTION cases_concern_ends() CASCADE", "DROP FUNCTION cases_search_follows() CASCADE")),
    ]
