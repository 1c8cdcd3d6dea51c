"""Powers: what may be done. Every route and act names one; roles are given them by roles.toml; default no.

This registry holds the names that exist, so that a role cannot be given what nobody asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise

from baiying.kit.errors import Misuse

NAME = re.compile(r"[a-z]+(\.[a-z_]+)+")


@dataclass(frozen=True)
class Power:
    """One thing that may be done. ``name``: app.verb, e.g. ``case.judge``; ``sentence``: what it allows."""

    name: str
    sentence: str | Promise


_powers: dict[str, Power] = {}


def register(name: str, sentence: str | Promise) -> Power:
    """Make a power known, once, where the app that asks for it is imported. Raises Misuse on a second meaning."""
    if not NAME.fullmatch(name):
        raise Misuse(f"a power is named app.verb in small letters, not {name!r}")
    new = Power(name, sentence)
    if _powers.setdefault(name, new) != new:
        raise Misuse(f"the power {name} has two meanings")
    return _powers[name]


def known() -> dict[str, Power]:
    """Every power that exists, by name, in order of name."""
    return dict(sorted(_powers.items()))
