"""What was granted and waits to be paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from baiying.ledger.models import Line

WAITING = """SELECT g.id, g.fen + coalesce(o.change, 0), 1 + coalesce(t.turns, 0),
       coalesce(p.turn > coalesce(t.bounced, 0), false), t.bounced IS NOT NULL
    FROM ledger_line g
    LEFT JOIN LATERAL (SELECT sum(CASE WHEN kind IN ('pay', 'bounce') THEN -fen ELSE fen END) AS change
                       FROM ledger_line WHERE of_id = g.id) o ON true
    LEFT JOIN LATERAL (SELECT count(*) AS turns,
                              max(i.turn) FILTER (WHERE EXISTS (
                                  SELECT FROM ledger_line r WHERE r.item_id = i.id AND r.kind = 'bounce')) AS bounced,
                              bool_or(b.dropped_at IS NULL AND NOT EXISTS (
                                  SELECT FROM ledger_line r WHERE r.item_id = i.id AND r.kind = 'bounce')) AS busy
                       FROM ledger_item i JOIN ledger_batch b ON b.id = i.batch_id WHERE i.line_id = g.id) t ON true
    LEFT JOIN LATERAL (SELECT max(turn) AS turn FROM ledger_payee WHERE line_id = g.id AND NOT hers) p ON true
    WHERE g.unit_id = ANY (%s) AND g.kind = 'grant' AND g.budget_id IS NOT NULL
      AND g.fen + coalesce(o.change, 0) > 0 AND NOT coalesce(t.busy, false)
    ORDER BY g.at, g.id"""


@dataclass(frozen=True)
class Waiting:
    """One grant that is not paid and in no open batch. ``turn``: which attempt the next one is; ``known``: whether it
    is known to whom it is paid: after the bank sent it back, only what was written down since counts. ``bounced``: the
    bank sent it back."""

    line: Line
    fen: int
    turn: int
    known: bool
    bounced: bool = False


def waiting(units: Iterable[UUID], with_unknown: bool = False) -> list[Waiting]:
    """The grants of these units that wait for payment, oldest first; those without an account only when asked for."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [list(units)])
        rows = cursor.fetchall()
    lines = Line.objects.in_bulk([row[0] for row in rows])
    return [Waiting(lines[id_], int(fen), int(turn), known, bounced)
            for id_, fen, turn, known, bounced in rows if known or with_unknown]  # fmt: skip
