"""What hangs on one case, each table read at most once however many parts of a page ask for it."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property

from baiying.cases import access
from baiying.cases.models import Case, Clock, ConcernCase, Extension, Move, Pause, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import sealing

ANSWERS = "answers"  # the field of what she answered at first; `answers:<move>` holds what was answered at a move
PHONE = "phone"
CORRECTED = "@"  # between a field and which version of it this is; no name of a field holds it
#: Shown to nobody who merely opens the case: an address has a page of its own, for the two who need it.
NOT_OPENED = frozenset({PHONE, "address"})


class Dossier:
    """The rows of a case that is looked at. For reading alone: whoever has written since takes a new one."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def matter(self) -> flow.Matter:
        return catalogue.matter_of(self.case.declaration_id)

    @cached_property
    def sealed(self) -> dict[str, bytes]:
        """What lies sealed, by field, as it stands now; nothing once the key was destroyed."""
        return {field: self.versions[name] for field, name in self.present.items()}

    @cached_property
    def versions(self) -> dict[str, bytes]:
        """What lies sealed, by the name under which it was sealed: `contact` as it came, `contact@2` once corrected."""
        if self.case.key is None:
            return {}
        return {row.field: bytes(row.blob) for row in access.sealed(self.case)}

    @cached_property
    def present(self) -> dict[str, str]:
        """By field the name of the version that holds: the latest correction. Earlier ones stay sealed beside it."""
        latest: dict[str, tuple[int, str]] = {}
        for name in self.versions:
            field, _mark, count = name.partition(CORRECTED)
            latest[field] = max(latest.get(field, (0, "")), (int(count or 1), name))
        return {field: name for field, (_count, name) in latest.items()}

    def earlier(self, field: str) -> list[str]:
        """What this field said before each correction, opened, the oldest first. For herself alone."""
        names = [name for name in self.versions if name.partition(CORRECTED)[0] == field]
        names.sort(key=lambda name: int(name.partition(CORRECTED)[2] or 1))
        return [sealing.unseal(self.case.wrapped, self.case.id, name, self.versions[name]) for name in names[:-1]]

    def corrected_name(self, field: str) -> str:
        """The name under which the next version of a field is sealed."""
        name = self.present.get(field)
        return f"{field}{CORRECTED}{int(name.partition(CORRECTED)[2] or 1) + 1}" if name else field

    @cached_property
    def moves(self) -> list[Move]:
        """The story, oldest first."""
        return list(access.moves(self.case))

    @cached_property
    def joined(self) -> list[ConcernCase]:
        """The concerns it was in or is in, oldest first."""
        return list(access.joined(self.case))

    @cached_property
    def tasks(self) -> list[Task]:
        """Every task, whoever has or had it, oldest first."""
        return list(access.tasks_of(self.case))

    @cached_property
    def clocks(self) -> list[Clock]:
        return list(access.clocks(self.case))

    @cached_property
    def pauses(self) -> list[Pause]:
        return list(access.pauses(self.case))

    @cached_property
    def extensions(self) -> list[Extension]:
        return list(access.extensions(self.case))

    def opened(self, field: str) -> str:
        """One sealed text, opened; empty where there is none. The caller logs the reading."""
        blob = self.sealed.get(field)
        return "" if blob is None else sealing.unseal(self.case.wrapped, self.case.id, self.present[field], blob)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The sealed texts, opened, without telephone, address and answers. The caller logs the reading."""
        return {field: self.opened(field) for field in self.sealed
                if field not in NOT_OPENED and not field.startswith(ANSWERS)}

    @property
    def phone(self) -> str:
        """Her telephone number in full; empty when she gave none or it was erased. The caller logs the reading."""
        return self.opened(PHONE)

    @cached_property
    def answers(self) -> dict[str, object]:
        """All answers so far, typed as the matter's questions say, a later one in place of an earlier."""
        fields = [field for field in self.sealed if field.startswith(ANSWERS)]
        later = [f"{ANSWERS}:{move.id}" for move in self.moves] if set(fields) - {ANSWERS} else []
        asks, found = self.matter.asks, dict[str, object]()
        for field in (ANSWERS, *later):
            if field in self.sealed:
                found |= {key: typed(asks[key].kind, value)
                          for key, value in json.loads(self.opened(field)).items() if key in asks}
        return {key: value for key, value in found.items() if value is not None}


def typed(kind: str, value: object) -> object:
    """An answer as the engine knows it, from how it is kept (`facts.as_kept`)."""
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
