"""Editions of the network by trigger, and keys that keep ties and posts in their unit's district."""

from django.db import migrations

# SECURITY DEFINER: who changes the network need not be able to write the edition itself.
# A sequence, since its numbers are never used twice, not even after a rollback: a picture kept under a
# version can never be mistaken for another one.
EDITIONS = """
CREATE SEQUENCE network_edition_version;
INSERT INTO network_edition (id, version, xact) VALUES (1, nextval('network_edition_version'), 0);
CREATE FUNCTION network_new_edition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE network_edition
       SET version = nextval('network_edition_version'),
           xact = pg_current_xact_id()::text::bigint;
    RETURN NULL;
END $$;
"""
TABLES = ("network_area", "network_unit", "network_tie", "network_post", "network_place", "network_place_units")
TRIGGER = """
CREATE TRIGGER network_new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION network_new_edition();
"""
UNTRIGGER = "DROP TRIGGER network_new_edition ON {table};"
UNEDITIONS = """
DROP FUNCTION network_new_edition();
DROP SEQUENCE network_edition_version;
DELETE FROM network_edition;
"""
DISTRICTS = """
ALTER TABLE network_tie ADD CONSTRAINT network_tie_lower_district
  FOREIGN KEY (lower_id, district) REFERENCES network_unit (id, district) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE network_tie ADD CONSTRAINT network_tie_upper_district
  FOREIGN KEY (upper_id, district) REFERENCES network_unit (id, district) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE network_post ADD CONSTRAINT network_post_unit_district
  FOREIGN KEY (unit_id, district) REFERENCES network_unit (id, district) DEFERRABLE INITIALLY DEFERRED;
"""
UNDISTRICTS = """
ALTER TABLE network_tie DROP CONSTRAINT network_tie_lower_district, DROP CONSTRAINT network_tie_upper_district;
ALTER TABLE network_post DROP CONSTRAINT network_post_unit_district;
"""


class Migration(migrations.Migration):

    dependencies = [("network", "0001_initial")]

    operations = [
        migrations.RunSQL(EDITIONS, UNEDITIONS),
        *[migrations.RunSQL(TRIGGER.format(table=table), UNTRIGGER.format(table=table)) for table in TABLES],
        migrations.RunSQL(DISTRICTS, UNDISTRICTS),
    ]
