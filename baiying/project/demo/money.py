"""Budgets, grants and payments of the demo, from ``money.toml``. Twice is once."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from baiying.kit import door, moment
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.ledger import actions as ledger
from baiying.ledger import queries as books
from baiying.project.demo.cast import cast

_FILE = Path(__file__).with_name("money.toml")
MADE_BY, RELEASED_BY = UUID(int=1), UUID(int=2)  # no accounts: what the demo did, nobody did
NOTICE_DAYS, PAID, BOUNCED = 14, "已付", "退回"


@cache
def told() -> dict[str, Any]:
    """The file as it is."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def seed(district: str, unit: UUID) -> None:
    """Everything in the unit that is given: what is there already stays as it is."""
    maker = Asker(who=MADE_BY, units=frozenset({unit}))
    begun = moment.now() - timedelta(days=20)
    if books.budgets(maker):
        return
    with moment.frozen(begun):
        for one in told()["budget"]:
            key = f"demo:{one['service']}"
            ledger.open_budget(maker, key, district, unit, one["service"], begun.year, one["sum"])
            if moment.today().year != (begun + timedelta(days=20)).year:  # the budget of the new year too
                ledger.open_budget(maker, key + "+", district, unit, one["service"], begun.year + 1, one["sum"])
    grants = [_grant(district, unit, maker, number, one) for number, one in enumerate(told()["grant"])]
    with door.open(maker):
        for number, one in enumerate(told()["promise"]):
            ledger.promise(f"demo:promise:{number}", _what(district, number, one), [ledger.Share(unit, one["sum"])])
    entries = list(zip(told()["grant"], grants, strict=True))
    for name in dict.fromkeys(one.get("batch") for one, _made in entries):
        if name:
            _pay(unit, maker, name, [entry for entry in entries if entry[0].get("batch") == name])


def _what(district: str, number: int, one: dict[str, Any]) -> ledger.What:
    """Each for a time of its own: these people stand for many."""
    whom = ledger.Whom((uuid_for(f"demo:{one['to']}", "money"),))
    return ledger.What(district, one["service"], f"demo:{number}", whom, notice=NOTICE_DAYS)


def _grant(district: str, unit: UUID, maker: Asker, number: int, one: dict[str, Any]) -> UUID:
    name = next(player.name for player in cast() if player.key == one["to"])
    to = ledger.To(name, f"62220000000{number:05d}", "演示银行")
    today = moment.today()
    with moment.frozen(moment.now() - timedelta(days=today.weekday() + one["days"])), door.open(maker):
        what = _what(district, number, one)
        return ledger.grant(f"demo:grant:{number}", what, [ledger.Share(unit, one["sum"])], payee=to)


def _pay(unit: UUID, maker: Asker, name: str, entries: list[tuple[dict[str, Any], UUID]]) -> None:
    """A batch; one of which something bounced is paid, any other one waits for its second person."""
    batch = ledger.make_batch(maker, f"demo:{name}", unit, [made for _one, made in entries])
    bounced = {made for one, made in entries if one.get("bounced")}
    if not bounced:
        return
    ledger.release_batch(Asker(who=RELEASED_BY, units=frozenset({unit})), batch.number)
    head, *rows = ledger.export(maker, batch.number, "utf-8").decode("utf-8-sig").splitlines()
    lines = {item.ref: item.line_id for item, _state in books.batch(maker, batch.number).items}
    words = [BOUNCED if lines[row.split(",")[0]] in bounced else PAID for row in rows]
    filled = [",".join([*row.split(",")[:5], word, ""]) for row, word in zip(rows, words, strict=True)]
    ledger.take_results(maker, batch.number, "\r\n".join([head, *filled]).encode())
