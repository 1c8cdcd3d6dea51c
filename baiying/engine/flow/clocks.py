"""Which clocks an event starts and which it meets. When they are due is the business of `baiying.engine.clock`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from baiying.engine.flow.matter import ClockWord, Matter


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
