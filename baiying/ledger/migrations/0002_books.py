"""The database keeps the books: sums, what may follow what, and who sees which line.

Whoever writes a line need not see the budget it stands in (a grant is decided in one unit and borne by two). So the
triggers work as the owner, on the errand `ledger`, and take it back before they end. A budget's lines come one after
another: an advisory lock, held to the end of the transaction, is taken on the budget before its last line is read.
"""

from django.db import migrations

from baiying.kit import rows

ERRAND = rows.on_errand("ledger")
OURS = f"{rows.in_units('unit_id')} OR {ERRAND}"
WITH_CASE = rows.is_case('"case"')  # whoever has the case open knows what was granted in it

# Codes by which actions know what was refused: BY101 no such budget, BY102 more than is open, BY103 not released,
# BY104 it waits in a batch, BY105 not its turn.
AS_LEDGER = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    said text := current_setting('baiying.errand', true);
    {declares}
BEGIN
    PERFORM set_config('baiying.errand', 'ledger', true);
    {does}
    PERFORM set_config('baiying.errand', coalesce(said, ''), true);
    RETURN {gives};
END $$"""

LOCK = "PERFORM pg_advisory_xact_lock(hashtextextended({budget}::text, 20261123));"

# What is still open of the line that a new one is about: a promise not yet released, a grant not countered, not paid.
POST = AS_LEDGER.format(name="ledger_post", gives="NEW", declares="""
    book ledger_budget%ROWTYPE;
    about ledger_line%ROWTYPE;
    last ledger_line%ROWTYPE;
    net bigint; paid_out bigint; waiting bigint;""", does=f"""
    {LOCK.format(budget="coalesce(NEW.budget_id, NEW.of_id, NEW.id)")}
    IF NEW.of_id IS NOT NULL THEN
        SELECT * INTO about FROM ledger_line WHERE id = NEW.of_id;
        IF NOT FOUND OR about.budget_id IS DISTINCT FROM NEW.budget_id
           OR (NEW.kind = 'release') <> (about.kind = 'promise')
           OR about.kind NOT IN ('promise', 'grant', 'redeem') THEN
            RAISE EXCEPTION 'a line is about one of its own budget' USING ERRCODE = 'BY102';
        END IF;
        -- It is about the same thing, whatever its writer could see of it.
        NEW.unit_id := about.unit_id; NEW.district := about.district; NEW.service := about.service;
        NEW.version := about.version; NEW."case" := about."case"; NEW.period := about.period; NEW.band := about.band;
        NEW.number := about.number; NEW.share_of_id := about.share_of_id;
        SELECT about.fen + coalesce(sum(fen) FILTER (WHERE kind IN ('release', 'counter')), 0),
               coalesce(sum(fen) FILTER (WHERE kind IN ('pay', 'bounce')), 0)
            INTO net, paid_out FROM ledger_line WHERE of_id = NEW.of_id;
        SELECT coalesce(sum(i.fen), 0) INTO waiting FROM ledger_item i JOIN ledger_batch b ON b.id = i.batch_id
            WHERE i.line_id = NEW.of_id AND b.dropped_at IS NULL
              AND NOT EXISTS (SELECT FROM ledger_line r WHERE r.item_id = i.id);
        IF NEW.kind = 'counter' AND waiting > 0 THEN
            RAISE EXCEPTION 'it waits in a batch' USING ERRCODE = 'BY104';
        ELSIF NEW.kind = 'counter' AND about.fen = 0
              AND EXISTS (SELECT FROM ledger_line WHERE of_id = NEW.of_id AND kind = 'counter') THEN
            RAISE EXCEPTION 'it was taken back before' USING ERRCODE = 'BY102';
        ELSIF NEW.kind IN ('release', 'counter') AND net + NEW.fen < paid_out THEN
            RAISE EXCEPTION 'more than is open' USING ERRCODE = 'BY102';
        ELSIF NEW.kind = 'pay' AND paid_out + NEW.fen > net THEN
            RAISE EXCEPTION 'more than was granted' USING ERRCODE = 'BY102';
        END IF;
    END IF;
    IF NEW.budget_id IS NOT NULL THEN
        SELECT * INTO book FROM ledger_budget WHERE id = NEW.budget_id;
        IF NOT FOUND OR book.service <> NEW.service OR book.district <> NEW.district THEN
            RAISE EXCEPTION 'no budget of this unit, service and year' USING ERRCODE = 'BY101';
        END IF;
        NEW.unit_id := book.unit_id;
    ELSIF NEW.fen <> 0 OR NEW.kind NOT IN ('grant', 'redeem', 'counter') THEN
        RAISE EXCEPTION 'money needs a budget' USING ERRCODE = 'BY101';
    END IF;
    IF NEW.item_id IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM ledger_item i JOIN ledger_batch b ON b.id = i.batch_id WHERE i.id = NEW.item_id
                       AND i.line_id = NEW.of_id AND b.released_at IS NOT NULL) THEN
            RAISE EXCEPTION 'its batch was not released' USING ERRCODE = 'BY103';
        ELSIF NEW.kind = 'pay' AND (NEW.fen <> (SELECT fen FROM ledger_item WHERE id = NEW.item_id)
              OR EXISTS (SELECT FROM ledger_line WHERE item_id = NEW.item_id AND kind = 'bounce')) THEN
            RAISE EXCEPTION 'it bounced, or the sum is another one' USING ERRCODE = 'BY102';
        ELSIF NEW.kind = 'bounce' AND -NEW.fen <> (SELECT coalesce(sum(fen), 0) FROM ledger_line
                                                   WHERE item_id = NEW.item_id AND kind = 'pay') THEN
            RAISE EXCEPTION 'what bounces is what was paid' USING ERRCODE = 'BY102';
        END IF;
    END IF;
    NEW.seq := NULL; NEW.promised := 0; NEW.granted := 0; NEW.paid := 0; NEW."left" := 0;
    IF NEW.budget_id IS NOT NULL THEN
        SELECT * INTO last FROM ledger_line WHERE budget_id = NEW.budget_id ORDER BY seq DESC LIMIT 1;
        NEW.seq := coalesce(last.seq, 0) + 1;
        NEW.promised := coalesce(last.promised, 0)
            + CASE WHEN NEW.kind IN ('promise', 'release') THEN NEW.fen ELSE 0 END;
        NEW.granted := coalesce(last.granted, 0)
            + CASE WHEN NEW.kind IN ('grant', 'redeem', 'counter') THEN NEW.fen ELSE 0 END;
        NEW.paid := coalesce(last.paid, 0) + CASE WHEN NEW.kind IN ('pay', 'bounce') THEN NEW.fen ELSE 0 END;
        NEW."left" := coalesce(last."left", 0) + CASE WHEN NEW.kind = 'fund' THEN NEW.fen
            WHEN NEW.kind IN ('pay', 'bounce') THEN 0 ELSE -NEW.fen END;
    END IF;""")

# Whoever takes a whole grant back frees person, rule and period for another one.
FREE = AS_LEDGER.format(name="ledger_free", gives="NULL", declares="", does="""
    IF (SELECT g.fen + sum(c.fen) FROM ledger_line g JOIN ledger_line c ON c.of_id = g.id AND c.kind = 'counter'
        WHERE g.id = NEW.of_id GROUP BY g.fen) = 0 THEN
        DELETE FROM ledger_claim WHERE line_id = NEW.of_id;
    END IF;""")

ITEM = AS_LEDGER.format(name="ledger_item_turn", gives="NEW", declares="about ledger_line%ROWTYPE;", does=f"""
    SELECT * INTO about FROM ledger_line WHERE id = NEW.line_id;
    IF NOT FOUND OR about.kind <> 'grant' OR about.budget_id IS NULL THEN
        RAISE EXCEPTION 'only a grant of money is paid' USING ERRCODE = 'BY102';
    END IF;
    {LOCK.format(budget="about.budget_id")}
    NEW.unit_id := about.unit_id;
    IF NEW.turn <> 1 + (SELECT count(*) FROM ledger_item WHERE line_id = NEW.line_id)
       OR EXISTS (SELECT FROM ledger_item i JOIN ledger_batch b ON b.id = i.batch_id
                  WHERE i.line_id = NEW.line_id AND b.dropped_at IS NULL
                    AND NOT EXISTS (SELECT FROM ledger_line r WHERE r.item_id = i.id AND r.kind = 'bounce')) THEN
        RAISE EXCEPTION 'it waits in another batch, or was paid' USING ERRCODE = 'BY105';
    END IF;
    IF NEW.fen > (SELECT about.fen + coalesce(sum(CASE WHEN kind IN ('pay', 'bounce') THEN -fen ELSE fen END), 0)
                  FROM ledger_line WHERE of_id = NEW.line_id) THEN
        RAISE EXCEPTION 'more than is open' USING ERRCODE = 'BY102';
    END IF;
    IF EXISTS (SELECT FROM ledger_batch WHERE id = NEW.batch_id
               AND (released_at IS NOT NULL OR dropped_at IS NOT NULL OR unit_id <> about.unit_id)) THEN
        RAISE EXCEPTION 'the batch is not open to it' USING ERRCODE = 'BY103';
    END IF;""")

# What a batch is never changes, and neither does a release.
FROZEN = """
CREATE FUNCTION ledger_batch_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.id, NEW.district, NEW.unit_id, NEW.number, NEW.count, NEW.fen, NEW.digest, NEW.made_by, NEW.made_at)
       IS DISTINCT FROM
       (OLD.id, OLD.district, OLD.unit_id, OLD.number, OLD.count, OLD.fen, OLD.digest, OLD.made_by, OLD.made_at)
       OR (OLD.released_at IS NOT NULL AND (NEW.released_at, NEW.released_by) IS DISTINCT FROM
                                           (OLD.released_at, OLD.released_by))
       OR (OLD.dropped_at IS NOT NULL AND (NEW.dropped_at, NEW.dropped_by) IS DISTINCT FROM
                                          (OLD.dropped_at, OLD.dropped_by)) THEN
        RAISE EXCEPTION 'what a batch is never changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$"""

# Asked by whoever holds a mark or the id of a line, which only the keys of the house make.
READ = """
CREATE FUNCTION {head} LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE said text := current_setting('baiying.errand', true);
BEGIN
    PERFORM set_config('baiying.errand', 'ledger', true);
    RETURN QUERY {query};
    PERFORM set_config('baiying.errand', coalesce(said, ''), true);
END $$"""
STANDS = READ.format(head="ledger_stands(wanted uuid) RETURNS TABLE (line uuid)",
                     query="SELECT id FROM ledger_line WHERE id = wanted")
USED = READ.format(
    head="ledger_used(marks bytea[]) RETURNS TABLE (mark bytea, period varchar, given_on date, fen bigint)",
    query="""SELECT g.mark, g.period, g."on", sum(g.fen + coalesce((SELECT sum(c.fen) FROM ledger_line c
                 WHERE c.of_id = g.id AND c.kind = 'counter'), 0))::bigint
             FROM ledger_line g WHERE g.mark = ANY (marks) AND g.kind IN ('grant', 'redeem')
               AND NOT EXISTS (SELECT FROM ledger_line f WHERE f.id = coalesce(g.share_of_id, g.id)
                   AND f.fen + coalesce((SELECT sum(c.fen) FROM ledger_line c
                                         WHERE c.of_id = f.id AND c.kind = 'counter'), 0) = 0
                   AND EXISTS (SELECT FROM ledger_line c WHERE c.of_id = f.id AND c.kind = 'counter'))
             GROUP BY g.mark, g.period, g."on", coalesce(g.share_of_id, g.id)""")
OF_PROMISE = READ.format(
    head="ledger_promised(wanted uuid) RETURNS TABLE (line uuid, budget uuid, fen bigint)",
    query="""SELECT p.id, p.budget_id, (p.fen + coalesce((SELECT sum(r.fen) FROM ledger_line r
                 WHERE r.of_id = p.id AND r.kind = 'release'), 0))::bigint
             FROM ledger_line p WHERE p.kind = 'promise' AND wanted IN (p.id, p.share_of_id)""")
OF_GRANT = READ.format(
    head="ledger_granted(wanted uuid) RETURNS TABLE (line uuid, budget uuid, fen bigint)",
    query="""SELECT g.id, g.budget_id, (g.fen + coalesce((SELECT sum(c.fen) FROM ledger_line c
                 WHERE c.of_id = g.id AND c.kind = 'counter'), 0))::bigint
             FROM ledger_line g WHERE g.kind IN ('grant', 'redeem') AND wanted IN (g.id, g.share_of_id)""")
BUDGETS = READ.format(
    head="ledger_budgets(wanted uuid[]) RETURNS TABLE (budget uuid)",
    query="SELECT id FROM ledger_budget WHERE id = ANY (wanted)")


def said(*statements: str) -> list[tuple[str, None]]:
    return [(statement, None) for statement in statements]


class Migration(migrations.Migration):

    dependencies = [("ledger", "0001_ledger")]

    operations = [
        migrations.RunSQL(
            said(POST, FREE, ITEM, FROZEN, STANDS, USED, OF_PROMISE, OF_GRANT, BUDGETS,
                 "CREATE TRIGGER ledger_post BEFORE INSERT ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_post()",
                 "CREATE TRIGGER ledger_free AFTER INSERT ON ledger_line FOR EACH ROW WHEN (NEW.kind = 'counter') "
                 "EXECUTE FUNCTION ledger_free()",
                 "CREATE TRIGGER ledger_item_turn BEFORE INSERT ON ledger_item FOR EACH ROW "
                 "EXECUTE FUNCTION ledger_item_turn()",
                 "CREATE TRIGGER ledger_batch_frozen BEFORE UPDATE ON ledger_batch FOR EACH ROW "
                 "EXECUTE FUNCTION ledger_batch_frozen()"),
            said("DROP TRIGGER ledger_batch_frozen ON ledger_batch", "DROP TRIGGER ledger_item_turn ON ledger_item",
                 "DROP TRIGGER ledger_free ON ledger_line", "DROP TRIGGER ledger_post ON ledger_line",
                 "DROP FUNCTION ledger_post(), ledger_free(), ledger_item_turn(), ledger_batch_frozen(), "
                 "ledger_stands(uuid), ledger_used(bytea[]), ledger_promised(uuid), ledger_granted(uuid), "
                 "ledger_budgets(uuid[])")),
        rows.protect("ledger_budget", OURS, insert="true", update="false"),
        rows.append_only("ledger_budget"),
        rows.protect("ledger_line", f"{OURS} OR {WITH_CASE}", insert="true", update="false"),
        rows.append_only("ledger_line"),
        rows.protect("ledger_claim", ERRAND, insert="true", update="false", delete=ERRAND),
        rows.protect("ledger_payee", f"{OURS} OR {rows.on_errand('retention')}", insert="true", update=OURS,
                     delete=f"{ERRAND} OR {rows.on_errand('retention')}"),
        rows.protect("ledger_batch", OURS),
        rows.protect("ledger_item", OURS, update="false"),
        rows.append_only("ledger_item"),
    ]
