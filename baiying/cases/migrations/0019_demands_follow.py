"""A demand follows its case to another unit; and the protected cases of a unit are found by an index of their own."""

from django.db import migrations, models

# The owner writes every row on an errand of its own (kit.rows); what was said before is said again.
FOLLOW = """
CREATE FUNCTION cases_demand_follows_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    said text := current_setting('baiying.errand', true);
BEGIN
    PERFORM set_config('baiying.errand', 'keys', true);
    UPDATE cases_demand SET unit_id = NEW.unit_id WHERE case_id = NEW.id AND state = 'open';
    PERFORM set_config('baiying.errand', coalesce(said, ''), true);
    RETURN NULL;
END $$"""
HEAR = ("CREATE TRIGGER demand_follows_case AFTER UPDATE ON cases_case FOR EACH ROW "
        "WHEN (NEW.unit_id IS DISTINCT FROM OLD.unit_id) EXECUTE FUNCTION cases_demand_follows_case()")


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0018_incidents'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('ended', False), ('guarded', True)), fields=['unit'],
                               name='case_protected'),
        ),
        migrations.RunSQL([(FOLLOW, None), (HEAR, None)],
                          [("DROP FUNCTION cases_demand_follows_case() CASCADE", None)]),
    ]
