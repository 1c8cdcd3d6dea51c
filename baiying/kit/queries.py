"""What is read from the kit's own tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from weakref import WeakSet

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from baiying.kit import moment
from baiying.kit.models import RolePowers

FRESH_FOR = timedelta(seconds=10)  # how long another process may still go by what roles.toml said before
_cache: dict[str, tuple[datetime, dict[str, frozenset[str]]]] = {}
_changing: WeakSet[BaseDatabaseWrapper] = WeakSet()


def powers_of(roles: Iterable[str]) -> frozenset[str]:
    """The powers that these roles give together. A role that is not known gives none."""
    held = _all()
    return frozenset().union(*(held.get(role, frozenset()) for role in roles))


def forget_powers() -> None:
    """Called in the transaction that changes them: read anew now, and for everybody once it is committed."""
    _cache.clear()
    _changing.add(connections["default"])
    transaction.on_commit(_settled)


def _all() -> dict[str, frozenset[str]]:
    """Every role's powers, read again after FRESH_FOR, or when the clock went back."""
    database, now = str(connection.settings_dict["NAME"]), moment.now()
    kept = _cache.get(database)
    if kept is not None and timedelta(0) <= now - kept[0] < FRESH_FOR:
        return kept[1]
    held = {role: frozenset(powers) for role, powers in RolePowers.objects.values_list("role", "powers")}
    if connections["default"] not in _changing:  # what may yet be rolled back is never kept
        _cache[database] = (now, held)
    return held


def _settled() -> None:
    _cache.clear()
    _changing.discard(connections["default"])
