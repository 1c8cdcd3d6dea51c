"""Protected cases as those see them who may not open them: number and clock, and who holds each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baiying.cases import access
from baiying.cases.models import Case
from baiying.cases.queries.free import recused
from baiying.cases.queries.reading import offices_said
from baiying.cases.queries.today import AT_ONCE
from baiying.kit import door, moment, number
from baiying.kit.errors import Unseen
from baiying.kit.number import ref_of
from baiying.members import queries as members
from baiying.network import queries as network


@dataclass(frozen=True)
class Holder:
    """Somebody of the unit, by name and office. ``ref``: how a form names her."""

    ref: str
    name: str
    office: str
    here: bool


@dataclass(frozen=True)
class Held:
    """A protected case of the unit: its number, its clock, who may open it and who could."""

    number: str
    address: str
    due_at: datetime | None
    holders: tuple[Holder, ...]
    others: tuple[Holder, ...]

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.due_at <= moment.now()

    @property
    def free(self) -> bool:
        """Whether nobody who is at work holds it."""
        return not any(one.here for one in self.holders)


def waits(asker: door.Asker, typed_number: str) -> Held | None:
    """A protected case of the asker's units that nobody holds, to be taken; nothing when it is no such case."""
    with door.open(asker):
        case = access.waiting(asker, typed_number).first()
        return None if case is None else Held(number.shown(case.number), case.number, case.next_due_at, (), ())


def held(asker: door.Asker) -> list[Held]:
    """The open protected cases of the asker's units, for whoever names their people; what runs out first on top."""
    with door.open(asker):
        found = (access.known(asker).filter(guarded=True, ended=False).order_by("next_due_at", "received_at", "id")
                 .only("number", "unit_id", "named", "next_due_at")[:AT_ONCE])
        return [held_of(asker, case) for case in found]


def held_one(asker: door.Asker, typed_number: str) -> Held:
    """One of them. Raises Unseen."""
    with door.open(asker):
        return held_of(asker, guarded(asker, typed_number))


def guarded(asker: door.Asker, typed_number: str, lock: bool = False) -> Case:
    """A protected case that one of the asker's units leads, looked at; its words stay closed. Raises Unseen."""
    found = access.known(asker).filter(guarded=True, ended=False, number=access.read(typed_number))
    case = (found.select_for_update(of=("self",)) if lock else found).select_related("unit").first()
    if case is None:
        raise Unseen
    door.look_at(case.id)
    return case


def held_of(asker: door.Asker, case: Case) -> Held:
    people = {one.ref: one for one in people_of(case)}
    named = {ref_of(person) for person in case.named or ()}
    return Held(number.shown(case.number), case.number, case.next_due_at,
                tuple(one for ref, one in people.items() if ref in named),
                tuple(one for ref, one in people.items() if ref not in named and one.here))


def people_of(case: Case) -> list[Holder]:
    """Those of the leading unit who hold it or could: at work there, and not to keep out of it. Looks at the case."""
    door.look_at(case.id)
    today, out = moment.today(), recused(case)
    unit = network.units_by_id([case.unit_id])[case.unit_id]
    here = network.receiving(unit.id, today) - out
    roles: dict[UUID, list[str]] = {}
    for post in network.posts_in(unit.id, today):
        if post.holder_id is not None:
            roles.setdefault(post.holder_id, []).append(post.role)
    wanted = here | frozenset(case.named or ())
    found = members.people_by_id(wanted)
    return [Holder(ref_of(person), found[person].name, offices_said(roles.get(person, ())), person in here)
            for person in sorted(wanted & found.keys(), key=lambda one: (found[one].name, str(one)))]
