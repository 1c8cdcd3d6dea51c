"""Reads of people."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from baiying.kit import sealing
from baiying.members import access
from baiying.members.models import Person


def person(person_id: UUID) -> Person | None:
    """An active person by her key."""
    return access.people().filter(id=person_id, active=True).first()


def by_login(login: str) -> Person | None:
    """A person by her login, active or not."""
    return access.people().filter(login=login.strip().lower()).first()


def people_by_id(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """People by key, for names beside posts."""
    return {one.id: one for one in access.people().filter(id__in=set(ids))}


def anybody() -> bool:
    """Whether there is any account at all."""
    return access.people().exists()


def telephone_shown(person_id: UUID) -> str:
    """Her own telephone, masked; empty when she gave none."""
    found = access.herself(person_id)
    if found is None or found.telephone_sealed is None or found.key is None:
        return ""
    told = sealing.unseal(bytes(found.key), found.id, "telephone", bytes(found.telephone_sealed))
    return sealing.mask_phone(told)


def by_telephone(telephone: str) -> list[Person]:
    """The people who gave this telephone, by its keyed blind index; a telephone is a way to reach, not an identity."""
    index = sealing.blind_index("phone", telephone)
    return list(access.people().filter(telephone_index=index, active=True))

