"""One unit adds to what another grants. The database holds its ceiling, also under two grants of one moment."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from baiying.kit import rows

ERRAND = rows.on_errand("ledger")
EITHER = f"{rows.in_units('unit_id')} OR {rows.in_units('to_id')} OR {ERRAND}"
OWN = rows.in_units("unit_id")

# BY106: its ceiling is reached, or it has ended. Runs after `ledger_post` (triggers go by name), which holds the lock
# on the budget to the end of the transaction: two shares of one matching come one after the other.
POST = """
CREATE FUNCTION ledger_post_matching() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public AS $$
DECLARE
    said text := current_setting('baiying.errand', true);
    how ledger_matching%ROWTYPE;
BEGIN
    PERFORM set_config('baiying.errand', 'ledger', true);
    IF NEW.of_id IS NOT NULL THEN
        NEW.matching_id := (SELECT matching_id FROM ledger_line WHERE id = NEW.of_id);
    ELSIF NEW.matching_id IS NOT NULL THEN
        SELECT * INTO how FROM ledger_matching WHERE id = NEW.matching_id;
        IF NOT FOUND OR how.budget_id IS DISTINCT FROM NEW.budget_id OR NEW.kind NOT IN ('promise', 'grant')
           OR NEW.share_of_id IS NULL OR how.ended_at IS NOT NULL
           OR NEW.fen + (SELECT coalesce(sum(fen), 0) FROM ledger_line WHERE matching_id = how.id
                         AND kind IN ('promise', 'release', 'grant', 'counter')) > how.most THEN
            RAISE EXCEPTION 'more than is added, or it has ended' USING ERRCODE = 'BY106';
        END IF;
    END IF;
    PERFORM set_config('baiying.errand', coalesce(said, ''), true);
    RETURN NEW;
END $$"""

FROZEN = """
CREATE FUNCTION ledger_matching_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF to_jsonb(NEW) - 'ended_by' - 'ended_at' IS DISTINCT FROM to_jsonb(OLD) - 'ended_by' - 'ended_at'
       OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'what is added never changes; it only ends' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$"""

READ = """
CREATE OR REPLACE FUNCTION {head} LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE said text := current_setting('baiying.errand', true);
BEGIN
    PERFORM set_config('baiying.errand', 'ledger', true);
    RETURN QUERY {query};
    PERFORM set_config('baiying.errand', coalesce(said, ''), true);
END $$"""

# Asked by whoever grants, who need see neither of the two budgets. ``room``: fen that it may still add.
ADDED = READ.format(
    head="ledger_matchings(wanted uuid, named varchar, in_year integer) "
         "RETURNS TABLE (matching uuid, unit uuid, per_hundred integer, room bigint)",
    query="""SELECT m.id, m.unit_id, m.per_hundred::integer, least(
                 m.most - coalesce((SELECT sum(l.fen) FROM ledger_line l WHERE l.matching_id = m.id
                                    AND l.kind IN ('promise', 'release', 'grant', 'counter')), 0),
                 coalesce((SELECT l."left" FROM ledger_line l WHERE l.budget_id = m.budget_id
                           ORDER BY l.seq DESC LIMIT 1), 0))::bigint
             FROM ledger_matching m
             WHERE m.to_id = wanted AND m.service = named AND m.year = in_year AND m.ended_at IS NULL""")

# How much of it each side has promised, granted and paid. Only the two units see the row whose id this asks for.
SIDES = READ.format(
    head="ledger_matched(wanted uuid) RETURNS TABLE (added boolean, promised bigint, granted bigint, paid bigint)",
    query="""WITH share AS (SELECT l.id, l.share_of_id FROM ledger_line l
                            WHERE l.matching_id = wanted AND l.kind IN ('promise', 'grant')),
                  side AS (SELECT true AS added, s.id FROM share s UNION ALL SELECT false, s.share_of_id FROM share s)
             SELECT s.added,
                 coalesce(sum(l.fen) FILTER (WHERE l.kind IN ('promise', 'release')), 0)::bigint,
                 coalesce(sum(l.fen) FILTER (WHERE l.kind IN ('grant', 'counter')), 0)::bigint,
                 coalesce(sum(l.fen) FILTER (WHERE l.kind IN ('pay', 'bounce')), 0)::bigint
             FROM side s JOIN ledger_line l ON s.id IN (l.id, l.of_id) GROUP BY s.added""")

# As in 0002, without what another unit added: a limit in money is about what the service itself gives.
USED = READ.format(
    head="ledger_used(marks bytea[]) RETURNS TABLE (mark bytea, period varchar, given_on date, fen bigint)",
    query="""SELECT g.mark, g.period, g."on", sum(g.fen + coalesce((SELECT sum(c.fen) FROM ledger_line c
                 WHERE c.of_id = g.id AND c.kind = 'counter'), 0))::bigint
             FROM ledger_line g WHERE g.mark = ANY (marks) AND g.kind IN ('grant', 'redeem') {only}
               AND NOT EXISTS (SELECT FROM ledger_line f WHERE f.id = coalesce(g.share_of_id, g.id)
                   AND f.fen + coalesce((SELECT sum(c.fen) FROM ledger_line c
                                         WHERE c.of_id = f.id AND c.kind = 'counter'), 0) = 0
                   AND EXISTS (SELECT FROM ledger_line c WHERE c.of_id = f.id AND c.kind = 'counter'))
             GROUP BY g.mark, g.period, g."on", coalesce(g.share_of_id, g.id)""")


def said(*statements: str) -> list[tuple[str, None]]:
    return [(statement, None) for statement in statements]


def unit_key() -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.unit")


class Migration(migrations.Migration):

    dependencies = [("ledger", "0004_again"), ("network", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Matching",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("district", models.CharField(max_length=6)),
                ("service", models.CharField(max_length=80)),
                ("year", models.PositiveSmallIntegerField()),
                ("per_hundred", models.PositiveSmallIntegerField()),
                ("most", models.BigIntegerField()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("unit", unit_key()),
                ("to", unit_key()),
                ("budget", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT,
                                             related_name="+", to="ledger.budget")),
            ],
            options={"constraints": [
                models.UniqueConstraint(condition=Q(("ended_at", None)), fields=("to", "service", "year", "unit"),
                                        name="ledger_matching_once"),
                models.CheckConstraint(condition=~Q(("unit", F("to"))), name="ledger_matching_another"),
                models.CheckConstraint(
                    condition=Q(("most__gt", 0), ("per_hundred__gte", 1), ("per_hundred__lte", 1000)),
                    name="ledger_matching_share"),
            ]},
        ),
        migrations.AddField("line", "matching", models.ForeignKey(
            db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
            to="ledger.matching")),
        migrations.AddIndex("line", models.Index(
            condition=Q(("matching__isnull", False)), fields=["matching"], name="ledger_line_matching")),
        rows.protect("ledger_matching", EITHER, insert=OWN, update=OWN),
        migrations.RunSQL(
            said(POST, FROZEN, ADDED, SIDES, USED.format(only="AND g.matching_id IS NULL"),
                 "CREATE TRIGGER ledger_post_matching BEFORE INSERT ON ledger_line FOR EACH ROW "
                 "EXECUTE FUNCTION ledger_post_matching()",
                 "CREATE TRIGGER ledger_matching_frozen BEFORE UPDATE ON ledger_matching FOR EACH ROW "
                 "EXECUTE FUNCTION ledger_matching_frozen()"),
            said("DROP TRIGGER ledger_matching_frozen ON ledger_matching",
                 "DROP TRIGGER ledger_post_matching ON ledger_line",
                 "DROP FUNCTION ledger_post_matching(), ledger_matching_frozen(), "
                 "ledger_matchings(uuid, varchar, integer), ledger_matched(uuid)",
                 USED.format(only=""))),
    ]
