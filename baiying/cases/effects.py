"""What a move may cause, by the name that the TOML uses. Whoever stands higher registers its own effects here."""

from __future__ import annotations

from collections.abc import Callable

from baiying.cases.models import Case
from baiying.engine.flow import Matter
from baiying.kit import queue

Effect = Callable[[Case, Matter], None]
_effects: dict[str, Effect] = {}


def effect(name: str) -> Callable[[Effect], Effect]:
    """Register a function under the name that declarations use in `then`."""
    def register(function: Effect) -> Effect:
        _effects[name] = function
        return function
    return register


def cause(name: str, case: Case, matter: Matter) -> None:
    """Let an effect happen, in the transaction of the move. The loader has refused unknown names."""
    _effects[name](case, matter)


def names() -> frozenset[str]:
    """Every effect there is, for the loader's check."""
    return frozenset(_effects)


@effect("tell_her")
def tell_her(case: Case, matter: Matter) -> None:
    """A word to the person who asked that something waits for her."""
    queue.later("tell_her", case=str(case.id))
