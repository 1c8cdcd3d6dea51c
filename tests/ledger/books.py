"""A little bookkeeping for tests: two units of the demo, budgets of an invented service, invented people."""

from __future__ import annotations

from uuid import UUID

from baiying.kit import door
from baiying.kit.door import Asker
from baiying.ledger import queries
from baiying.ledger.actions import Share, To, What, Whom, grant, open_budget
from baiying.project.demo.network import unit_id

DISTRICT, SERVICE, YEAR = "110107", "union.trial.relief", 2026
HER, HIM = Whom((UUID(int=1001),)), Whom((UUID(int=1002),))
BANK = To("安小满", "6222000011112222", "某银行")


def ours() -> UUID:
    """A street union that has no money in the demo."""
    return unit_id("union.110107006")


def theirs() -> UUID:
    """Another one."""
    return unit_id("union.110107005")


def keeper(who: int = 9, *units: UUID) -> Asker:
    """Who looks after the budgets of our street union, or of these units."""
    return Asker(who=UUID(int=who), units=frozenset(units or {ours()}))


def stranger() -> Asker:
    """Somebody who decides in a unit that sees no budget."""
    return Asker(who=UUID(int=8), units=frozenset({unit_id("union.110107003")}))


def what(whom: Whom = HER, period: str = "2026", **more: object) -> What:
    return What(DISTRICT, SERVICE, period, whom, **more)


def fund(fen: int = 100_00, unit: UUID | None = None, key: str = "fund") -> None:
    unit = unit or ours()
    open_budget(keeper(9, unit), key, DISTRICT, unit, SERVICE, YEAR, fen)


def stands(unit: UUID | None = None) -> tuple[int, int, int, int]:
    """Promised, granted, paid, left."""
    unit = unit or ours()
    one = queries.budget(keeper(9, unit), unit, SERVICE, YEAR)
    return one.promised, one.granted, one.paid, one.left


def granted(turn: int, fen: int = 10_00, payee: To | None = BANK, **more: object) -> UUID:
    """A grant of an invented person, decided by a stranger."""
    with door.open(stranger()):
        return grant(f"g{turn}", what(Whom((UUID(int=2000 + turn),)), **more), [Share(ours(), fen)], payee=payee)
