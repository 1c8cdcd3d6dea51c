"""Alternatives of which the first that holds counts: ranges of one number must neither overlap nor leave a gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import date

from baiying.engine.loader.places import Path
from baiying.engine.loader.rule_words import Words
from baiying.engine.rules.language import NUMBER_MOST, Condition, Ref, Test

Range = tuple[int, int]  # both ends in
ENDS: Range = (-NUMBER_MOST, NUMBER_MOST)


def check(words: Words, alternatives: Sequence[tuple[Path, tuple[Condition, ...]]]) -> None:
    """Judge the conditions of alternatives, in the order written."""
    open_before = False
    for path, when in alternatives:
        if open_before:
            words.say(path, "never_reached")
            return
        open_before = not when
    for group in _comparable([when for _, when in alternatives]):
        _side_by_side(words, [(alternatives[place][0], test) for place, test in group], open_before)


def _comparable(whens: Sequence[tuple[Condition, ...]]) -> list[list[tuple[int, Test]]]:
    """Alternatives that differ in the range of one fact alone, with the test that is this range."""
    groups: dict[Hashable, list[tuple[int, Test]]] = defaultdict(list)
    for place, when in enumerate(whens):
        ranged = [one for one in when if isinstance(one, Test) and _range(one) is not None]
        if len(ranged) == 1:
            rest = frozenset(one for one in when if one is not ranged[0])
            groups[ranged[0].fact, rest].append((place, ranged[0]))
    return [group for group in groups.values() if len(group) > 1]


def _side_by_side(words: Words, ranges: list[tuple[Path, Test]], rest_is_told: bool) -> None:
    """`rest_is_told`: a last alternative without a condition takes whatever lies between."""
    ordered = sorted(((_range(test) or ENDS, path, test) for path, test in ranges), key=lambda one: one[0])
    for (before, _, first), (after, path, second) in zip(ordered, ordered[1:], strict=False):
        told = {"fact": first.fact, "first": _shown(first), "second": _shown(second)}
        if after[0] <= before[1]:
            words.say(path, "overlap", **told)
        elif after[0] > before[1] + 1 and not rest_is_told:
            words.say(path, "gap", **told)


def _range(test: Test) -> Range | None:
    """The whole numbers, or days, for which a test holds; None when it is no plain range."""
    if test.of or isinstance(test.value, Ref):
        return None
    if test.op == "between" and isinstance(test.value, tuple):
        return _whole(test.value[0]), _whole(test.value[1])
    if isinstance(test.value, bool) or not isinstance(test.value, int | date):
        return None
    value = _whole(test.value)
    return {"is": (value, value), "at_least": (value, ENDS[1]), "above": (value + 1, ENDS[1]),
            "at_most": (ENDS[0], value), "below": (ENDS[0], value - 1)}.get(test.op)  # fmt: skip


def _whole(value: int | date) -> int:
    return value.toordinal() if isinstance(value, date) else value


def _shown(test: Test) -> str:
    value = f"{test.value[0]}–{test.value[1]}" if isinstance(test.value, tuple) else test.value
    return f"{test.op} {value}"
