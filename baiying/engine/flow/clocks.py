"""Which clocks an event starts and which it meets. When they are due is the business of `baiying.engine.clock`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from baiying.engine.clock import Interruption, instant
from baiying.engine.flow.conditions import Facts, all_hold
from baiying.engine.flow.matter import ENDED, ClockWord, Matter

# One event, or all events of one step, and when: an instant, or the day that a person told.
Happening = tuple[str | tuple[str, ...], datetime.datetime | datetime.date]


@dataclass(frozen=True, slots=True)
class ClockState:
    """Where a clock stands after a history: its last start, and when it was met, if it was.

    `interruptions`, of a limitation only: what started its time anew, for `engine.clock.reckon_limitation`, which
    decides whether each came in time.
    """

    start: datetime.datetime | datetime.date
    met_at: datetime.datetime | datetime.date | None = None
    interruptions: tuple[Interruption, ...] = ()


def clocks_touched(matter: Matter, events: str | Iterable[str]) -> tuple[tuple[ClockWord, ...], tuple[ClockWord, ...]]:
    """(started, met) by these events: marks of a step and the stage entered, as `Step.events` gives them.

    A clock in both was met by what starts it anew: end the running one first. Starting one that runs already
    restarts it.
    """
    heard = {events} if isinstance(events, str) else set(events)
    started = tuple(clock for clock in matter.clocks.values() if heard.intersection(clock.starts))
    met = tuple(clock for clock in matter.clocks.values() if heard.intersection(clock.until))
    return started, met


def told_events(matter: Matter, answers: Mapping[str, object]) -> dict[str, datetime.date]:
    """The events whose day the person told us: {"knew": date} for an answered question that names an event.

    `answers` are typed answers by question (see `answers.read_answers`); anything else than a date is no event.
    """
    told = {}
    for ask in matter.asks.values():
        day = answers.get(ask.key)
        if ask.event and isinstance(day, datetime.date):
            told[ask.event] = day
    return told


def clocks_after(matter: Matter, history: Sequence[Happening], facts: Facts) -> dict[str, ClockState]:
    """Every clock that has started, by key, after all that happened: the whole history is replayed.

    A happening is one event and its time, or all events of one step together (`Step.events`): what they meet ends
    before what they begin starts. The order of what has the same time is kept; a told day counts from its midnight in
    Shanghai. A clock whose `when` does not hold, or is not known yet, is left out: replay again when more is known,
    and it starts at its own event's time. A limitation starts at its first event and is interrupted by the later ones.
    A clock that counts back stands on the day told last. The end of the case meets every clock of ours.
    """
    ordered = sorted(((_events(one), at) for one, at in history), key=lambda one: instant(one[1]))
    asked = [clock for clock in matter.clocks.values() if all_hold(clock.when, facts)]
    states = {clock.key: _state(matter, clock, ordered, history) for clock in asked}
    return {key: state for key, state in states.items() if state is not None}


def event_said(matter: Matter, event: str) -> tuple[str, str]:
    """What this event is called, Chinese and English: by the question whose day it is, the stage, the move that marks
    it; empty texts for one that only `words.toml` names."""
    for ask in matter.asks.values():
        if ask.event == event:
            return ask.label, ask.label_en
    if event in matter.stages:
        return matter.stages[event].label, matter.stages[event].label_en
    moves = (move for stage in matter.stages.values() for move in stage.moves if event in move.marks)
    return next(((move.label, move.label_en) for move in moves), ("", ""))


def _state(
    matter: Matter, clock: ClockWord, ordered: Sequence[tuple[frozenset[str], datetime.date]], told: Sequence[Happening]
) -> ClockState | None:
    if clock.before:
        return _counted_back(clock, ordered, told)
    if clock.kind == "limitation":
        return _limitation(matter, clock, ordered)
    found: ClockState | None = None
    for events, at in ordered:
        if found is not None and found.met_at is None and _meets(clock, events):
            found = ClockState(found.start, at)
        if events.intersection(clock.starts):
            found = ClockState(at)
    return found


def _limitation(
    matter: Matter, clock: ClockWord, ordered: Sequence[tuple[frozenset[str], datetime.date]]
) -> ClockState | None:
    """Her time to claim: whatever meets it, meets it once and for all; a suit is not brought twice."""
    starts = [(next(one for one in clock.starts if one in events), at) for events, at in ordered
              if events.intersection(clock.starts)]  # fmt: skip
    if not starts:
        return None
    begun = instant(starts[0][1])
    met = next((at for events, at in ordered if instant(at) >= begun and _meets(clock, events)), None)
    later = [(event, at) for event, at in starts[1:] if met is None or instant(at) <= instant(met)]
    said = [(at, *event_said(matter, event)) for event, at in later]
    return ClockState(starts[0][1], met, tuple(Interruption(at, en, zh) for at, zh, en in said))


def _counted_back(
    clock: ClockWord, ordered: Sequence[tuple[frozenset[str], datetime.date]], told: Sequence[Happening]
) -> ClockState | None:
    """What must be done before a day may be done long before it: its own time says nothing about the order."""
    days = [at for one, at in told if clock.before in _events(one)]
    if not days:
        return None
    return ClockState(days[-1], next((at for events, at in ordered if _meets(clock, events)), None))


def _meets(clock: ClockWord, events: frozenset[str]) -> bool:
    return bool(events.intersection(clock.until) or (clock.owner == "ours" and events.intersection(ENDED)))


def _events(one: str | tuple[str, ...]) -> frozenset[str]:
    return frozenset({one} if isinstance(one, str) else one)
