"""The cast of the demo, read from ``cast.toml``: every invented person is named there and nowhere else."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from baiying.kit.chance import letters_for
from baiying.members.actions import NewPerson

_FILE = Path(__file__).with_name("cast.toml")


@dataclass(frozen=True)
class Office:
    """A post of a member of the cast: the unit's key in ``district.toml``, the role's key, its days."""

    unit: str
    role: str
    since: date
    until: date | None = None
    receives: bool = True


@dataclass(frozen=True)
class Player:
    """One of the cast."""

    key: str
    name: str
    role: str
    about: str
    login: str = ""
    telephone: str = ""
    text_only: bool = False
    duty: bool = False
    posts: tuple[Office, ...] = ()
    # The unit of which she is a member, what its list says of her, and whether she wants to be left in peace.
    member: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    quiet: bool = False

    @property
    def new(self) -> NewPerson:
        """What the account is made from; its password belongs to this installation, none is written anywhere."""
        return NewPerson(
            key=f"demo:{self.key}",
            login=self.login or None,
            name=self.name,
            password=self.password if self.signs_in else None,
            telephone=self.telephone or None,
            text_only=self.text_only,
        )

    @property
    def signs_in(self) -> bool:
        """Whether the account can be used: those who ask need none."""
        return self.duty or bool(self.posts)

    @property
    def password(self) -> str:
        """The demo password, derived from the installation's seed, in groups of four letters."""
        letters = letters_for(f"demo:{self.login}", "password", 12)
        return "-".join(letters[start : start + 4] for start in range(0, 12, 4))


@dataclass(frozen=True)
class Account:
    """A line that the launcher prints."""

    role: str
    name: str
    login: str
    password: str


@cache
def cast() -> tuple[Player, ...]:
    """Everybody, in the order of the file."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Player(**{**one, "posts": tuple(Office(**post) for post in one.get("posts", []))}) for one in told["person"]
    )


def person(key: str) -> Player:
    """One of the cast by key. Raises KeyError."""
    return next(player for player in cast() if player.key == key)


def accounts() -> list[Account]:
    """The demo accounts by role, with this installation's passwords."""
    return [Account(player.role, player.name, player.login, player.password) for player in cast() if player.signs_in]
