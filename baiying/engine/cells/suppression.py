"""Which counts may be told, so that no hidden one can be worked out from those that are.

The problem is known as cell suppression with complementary (secondary) suppression: L. H. Cox, Suppression methodology
and statistical disclosure control, JASA 75 (1980), 377-385; M. Fischetti and J. J. Salazar-González, JASA 95 (2000),
916-928. The general problem is NP-hard and needs a solver. We take the way those papers begin with: only tables of a
fixed shape are published, for which a short condition suffices and can be proved.

**Shape.** Counts stand in two trees. A count of cases falls into parts (received = waiting + answered + ended, and
answered = said + silent, and beside it answered = in time + late): a `Split`. And a row falls into rows (a quarter into
streets, or into months, or into matters). A row is told with a set of splits that is closed upwards: never the parts
without what they are parts of; and never with a split that the row above it is not told with.

**Condition.** Take a row, its rows below, and a split of a count c into parts, told for the row above. Some of the rows
below are told with it; T is the sum of c over the others, C_j their sum of part j, r the c of one of them that is told.
It holds that C_j >= 5 for every part, and T - r >= 5 for every such row. For the first count of all: at least two rows
are hidden, with at least 5 between them.

**Why that is enough.** The hidden numbers of such a block are a transport table with known margins, in which a cell can
be anything from max(0, r + C_j - T) to min(r, C_j); the width is the least of r, C_j, T - r, T - C_j, all at least 5.
A c that is itself hidden only widens it; splits beside one another meet in c alone, and so do different rows below one
row: what is known of one says nothing about the other once c is fixed. So whoever knows all that is published can say
of a hidden count no more than that it lies somewhere in a range at least `LEAST` wide. That holds as long as no count
of one split rules out one of another that stands beside it: splits are chosen so (`boards.measures`).

Nought is told: it is about nobody. A part that is nought for the row above is nought for all and no secret.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5

K = TypeVar("K", bound=Hashable)
C = TypeVar("C", bound=Hashable)
Counts = Mapping[str, int]
#: What is told of a row, by the name of the count; None is a number that is not told.
Told = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Split:
    """A count and the parts it falls into: every case counted in `whole` is counted in exactly one of `parts`."""

    whole: str
    parts: tuple[str, ...]


def tell(counts: Mapping[K, int], insiders: bool = False) -> dict[K, int | None]:
    """Counts of one partition whose sum anybody may know, e.g. cases by street. None: not told."""
    told = tell_parts({"": sum(counts.values())}, {key: {"": count} for key, count in counts.items()}, (), "", insiders)
    return {key: one[""] for key, one in told.items()}


def tell_table(cells: Mapping[tuple[K, C], int]) -> dict[tuple[K | None, C | None], int | None]:
    """A table of rows and columns with its sums: (row, column), (row, None), (None, column) and (None, None).

    A row is told with all its columns, with its sum alone, or not at all. A cell that is not there counts as nought.
    """
    rows, columns = list(dict.fromkeys(row for row, _ in cells)), list(dict.fromkeys(col for _, col in cells))
    names = {column: str(place) for place, column in enumerate(columns)}
    counts = {row: {names[column]: cells.get((row, column), 0) for column in columns} for row in rows}
    for one in counts.values():
        one[""] = sum(one.values())
    splits = (Split("", tuple(names.values())),)
    whole = {name: sum(one[name] for one in counts.values()) for name in ("", *names.values())}
    total = tell_alone(whole, splits, "")
    told = tell_parts(total, counts, splits, "")
    found: dict[tuple[K | None, C | None], int | None] = {}
    for row, line in (*told.items(), (None, total)):
        found.update({(row, column): line[name] for column, name in names.items()})
        found[row, None] = line[""]
    return found


def tell_alone(counts: Counts, splits: Sequence[Split], root: str) -> Told:
    """What may be told of a row that no other row is compared with or summed with. Splits: wholes before parts."""
    told: Told = dict.fromkeys((root, *(part for split in splits for part in split.parts)))
    if may_be_told(counts[root]):
        told[root] = counts[root]
    for split in splits:
        if told[split.whole] is not None and all(may_be_told(counts[part]) for part in split.parts):
            told.update({part: counts[part] for part in split.parts})
    return told


def tell_parts(whole: Told, rows: Mapping[K, Counts], splits: Sequence[Split], root: str,
               insiders: bool = False) -> dict[K, Told]:
    """What may be told of rows that together are the row told as `whole`. Their counts must add up to it.

    `insiders`: each row belongs to somebody who knows it (a unit its own cases): then the condition also holds for
    whoever takes her own row away, as far as three or more of them have something.
    """
    if len(rows) == 1:
        return {key: dict(whole) for key in rows}
    block = _Block(whole, rows, _told_splits(whole, splits, root), root, insiders)
    block.settle()
    names = (root, *(part for split in splits for part in split.parts))
    return {key: _plain({name: counts[name] if name in block.told[key] or whole[name] == 0 else None for name in names},
                        splits) for key, counts in rows.items()}


def _plain(told: Told, splits: Sequence[Split]) -> Told:
    """With what everybody sees at once: the parts of nought are nought, and a part beside noughts is the whole."""
    for split in splits:
        whole, beside = told[split.whole], [part for part in split.parts if told[part] != 0]
        if whole == 0:
            told.update(dict.fromkeys(split.parts, 0))
        elif whole is not None and len(beside) == 1:
            told[beside[0]] = whole
    return told


def _told_splits(whole: Told, splits: Sequence[Split], root: str) -> list[Split]:
    """The splits that a row is told with, each below one that it is told with: a nought alone opens none."""
    reached, found = {root}, []
    for split in splits:
        if split.whole in reached and all(whole[name] is not None for name in (split.whole, *split.parts)):
            reached.update(split.parts)
            found.append(split)
    return found


def may_be_told(count: int) -> bool:
    """Nought, or enough to point at nobody."""
    return count == 0 or count >= LEAST


class _Block(Generic[K]):
    """The rows below one row while it is found out how deep each may be told. Only ever takes away, so it ends."""

    def __init__(self, whole: Told, rows: Mapping[K, Counts], splits: Sequence[Split], root: str,
                 insiders: bool) -> None:
        self.whole, self.rows, self.splits, self.root, self.insiders = whole, rows, splits, root, insiders
        self.told: dict[K, set[str]] = {key: self._first(counts) for key, counts in rows.items()}

    def _first(self, counts: Counts) -> set[str]:
        """As deep as this row's own counts allow."""
        if self.whole[self.root] is None:
            return set()
        return {name for name, count in tell_alone(counts, self.splits, self.root).items() if count is not None}

    def settle(self) -> None:
        while any([self._hide_root(), *(self._hide_split(split) for split in self.splits)]):
            pass

    def _hide_root(self) -> bool:
        """Keep the first count of all safe; says whether something was taken away."""
        hidden = [key for key in self.rows if self.root not in self.told[key]]
        if not hidden or self._safe(hidden, self._safe_root):
            return False
        return self._hide_one(self.root, self.root)

    def _hide_split(self, split: Split) -> bool:
        parts = self._live(split)
        if len(parts) < 2:
            return False  # the one part is the whole: nothing is hidden by hiding it
        hidden = [key for key in self.rows if split.parts[0] not in self.told[key]]
        if not hidden or self._safe(hidden, lambda keys: self._safe_split(keys, split.whole, parts)):
            return False
        return self._hide_one(split.parts[0], split.whole) or self._hide_every(split.whole)

    def _safe(self, hidden: list[K], holds: Callable[[list[K]], bool]) -> bool:
        if not holds(hidden):
            return False
        with_something = [key for key in hidden if self.rows[key][self.root]]
        if not self.insiders or len(with_something) < 2:
            return True
        return all(holds([one for one in hidden if one != key]) for key in with_something)

    def _safe_root(self, hidden: list[K]) -> bool:
        return len(hidden) >= 2 and sum(self.rows[key][self.root] for key in hidden) >= LEAST

    def _safe_split(self, hidden: list[K], whole: str, parts: list[str]) -> bool:
        total = sum(self.rows[key][whole] for key in hidden)
        known = [self.rows[key][whole] for key in hidden if whole in self.told[key]]
        return (all(sum(self.rows[key][part] for key in hidden) >= LEAST for part in parts)
                and all(total - one >= LEAST for one in known))

    def _hide_one(self, name: str, weight: str) -> bool:
        """Hide a count, and all that hangs on it, in the row with least of the count `weight` (but some)."""
        shown = [key for key in self.rows if name in self.told[key]]
        least = min(shown, default=None, key=lambda key: (not self.rows[key][weight], self.rows[key][weight], str(key)))
        if least is None:
            return False
        self.told[least] -= self._hanging(name)
        return True

    def _hide_every(self, name: str) -> bool:
        """Hide a count, and all that hangs on it, in every row: hiding its parts alone was not enough.

        A count that is the only part of another one for the row above is that one: then that one is hidden.
        """
        for split in reversed(self.splits):
            if name in split.parts and len(self._live(split)) < 2:
                name = split.whole
        shown = [key for key in self.rows if name in self.told[key]]
        for key in shown:
            self.told[key] -= self._hanging(name)
        return bool(shown)

    def _live(self, split: Split) -> list[str]:
        """The parts that are not nought for the row above, and so for every row."""
        return [part for part in split.parts if self.whole[part]]

    def _hanging(self, name: str) -> set[str]:
        """The count, its fellow parts, and everything they fall into."""
        gone = {name, *(part for split in self.splits if name in split.parts for part in split.parts)}
        for split in self.splits:
            if split.whole in gone:
                gone.update(split.parts)
        return gone
