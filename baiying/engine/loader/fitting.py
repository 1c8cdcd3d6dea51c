"""The third look at a matter: words that are good one by one and do not fit one another.

Like the second look it reads tolerantly: what is not there, or is of the wrong type, was told by the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from baiying.engine.clock import Rule
from baiying.engine.flow.conditions import COMPARISONS, GROUPS, PART, SHARES
from baiying.engine.flow.house import SHELF_DAYS
from baiying.engine.flow.matter import ASKER, HOUSE_PARTIES, SEEN
from baiying.engine.loader.faults import Fault, nearest
from baiying.engine.loader.places import Path
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.sense import moves_of, tables, texts

OURS, BAND = "ours", "case.band"
DAYS_OF = {"hour": 1 / 24, "calendar_day": 1, "working_day": 1, "month": 28, "year": 365}
# What a question of this kind can be compared with, and how that is called.
FITTING: Mapping[str, tuple[type, ...]] = {"yesno": (bool,), "number": (int,), "money": (int,)}
SUMS = ("number", "money")  # kinds of question that can be a part of one another


def check(source: Source, lists: Mapping[str, Table]) -> list[Fault]:
    """All faults of this kind of one matter. `lists`: the shared lists by name."""
    return [
        *_questions(source),
        *_clocks(source),
        *_parties(source),
        *_bands(source),
        *_keep(source),
        *_values(source, lists),
        *_shares(source),
    ]


def _questions(source: Source) -> Iterator[Fault]:
    """Every question is asked of somebody somewhere, and of her only by what she was asked before."""
    asks, at_the_end = tables(source.table, "ask"), _closing_asks(source.table)
    with_moves = _asked_with_moves(source.table)
    before: list[str] = []
    for key, ask in asks.items():
        path: Path = ("ask", key)
        hers = ask.get("by", ASKER) == ASKER
        if key in SEEN:
            yield source.fault(path, "built_in", name=key)
        if not hers and key in at_the_end:
            yield source.fault(("closing", "asks"), "not_hers", name=key)
        elif not hers and f"ask.{key}" not in with_moves:
            yield source.fault(path, "never_asked", name=str(ask.get("by"))[:40])
        for fact, _, here in comparisons(ask.get("when"), (*path, "when")):
            name = fact.removeprefix("ask.")
            on_form = name in before and asks[name].get("by", ASKER) == ASKER and name not in at_the_end
            if name not in before or (hers and not on_form):
                yield source.fault(here, "later_question", name=fact[:60])
        before.append(key)


def _closing_asks(matter: Table) -> tuple[str, ...]:
    closing = matter.get("closing")
    return texts(closing.get("asks")) if isinstance(closing, dict) else ()


def _asked_with_moves(matter: Table) -> set[str]:
    """The facts that a move asks for: what it needs, and what it depends on."""
    moves = [move for stage in tables(matter, "stage").values() for _, move in moves_of(stage)]
    needed = {name for move in moves for name in texts(move.get("needs"))}
    compared = {fact for move in moves for fact, _, _ in comparisons(move.get("when"), ())}
    parted = {fact for move in moves for pair, _, _ in shares(move.get("when"), ()) for fact in pair}
    return needed | compared | parted


def _clocks(source: Source) -> Iterator[Fault]:
    told = {event for ask in tables(source.table, "ask").values() for event in texts(ask.get("event"))}
    for key, clock in tables(source.table, "clock").items():
        path: Path = ("clock", key)
        owner, expired, before = clock.get("owner", OURS), clock.get("expired"), clock.get("before")
        if isinstance(expired, dict):
            if not expired:
                yield source.fault((*path, "expired"), "empty")
            if owner == ASKER and "to" in expired:
                yield source.fault((*path, "expired", "to"), "hers_expires")
        if "extend" in clock:
            if owner != OURS:
                yield source.fault((*path, "extend"), "extends_not_ours", owner=str(owner)[:40])
            elif before is not None or clock.get("kind", "deadline") != "deadline":
                yield source.fault((*path, "extend"), "extends_no_deadline")
        if before is not None and "kind" in clock:
            yield source.fault((*path, "kind"), "kind_and_before")
        if isinstance(before, str) and before not in told:
            yield source.fault((*path, "before"), "before_untold", nearest(before, told), name=before[:40])


def _parties(source: Source) -> Iterator[Fault]:
    parts = tables(source.table, "party")
    for key, part in parts.items():
        if key in HOUSE_PARTIES:
            yield source.fault(("party", key), "house_party", name=key)
        for side in texts(part.get("between")):
            if side in (*HOUSE_PARTIES, key) or "files" in texts(parts.get(side, {}).get("sees")):
                yield source.fault(("party", key, "between"), "no_side", name=side)


def _bands(source: Source) -> Iterator[Fault]:
    """Each band has a name of its own, and none but the last holds always."""
    listed = _blocks(source.table, "band")
    seen: set[str] = set()
    for number, band in listed:
        path: Path = ("band", number)
        name = band.get("name")
        if isinstance(name, str):
            if name in seen:
                yield source.fault((*path, "name"), "same_band", name=name[:40])
            seen.add(name)
        if "when" not in band and number != listed[-1][0]:
            yield source.fault(path, "missing", word="when")
        for fact, _, here in comparisons(band.get("when"), (*path, "when")):
            if fact == BAND:
                yield source.fault(here, "band_of_band")


def _keep(source: Source) -> Iterator[Fault]:
    """Her word is taken for longer than it takes until silence is put on the shelf."""
    keep = source.table.get("keep")
    if not isinstance(keep, str):
        return
    try:
        rule = Rule.parse(keep)
    except ValueError:
        return  # told by the first look
    if rule.length * DAYS_OF[rule.unit] < 2 * SHELF_DAYS - 4:
        yield source.fault(("keep",), "keep_short", value=keep[:40], most=SHELF_DAYS)


def _values(source: Source, lists: Mapping[str, Table]) -> Iterator[Fault]:
    """A condition compares a fact with something that the fact can be."""
    asks = tables(source.table, "ask")
    kinds = {f"ask.{key}": ask.get("kind") for key, ask in asks.items()}
    options = {f"ask.{key}": found for key, ask in asks.items() if (found := _labels(ask, lists)) is not None}
    options[BAND] = {name for _, band in _blocks(source.table, "band") for name in texts(band.get("name"))}
    for when, path in _conditions(source.table):
        for fact, value, here in comparisons(when, path):
            for one in value if isinstance(value, list) else [value]:
                fits = FITTING.get(str(kinds.get(fact)))
                if fits and not (isinstance(one, fits) and isinstance(one, bool) == (bool in fits)):
                    yield source.fault(here, "no_such_value", value=str(one)[:40], fact=fact, kind=kinds[fact])
                elif kinds.get(fact) == "date":
                    yield source.fault(here, "no_such_value", value=str(one)[:40], fact=fact, kind="date")
                elif fact in options and one not in options[fact]:
                    near = nearest(str(one), map(str, options[fact]))
                    yield source.fault(here, "not_an_option", near, value=str(one)[:40], fact=fact)


def _shares(source: Source) -> Iterator[Fault]:
    """A share is of one number in another, written like 2/3; and never decides what is asked of her."""
    kinds = {f"ask.{key}": ask.get("kind") for key, ask in tables(source.table, "ask").items()}
    for when, path in _conditions(source.table):
        for pair, one, here in shares(when, path):
            how = next((word for word in SHARES if word in one), "")
            said = one.get(how)
            good = isinstance(said, str) and PART.fullmatch(said) and pair[0] != pair[1]
            if not good or not all(kinds.get(fact) in SUMS for fact in pair):
                yield source.fault(here, "no_share")
            elif path[0] == "ask":
                yield source.fault(here, "share_on_a_form")


def _labels(ask: Table, lists: Mapping[str, Table]) -> set[object] | None:
    listed = ask.get("options")
    if isinstance(listed, str):
        listed = lists.get(listed.removeprefix("@"), {}).get("options")
    if not isinstance(listed, list):
        return None
    return {one["label"] for one in listed if isinstance(one, dict) and isinstance(one.get("label"), str)}


def _conditions(matter: Table) -> Iterator[tuple[Any, Path]]:
    """Every `when` of a matter with its place."""
    for kind in ("ask", "clock"):
        for key, one in tables(matter, kind).items():
            yield one.get("when"), (kind, key, "when")
    for kind in ("band", "duty"):
        for number, one in _blocks(matter, kind):
            yield one.get("when"), (kind, number, "when")
    for key, stage in tables(matter, "stage").items():
        for number, move in moves_of(stage):
            yield move.get("when"), ("stage", key, "moves", number, "when")


def _blocks(matter: Table, kind: str) -> list[tuple[int, Table]]:
    value = matter.get(kind)
    return [(n, one) for n, one in enumerate(value) if isinstance(one, dict)] if isinstance(value, list) else []


def shares(value: Any, path: Path, depth: int = 0) -> Iterator[tuple[tuple[str, str], Table, Path]]:
    """Every comparison of a `when` that looks at a share, as ((fact, of), its table, place of `of`), in groups too."""
    for number, one in enumerate(value if isinstance(value, list) and depth < 5 else []):
        if not isinstance(one, dict):
            continue
        for word in GROUPS:
            yield from shares(one.get(word), (*path, number, word), depth + 1)
        if isinstance(one.get("of"), str) and isinstance(one.get("fact"), str):
            yield (one["fact"], one["of"]), one, (*path, number, "of")


def comparisons(value: Any, path: Path, depth: int = 0) -> Iterator[tuple[str, Any, Path]]:
    """Every comparison of a `when` as (fact, value, place of the value), in groups too; a share is none of them."""
    for number, one in enumerate(value if isinstance(value, list) and depth < 5 else []):
        if not isinstance(one, dict):
            continue
        for word, inner in one.items():
            if word in GROUPS:
                yield from comparisons(inner, (*path, number, word), depth + 1)
            elif word in COMPARISONS and isinstance(one.get("fact"), str) and "of" not in one:
                yield one["fact"], inner, (*path, number, word)
