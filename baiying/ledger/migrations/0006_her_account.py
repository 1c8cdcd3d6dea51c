"""After the bank sent it back she writes the right account herself; it counts once whoever keeps the books looked."""

from django.db import migrations, models

# What waits for another account in a case: which one the next would be, for which attempt, and when she wrote one.
# Asked by whoever has the case open; nothing of an account comes out.
RETRIES = """
CREATE FUNCTION ledger_retries(wanted uuid) RETURNS TABLE (line uuid, nth integer, turn integer, written timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE said text := current_setting('baiying.errand', true);
BEGIN
    PERFORM set_config('baiying.errand', 'ledger', true);
    RETURN QUERY
        SELECT g.id, 1 + coalesce(p.count, 0)::integer, 1 + i.turns::integer,
               CASE WHEN p.hers_turn > i.turns THEN p.hers_at END
        FROM ledger_line g
        JOIN LATERAL (SELECT count(*) AS turns, max(i.turn) AS last FROM ledger_item i
                      JOIN ledger_batch b ON b.id = i.batch_id WHERE i.line_id = g.id) i ON i.turns > 0
        LEFT JOIN LATERAL (SELECT count(*) AS count, max(y.turn) FILTER (WHERE NOT y.hers) AS turn,
                                  max(y.turn) FILTER (WHERE y.hers) AS hers_turn,
                                  max(y.changed_at) FILTER (WHERE y.hers) AS hers_at
                           FROM ledger_payee y WHERE y.line_id = g.id) p ON true
        WHERE g."case" = wanted AND g.kind = 'grant' AND g.budget_id IS NOT NULL
          AND EXISTS (SELECT FROM ledger_item i2 JOIN ledger_line r ON r.item_id = i2.id AND r.kind = 'bounce'
                      WHERE i2.line_id = g.id AND i2.turn = i.last)
          AND coalesce(p.turn, 0) <= i.turns
          AND g.fen + coalesce((SELECT sum(c.fen) FROM ledger_line c
                                WHERE c.of_id = g.id AND c.kind = 'counter'), 0) > 0;
    PERFORM set_config('baiying.errand', coalesce(said, ''), true);
END $$"""


class Migration(migrations.Migration):

    dependencies = [("ledger", "0005_matching")]

    operations = [
        migrations.AddField("payee", "hers", models.BooleanField(default=False)),
        migrations.RunSQL(RETRIES, "DROP FUNCTION ledger_retries(uuid)"),
    ]
