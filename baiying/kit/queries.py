"""What is read from the kit's own tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from baiying.kit import moment
from baiying.kit.models import RolePowers

FRESH_FOR = timedelta(seconds=10)  # how long another process may still go by what roles.toml said before
_cache: dict[str, tuple[datetime, dict[str, frozenset[str]]]] = {}


def powers_of(roles: Iterable[str]) -> frozenset[str]:
    """The powers that these roles give together. A role that is not known gives none."""
    held = _all()
    return frozenset().union(*(held.get(role, frozenset()) for role in roles))


def forget_powers() -> None:
    """Called in the transaction that changes them: read anew now, and for everybody once it is committed."""
    _cache.clear()
    transaction.on_commit(_settled)


def _all() -> dict[str, frozenset[str]]:
    """Every role's powers, read again after FRESH_FOR, or when the clock went back."""
    database, now = str(connection.settings_dict["NAME"]), moment.now()
    kept = _cache.get(database)
    if kept is not None and timedelta(0) <= now - kept[0] < FRESH_FOR:
        return kept[1]
    held = {role: frozenset(powers) for role, powers in RolePowers.objects.values_list("role", "powers")}
    if not is_changing():  # what may yet be rolled back is never kept
        _cache[database] = (now, held)
    return held


def is_changing() -> bool:
    """Whether this connection's transaction has changed the powers; one that was rolled back has not."""
    return any(_settled in waiting for waiting in connection.run_on_commit)


def _settled() -> None:
    _cache.clear()
