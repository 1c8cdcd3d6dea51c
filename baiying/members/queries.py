"""Reads of people."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from baiying.kit import door, sealing
from baiying.members import access
from baiying.members.models import Person


def person(person_id: UUID) -> Person | None:
    """An active member of staff by her key; inside her own door or the system's anybody."""
    return access.people().filter(id=person_id, active=True).first()


def by_login(login: str) -> Person | None:
    """A member of staff by her login, active or not."""
    return access.people().filter(login=login.strip().lower()).first()


def people_by_id(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Staff by key, for names beside posts."""
    return {one.id: one for one in access.people().filter(id__in=set(ids))}


def anybody() -> bool:
    """Whether there is any account at all."""
    return access.people().exists()


def telephones_shown(person_id: UUID) -> list[str]:
    """Her own telephones, masked, those she proved last first."""
    return [sealing.mask_phone(told) for told in telephones(person_id)]


def telephones(person_id: UUID) -> list[str]:
    """Her telephones in clear, those she proved last first."""
    with door.errand("members"):
        return [sealing.unseal(row.person.wrapped, row.person_id, "telephone", bytes(row.sealed), row.id)
                for row in access.telephones(person_id)]


def by_telephone(telephone: str) -> list[Person]:
    """The living people with this telephone, each as the one she was merged into; by its keyed blind index.

    A telephone is a way to reach, not an identity.
    """
    with door.errand("members"):
        return list(access.holders(access.telephone_index(telephone)))
