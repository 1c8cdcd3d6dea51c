"""Which question is asked where: on her form, with a move, with her word at the end."""

from __future__ import annotations

from collections.abc import Iterable

from baiying.engine.flow.conditions import Facts, all_hold
from baiying.engine.flow.matter import ASKER, Ask, Band, Duty, Matter

ASK = "ask."  # how the fact of an answer begins


def form_asks(matter: Matter) -> tuple[Ask, ...]:
    """The questions on her form: asked of her, and not only at the end."""
    return tuple(ask for ask in matter.asks.values() if ask.by == ASKER and ask.key not in matter.closing.asks)


def day_asks(matter: Matter) -> tuple[Ask, ...]:
    """The questions to her whose answer is the day of an event that a clock hears."""
    return tuple(ask for ask in form_asks(matter) if ask.kind == "date" and ask.event)


def closing_asks(matter: Matter) -> tuple[Ask, ...]:
    """The questions put together with her verdict."""
    return tuple(matter.asks[key] for key in matter.closing.asks)


def is_asked(ask: Ask, facts: Facts) -> bool:
    """Whether this question is asked, as far as is known: not known counts as asked."""
    return all_hold(ask.when, facts) is not False


def asks_among(matter: Matter, names: Iterable[str]) -> tuple[Ask, ...]:
    """The questions whose facts are among these names."""
    keys = (name.removeprefix(ASK) for name in names if name.startswith(ASK))
    return tuple(matter.asks[key] for key in keys if key in matter.asks)


def band_of(matter: Matter, facts: Facts) -> Band | None:
    """The first band whose conditions hold. One that is not known yet is passed over: ask again when more is known."""
    return next((band for band in matter.bands if all_hold(band.when, facts)), None)


def duties(matter: Matter, facts: Facts) -> tuple[Duty, ...]:
    """The duties that hold or may hold by what is known; with no facts, all of them."""
    return tuple(one for one in matter.duties if all_hold(one.when, facts) is not False)
