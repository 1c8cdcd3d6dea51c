"""Bringing a catalogue into force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.catalogue import access, queries
from baiying.catalogue.models import Declaration, Edition
from baiying.engine import loader
from baiying.kit import actions as kit
from baiying.kit import moment, powers
from baiying.kit.errors import Refusal


class Faulty(Refusal):
    """The catalogue has faults; all of them are in `faults`. Nothing was changed."""

    def __init__(self, faults: tuple[loader.Fault, ...]) -> None:
        told = "\n".join(str(fault) for fault in faults)
        super().__init__(_("The catalogue has %(count)d faults, and nothing was changed:\n%(told)s"),
                         count=len(faults), told=told)  # fmt: skip
        self.faults = faults


@dataclass(frozen=True)
class Read:
    """A whole folder without a fault. ``edition``: the id it is stored under; ``counts``: how much of what it has."""

    edition: str
    declarations: tuple[loader.Declaration, ...]
    counts: Mapping[str, int]


def read(directory: Path) -> Read:
    """Read a catalogue folder and store nothing. Raises Faulty with all faults of all files."""
    found = loader.read_catalogue(directory)
    if found.faults:
        raise Faulty(found.faults)
    edition = hashlib.sha256("\n".join(one.id for one in found.declarations).encode()).hexdigest()
    return Read(edition, found.declarations, found.counts)


def store(found: Read) -> None:
    """Keep the declarations and the edition they make, in force or not. Twice is once."""
    with transaction.atomic():
        now = moment.now()
        rows = [Declaration(one.id, one.kind, one.key, one.body, now) for one in found.declarations]
        Declaration.objects.bulk_create(rows, ignore_conflicts=True)
        ids = [one.id for one in found.declarations]
        Edition.objects.get_or_create(
            id=found.edition, defaults={"declarations": ids, "loaded_at": now, "in_force": False})


def bring_into_force(edition: str) -> None:
    """Let a stored edition be the one in force. Open cases stay under the declaration they were opened under.

    Whoever calls it has made sure that people have seen what it changes: `baiying.services.actions.publishing`.
    """
    with transaction.atomic():
        transaction.on_commit(queries.settle)
        list(access.editions().select_for_update().order_by("id"))  # two at once take turns
        access.editions().filter(in_force=True).exclude(id=edition).update(in_force=False)
        access.editions().filter(id=edition, in_force=False).update(in_force=True)
        ids = access.editions().get(id=edition).declarations
        roles = access.declarations().get(id__in=ids, kind="roles")
        _give_powers(loader.roles(loader.Declaration(roles.kind, roles.key, roles.body).table))


def load(directory: Path) -> Mapping[str, int]:
    """Bring every declaration of a catalogue folder into force at once, whole or not at all; gives the counts.

    For a database that has nobody in it yet, and for tests: what a change would do to people is not looked at. Loading
    the same content again changes nothing. Raises Faulty with all faults of all files.
    """
    found = read(directory)
    with transaction.atomic():
        store(found)
        bring_into_force(found.edition)
    return found.counts


def _give_powers(declared: loader.Roles) -> None:
    for power in declared.powers.values():
        if power.key not in powers.known():
            powers.register(power.key, power.name_en)
    kit.set_role_powers((role.key, power) for role in declared.roles.values() for power in role.powers)
