"""What a change of rules would do, in lines for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from baiying.engine.loader.rule_words import share_of
from baiying.engine.rules import Share
from baiying.project.errors import Trouble

FEN = 100
HOW = {"new": "new", "removed": "no longer there", "changed": "changed"}
WHY = {
    "gain": "it gains more people than the measure allows",
    "lose": "it loses more of its people than the measure allows",
    "everybody": "it selects everybody",
    "nobody": "it selects nobody",
    "money": "it costs more than the measure allows",
    "uncounted": "it is told in private, so nobody is counted: people must read it",
}


def said(told: Mapping[str, Any]) -> str:
    """The comparison as lines; small numbers are hidden here as on the page."""
    changes = told["changes"]
    if not changes:
        return "No service is judged by another rule than before."
    return "\n".join([f"{told['people']} people in the register on {told['on']}.", *_lines(changes)])


def _lines(changes: list[dict[str, Any]]) -> Iterator[str]:
    for one in changes:
        yield f"\n{one['service']}: {HOW[one['how']]}"
        if one["counted"]:
            yield f"  {_row(one['total'])}; not known: {_number(one['unknown'][0])} → {_number(one['unknown'][1])}"
            yield from (f"    {code or 'members nowhere'}: {_row(row)}" for code, row in one["streets"])
            yield from _money(one["money"])
        yield from (f"  ! {WHY[why]}" for why in one["why"])


def _row(row: Mapping[str, int | None]) -> str:
    before, after, gain, lose = (_number(row[name]) for name in ("before", "after", "gain", "lose"))
    return f"entitled {before} → {after} (gains {gain}, loses {lose})"


def _number(count: int | None) -> str:
    return "(hidden)" if count is None else str(count)


def _money(money: Mapping[str, int] | None) -> Iterator[str]:
    if money is None or not (money["before"] or money["after"] or money["by_hand"]):
        return
    yield f"  if everybody took it once: {_yuan(money['before'])} → {_yuan(money['after'])} yuan"
    if money["unsure_before"] or money["unsure_after"]:
        yield (
            f"    of it told by no good source (grades C, K), promised to nobody: "
            f"{_yuan(money['unsure_before'])} → {_yuan(money['unsure_after'])} yuan"
        )
    if money["by_hand"] != 0:
        yield f"    for {_number(money['by_hand'])} people a person reckons the sum"


def _yuan(fen: int) -> str:
    return f"{fen // FEN:,}.{fen % FEN:02d}"


def who_is_asked() -> str:
    """That two people are needed, who could be, and where they go."""
    from baiying.kit import moment
    from baiying.services.queries import publishing

    names = publishing.who_may(moment.today())
    told = ", ".join(names) if names else "nobody yet"
    few = "" if len(names) > 1 else " Two are needed: give the post of an administrator of the district to another one."
    return (
        f"\nIt is not in force; the old catalogue stays. It needs a named person who proposes it and another named "
        f"approver, each signed in, under /publishing/. Who may: {told}.{few}"
    )


def line_of(typed: str) -> tuple[str, int | Share]:
    """`dibao=1500` as the line and its value: money in fen, a share as `0.05` of a line of shares. Raises Trouble."""
    from baiying.catalogue.promised import promised

    name, _, value = typed.partition("=")
    line = promised().lines.get(name.strip().removeprefix("@"))
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        line, number = None, Decimal(0)
    if line is None or not number.is_finite() or line.kind not in ("money", "number", "share"):
        raise Trouble(
            f"{typed} is no reference value with a number. Write it like dibao=1500; names stand in "
            f"catalogue/reference/lines.toml."
        )
    if line.kind == "share":
        found = share_of(float(number))
        if found is None:
            raise Trouble(f"{value} is no share. Write it like 0.05.")
        return line.name, found
    return line.name, int(number * (FEN if line.kind == "money" else 1))
