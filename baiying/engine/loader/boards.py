"""The boards of a catalogue: their files read, judged and built. A board = one file, and no Python."""

from __future__ import annotations

from collections.abc import Iterator

from baiying.engine.boards import COUNTS, PUBLISHED, Board, Measure, wholes_of
from baiying.engine.loader import structure
from baiying.engine.loader.faults import Fault, nearest
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.sense import tables, texts
from baiying.engine.loader.structure import NAME

OWN = "unit"
#: What follows `boards/` in an address of the house itself.
ADDRESSES = ("below", "ours")


def stem(source: Source) -> str:
    return source.file.removeprefix("boards/").removesuffix(".toml")


def check(found: list[Source]) -> Iterator[Fault]:
    """All faults of all boards."""
    for source in found:
        yield from source.faults
        if source.table or not source.faults:
            yield from structure.check(source, "board", {"count": COUNTS})
            yield from _fitting(source)
    public = [source for source in found if source.table.get("audience") == "public"]
    if found and not public and all(source.table for source in found):
        yield Fault("boards", "", "no_public_board")


def _fitting(source: Source) -> Iterator[Fault]:
    """Words that are good one by one and do not fit one another."""
    if not NAME.fullmatch(stem(source)):
        yield source.fault((), "bad_name", name=stem(source)[:40])
    if stem(source) in ADDRESSES:
        yield source.fault((), "built_in", name=stem(source))
    own = source.table.get("audience") == OWN
    if not own and "week" in texts(source.table.get("periods")):
        yield source.fault(("periods",), "week_is_own")
    if own and {"street", "unit"} & set(texts(source.table.get("compare"))):
        yield source.fault(("compare",), "own_is_alone")
    for key, measure in tables(source.table, "measure").items():
        count, of = measure.get("count"), measure.get("of")
        for word, name in (("count", count), ("of", of)):
            if not own and name in COUNTS and name not in PUBLISHED:
                yield source.fault(("measure", key, word), "count_is_own", name=name)
        if isinstance(count, str) and isinstance(of, str) and count in COUNTS and of in COUNTS:
            wholes = wholes_of(count)
            if of not in wholes:
                yield source.fault(("measure", key, "of"), "no_part_of", nearest(of, wholes), name=count, whole=of)


def board(key: str, table: Table) -> Board:
    """Build a board from a table without faults."""
    return Board(
        key=key,
        name=table["name"],
        name_en=table["name_en"],
        lead=table["lead"],
        lead_en=table["lead_en"],
        audience=table["audience"],
        order=table.get("order", 0),
        periods=texts(table["periods"]),
        compare=texts(table.get("compare", [])),
        measures=tuple(
            Measure(name, one["name"], one["name_en"], one["definition"], one["definition_en"], one["count"],
                    one.get("of", ""))
            for name, one in tables(table, "measure").items()
        ),
    )
