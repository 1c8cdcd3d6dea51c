"""The form of a walk: which addresses of one route are asked for, with which forms, in every world alike.

A walk names its route as `baiying/web/routes` does. Each `<str:name>` in it stands for every value that the worlds
know under `name` (of `number`: the protected cases, open ones of the walker's own unit, one that nobody has), or for
those that the walk itself gives by ``at``. A word in braces in an address or a form is such a value too: `{number}`
in a form is the number of the address, `{words}` the words of the protected need.

Every request is undone before the next one, so that walks do not meet; `chain` keeps several together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
BRACED = re.compile(r"\{(\w+)\}")
Values = Mapping[str, tuple[str, ...]]  # what the worlds know: the values of each name
Typed = Mapping[str, str]


@dataclass(frozen=True)
class Ask:
    """One request: an address with its places, and a form when it is sent rather than asked for."""

    path: str
    typed: Typed | None = None
    headers: Typed = field(default_factory=dict)
    text: str = ""  # what is sent instead of a form, as the API takes it
    basic: tuple[str, str] = ("", "")  # number and code, where they come with the request


@dataclass(frozen=True)
class Walk:
    """Requests of one route; several are made one after another in one browser, without being undone in between."""

    route: str
    asks: tuple[Ask, ...]
    at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A walk with all places filled in: what is really asked. ``name`` tells it from every other one."""

    route: str
    asks: tuple[Ask, ...]

    @property
    def name(self) -> str:
        """How reports call it."""
        return " → ".join(told(ask) for ask in self.asks)


def told(ask: Ask) -> str:
    """One request in a line: `GET /today/`, `POST /search/ q=…`."""
    hers = f" {ask.basic[0]}:{ask.basic[1]}" if any(ask.basic) else ""
    if ask.text:
        return f"POST {ask.path}{hers} {ask.text}"
    if ask.typed is None:
        return f"GET {ask.path}{hers}" + (" (part)" if ask.headers else "")
    return f"POST {ask.path} " + " ".join(f"{name}={value}" for name, value in ask.typed.items())


def get(route: str, query: str = "", *, at: Mapping[str, tuple[str, ...]] | None = None,
        headers: Typed | None = None) -> Walk:
    """Ask for the page; ``query`` with its question mark."""
    return Walk(route, (Ask("/" + route + query, None, headers or {}),), at or {})


def post(route: str, typed: Typed | None = None, *, at: Mapping[str, tuple[str, ...]] | None = None,
         **more: str) -> Walk:
    """Send a form; undone afterwards. Names that Python keeps for itself go into ``typed``."""
    return Walk(route, (Ask("/" + route, {**(typed or {}), **more}),), at or {})


def chain(route: str, *asks: Ask | Walk) -> Walk:
    """Several requests of one browser: what the first left is there for the second."""
    flat = [one for ask in asks for one in (ask.asks if isinstance(ask, Walk) else (ask,))]
    return Walk(route, tuple(flat))


def steps(walk: Walk, values: Values) -> Iterator[Step]:
    """The walk with every value of every name that stands in it.

    :raises KeyError: a name that neither the walk nor the worlds know.
    """
    written = [text for ask in walk.asks for text in (ask.path, ask.text, *ask.basic, *(ask.typed or {}).values())]
    names = list(dict.fromkeys(found for text in written for found in (*PLACE.findall(text), *BRACED.findall(text))))
    choices = [walk.at[name] if name in walk.at else values[name] for name in names]
    for chosen in product(*choices):
        yield Step(walk.route, tuple(filled(ask, dict(zip(names, chosen, strict=True))) for ask in walk.asks))


def filled(ask: Ask, chosen: Mapping[str, str]) -> Ask:
    """A request with its places filled in."""
    def put(text: str) -> str:
        return BRACED.sub(lambda found: chosen[found[1]], PLACE.sub(lambda found: chosen[found[1]], text))
    typed: dict[str, Any] | None = None
    if ask.typed is not None:
        typed = {name: put(value) for name, value in ask.typed.items()}
    return Ask(put(ask.path), typed, ask.headers, put(ask.text), (put(ask.basic[0]), put(ask.basic[1])))
