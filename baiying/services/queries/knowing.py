"""What is known of one person, as facts: expressions over her row of the register, or over one row of VALUES."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from baiying.catalogue import facts as registry
from baiying.engine.rules import Value
from baiying.engine.services.facts import DECLARED, FactWord
from baiying.kit import sealing
from baiying.members.queries import key_of
from baiying.services import access
from baiying.services.models import Profile

FIELD = "services.facts"
COLUMNS = ", ".join(name for name in registry.COLUMNS if name != "said")
HERSELF = (
    f"(SELECT {COLUMNS}, said || %(opened)s::jsonb AS said FROM services_register WHERE person = %(who)s) AS register"
)
NOTHING = ", ".join(f"NULL::{kind}" for name, kind in registry.COLUMNS.items() if name != "said")
NOBODY = f"(VALUES ({NOTHING}, %(opened)s::jsonb)) AS register({COLUMNS}, said)"


@dataclass(frozen=True)
class Told:
    """One value with where it comes from and since when."""

    fact: str
    value: Any
    source: str
    on: date


def known(
    words: Mapping[str, FactWord],
    names: Iterable[str],
    person_id: UUID,
    on: date,
    with_sealed: bool = True,
    also: Mapping[str, object] | None = None,
) -> dict[str, Value | None]:
    """The facts of these names of a person, with what is sealed unless it must stay so. Inside a door that lets her row
    be seen.

    What needs a consent that she has not given is not known. ``also``: what she says here, in place of what is kept.
    """
    hidden = sealed(access.profile(person_id)) if with_sealed else []
    opened = {one.fact: one.value for one in hidden if one.fact in words} | dict(also or {})
    return _asked(words, names, HERSELF, {"who": person_id, "opened": json.dumps(opened)}, on)


def known_of(
    words: Mapping[str, FactWord], names: Iterable[str], said: Mapping[str, object], on: date
) -> dict[str, Value | None]:
    """The facts that follow from what somebody said who is not signed in. Nothing is stored, no table is read."""
    return _asked(words, names, NOBODY, {"opened": json.dumps(dict(said))}, on)


def sealed(profile: Profile | None) -> list[Told]:
    """The values of a profile that lie sealed, opened."""
    if profile is None or profile.sealed is None:
        return []
    text = sealing.unseal(key_of(profile.person_id), profile.person_id, FIELD, bytes(profile.sealed))
    return [Told(name, value, source, date.fromisoformat(on)) for name, (value, source, on) in json.loads(text).items()]


def told(profile: Profile | None) -> dict[str, Told]:
    """Everything that is kept of a profile, by name."""
    if profile is None:
        return {}
    plain = [Told(name, value, *_from(profile.told.get(name))) for name, value in profile.said.items()]
    return {one.fact: one for one in [*plain, *sealed(profile)]}


def _from(source: list[str] | None) -> tuple[str, date]:
    kind, on, *_list = source or (DECLARED, date.min.isoformat())
    return kind, date.fromisoformat(on)


def _asked(
    words: Mapping[str, FactWord], names: Iterable[str], source: str, values: dict[str, Any], on: date
) -> dict[str, Value | None]:
    wanted = [name for name in names if name in words]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(registry.select(wanted, dict(words), source), {**values, **registry.cut_offs(on)})
        row = cursor.fetchone()
    return {name: value_of(words[name], value) for name, value in zip(wanted, row, strict=True)} if row else {}


def value_of(word: FactWord, value: Any) -> Value | None:
    """A value of the database as rules take it."""
    if word.type == "set" and value is not None:
        return frozenset(json.loads(value) if isinstance(value, str) else value)
    return value  # type: ignore[no-any-return]
