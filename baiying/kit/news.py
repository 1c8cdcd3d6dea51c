"""News that travels upward by name, never by import: a unit closes, and whoever stands higher and registered acts.

What is told happens in the transaction of the teller; an exception of a listener undoes the teller's deed too.
"""

from __future__ import annotations

from collections.abc import Callable

from baiying.kit.errors import Misuse

Listener = Callable[..., None]
_listeners: dict[str, list[Listener]] = {}


def declare(name: str) -> str:
    """Make a piece of news known, where the app that tells it is imported; gives the name."""
    _listeners.setdefault(name, [])
    return name


def listen(name: str, listener: Listener) -> None:
    """Let this function hear the news. Raises Misuse when nobody ever tells it: a misspelt name would be silence."""
    if name not in _listeners:
        raise Misuse(f"no news is called {name}")
    if listener not in _listeners[name]:
        _listeners[name].append(listener)


def tell(name: str, **facts: object) -> None:
    """Tell everybody who listens, in the order in which they came."""
    for listener in _listeners[name]:
        listener(**facts)
