"""Bringing a catalogue into force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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


def load(directory: Path) -> Mapping[str, int]:
    """Bring every declaration of a catalogue folder into force, whole or not at all; gives the counts.

    Loading the same content again changes nothing. Open cases stay under the declaration they were opened under.
    Raises Faulty with all faults of all files.
    """
    read = loader.read_catalogue(directory)
    if read.faults:
        raise Faulty(read.faults)
    ids = [one.id for one in read.declarations]
    edition = hashlib.sha256("\n".join(ids).encode()).hexdigest()
    with transaction.atomic():
        transaction.on_commit(queries.settle)
        now = moment.now()
        rows = [Declaration(one.id, one.kind, one.key, one.body, now) for one in read.declarations]
        Declaration.objects.bulk_create(rows, ignore_conflicts=True)
        list(access.editions().select_for_update().order_by("id"))  # two loads at once take turns
        access.editions().filter(in_force=True).exclude(id=edition).update(in_force=False)
        Edition.objects.get_or_create(id=edition, defaults={"declarations": ids, "loaded_at": now, "in_force": False})
        access.editions().filter(id=edition, in_force=False).update(in_force=True)
        _give_powers(next(loader.roles(one.table) for one in read.declarations if one.kind == "roles"))
    return read.counts


def _give_powers(declared: loader.Roles) -> None:
    for power in declared.powers.values():
        if power.key not in powers.known():
            powers.register(power.key, power.name_en)
    kit.set_role_powers((role.key, power) for role in declared.roles.values() for power in role.powers)
