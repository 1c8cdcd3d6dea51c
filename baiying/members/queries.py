"""Reads of people."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from baiying.kit import door, log, moment, sealing
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.kit.keys import keyring
from baiying.members import access, identity
from baiying.members.models import Card, Device, Factor, Membership, Merge, Person, SignIn

LASTS = timedelta(hours=12)  # a session ends by itself after that (settings.SESSION_COOKIE_AGE)


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


def has_factor(person_id: UUID) -> bool:
    """Whether she has a second factor that counts."""
    with door.open(Asker(who=person_id)):
        return access.factors(person_id).exclude(kind=Factor.Kind.BACKUP).exists()


@dataclass(frozen=True)
class FactorView:
    """One second factor as its owner sees it."""

    id: UUID
    kind: str
    name: str
    since: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class AccountView:
    """What belongs to an account: sessions, devices, second factors, how she is reached."""

    person: Person
    telephones: list[str]
    sessions: list[SignIn]
    devices: list[Device]
    factors: list[FactorView]
    backup_left: int
    memberships: list[Membership]


def account(person_id: UUID) -> AccountView:
    """Her account as she sees it. Raises Unseen when there is none."""
    now = moment.now()
    with door.open(Asker(who=person_id)):
        person = access.herself(person_id)
        if person is None:
            raise Unseen
        factors = list(access.factors(person_id))
        devices, memberships = list(access.devices(person_id)), list(access.memberships(person_id))
        sessions = list(access.sessions(person_id, now - LASTS))
    shown = [FactorView(one.id, one.kind, one.name, one.since, one.used_at) for one in factors if one.kind != "backup"]
    left = sum(one.kind == Factor.Kind.BACKUP and one.used_at is None for one in factors)
    return AccountView(person, telephones_shown(person_id), sessions, devices, shown, left, memberships)


def belongs_to(person_id: UUID, on: date) -> UUID | None:
    """The unit she is a member of on that day, the one she joined last; nothing for none, or while a door is open for
    somebody else."""
    own = Asker(who=person_id)
    if door.is_open() and door.asker() != own:
        return None
    with door.open(own):
        held = (one for one in access.memberships(person_id) if one.since <= on)
        return next((one.unit_id for one in held if one.until is None or on < one.until), None)


def guardian(person_id: UUID) -> dict[str, str]:
    """Who consents for her: name, telephone, relation; empty when nobody must."""
    with door.errand("members"):
        found = access.herself(person_id)
        if found is None or found.guardian_sealed is None:
            return {}
        told = sealing.unseal(found.wrapped, found.id, "guardian", bytes(found.guardian_sealed))
    return dict(json.loads(told))


def papers_shown(person_id: UUID) -> list[tuple[str, str]]:
    """(kind, masked number) of her papers."""
    with door.errand("members"):
        return [(row.kind, identity.mask(row.kind, sealing.unseal(row.person.wrapped, row.person_id, "paper",
                                                                  bytes(row.sealed), row.id)))
                for row in access.papers(person_id)]


def selves(person_id: UUID) -> list[UUID]:
    """She, and everybody found to be her: whatever belongs to one of these is hers."""
    with door.errand("members"):
        return [person_id, *access.selves(person_id).exclude(id=person_id).values_list("id", flat=True)]


def paper_indexes(person_id: UUID) -> list[bytes]:
    """The blind indexes of her papers, and of everybody found to be her: by these she is one and the same without an
    account."""
    with door.errand("members"):
        return [bytes(row.index) for row in access.papers(person_id)]


def paper_index(kind: str, number: str) -> bytes:
    """The blind index of a paper that somebody typed; `id` is any identity number. Raises Refusal."""
    return access.paper_index(identity.check_paper(kind, number, by_hand=True))


def by_paper(kind: str, number: str) -> list[Person]:
    """The people with this paper, each as the one she was merged into."""
    paper = identity.check_paper(kind, number, by_hand=True)
    with door.errand("members"):
        return list(access.bearers(access.paper_index(paper)))


def merges(by: UUID | None = None) -> list[Merge]:
    """Merges that were not taken back, the newest first; those of one colleague when she is named."""
    with door.errand("members"):
        return list(access.merges(by))


@dataclass(frozen=True)
class MemberCard:
    """A member as those see her who keep the members of a unit of hers; numbers are masked."""

    id: UUID
    name: str
    telephones: list[str]
    papers: list[tuple[str, str]]
    memberships: list[Membership]
    text_only: bool
    guarded: bool
    died_on: date | None
    merges: list[Merge]


def cards(asker: Asker, *, name: str = "", telephone: str = "",
          paper: tuple[str, str] | None = None) -> list[MemberCard]:
    """Members of the asker's units by exact name, telephone or paper; each as the one she was merged into.

    Looking is logged with every member it showed. Raises Refusal when telephone or paper is none.
    """
    index = access.telephone_index(identity.check_telephone(telephone)) if telephone.strip() else None
    checked = identity.check_paper(*paper, by_hand=True) if paper and paper[1].strip() else None
    name = identity.check_name(name) if name.strip() else ""
    with door.errand("members"):
        found = list(access.kept_by(asker.units, name, index, access.paper_index(checked) if checked else None))
        for one in found:
            log.write("member.looked_up", one.id, asker.name)
        return [_card(one, asker.units) for one in found]


def keeps(asker: Asker, person_id: UUID) -> bool:
    """Whether somebody is, or was, a member of one of the asker's units."""
    with door.errand("members"):
        return access.in_units(asker.units, [person_id]).exists()


def open_merges(asker: Asker) -> list[Merge]:
    """Merges of members of the asker's units that were not taken back."""
    with door.errand("members"):
        merges = list(access.merges(None))
        own = set(access.in_units(asker.units, [merge.kept_id for merge in merges]).values_list("person_id", flat=True))
        return [merge for merge in merges if merge.kept_id in own]


def _card(person: Person, units: frozenset[UUID]) -> MemberCard:
    """Inside the errand; of memberships only those in the units of whoever looks."""
    full = access.herself(person.id)
    assert full is not None
    telephones = [sealing.mask_phone(sealing.unseal(row.person.wrapped, row.person_id, "telephone", bytes(row.sealed),
                                                    row.id)) for row in access.telephones(person.id)]
    papers = [(str(identity.KINDS[row.kind]), identity.mask(row.kind, sealing.unseal(
        row.person.wrapped, row.person_id, "paper", bytes(row.sealed), row.id))) for row in access.papers(person.id)]
    memberships = [one for one in access.memberships(person.id) if one.unit_id in units]
    merges = [one for one in access.merges(None) if one.kept_id == person.id]
    return MemberCard(person.id, person.name, telephones, papers, memberships, person.text_only,
                      full.guardian_sealed is not None, person.died_on, merges)


def own_data(person_id: UUID) -> dict[str, object]:
    """Everything that is kept of a person, for herself: her own numbers in clear, of others nothing."""
    with door.errand("members"):
        person = access.herself(person_id)
        assert person is not None  # she is signed in
        papers = [{"kind": str(identity.KINDS[row.kind]), "number": sealing.unseal(
            row.person.wrapped, row.person_id, "paper", bytes(row.sealed), row.id)} for row in access.papers(person_id)]
        telephones = [sealing.unseal(row.person.wrapped, row.person_id, "telephone", bytes(row.sealed), row.id)
                      for row in access.telephones(person_id)]
        memberships = [{"unit": one.unit.name, "since": str(one.since), "until": str(one.until or "")}
                       for one in access.memberships(person_id)]
        held = [{"since": one.since.isoformat(timespec="minutes"),
                 "ended": one.ended_at.isoformat(timespec="minutes") if one.ended_at else ""}
                for one in access.cards(person_id)]
    with door.open(Asker(who=person_id)):
        devices = [{"what": one.words, "since": one.since.isoformat(timespec="minutes"),
                    "trusted": one.proved_at is not None} for one in access.devices(person_id)]
        sessions = [{"what": one.words, "since": one.since.isoformat(timespec="minutes")}
                    for one in access.sessions(person_id, moment.now() - LASTS)]
    return {"name": person.name, "telephones": telephones, "papers": papers, "memberships": memberships,
            "written_to_only": person.text_only, "guardian_kept": person.guardian_sealed is not None,
            "devices": devices, "sign_ins": sessions, "cards": held}


def key_of(person_id: UUID) -> bytes | None:
    """The wrapped key under which things about her are sealed, inside her own door or the errand's; or nothing."""
    found = access.herself(person_id)
    return None if found is None else found.wrapped


def unit_of(person_id: UUID) -> tuple[UUID, str] | None:
    """The unit in which she is a member now, the one she joined last, with its district; inside a door that lets her
    memberships be seen."""
    held = access.memberships(person_id).filter(until=None).first()
    return None if held is None else (held.unit_id, held.district)


def who_of(person_id: UUID) -> bytes:
    """Eight bytes that stand for her in the codes of her card; only the keyring makes them."""
    return hmac.digest(keyring().subkey("card who"), person_id.bytes, "sha256")[:8]


def card(person_id: UUID) -> Card | None:
    """The card she has now."""
    with door.errand("members"):
        return access.cards(person_id).filter(ended_at=None).first()


def cards_called(who: bytes) -> list[Card]:
    """The cards of which codes with this `who` are made, ended ones too; inside the errand `members`."""
    return list(access.cards_called(who))


def cards_ended_on(day: date) -> list[UUID]:
    """The cards that were lost or given back on a day; inside the errand `members`."""
    begins = datetime.combine(day, time(), moment.SHANGHAI)
    return list(access.cards_ended(begins, begins + timedelta(days=1)).values_list("id", flat=True))
