"""One person: entered by herself, with a guardian where the law wants one; what she wishes; that she died."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment, news, sealing
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.members import identity
from baiying.members.actions.devices import end_sessions
from baiying.members.actions.entering import LOCK
from baiying.members.actions.matching import Book, Writing
from baiying.members.identity import NewMember
from baiying.members.models import Device, Membership, Person
from baiying.members.news import PERSONS_CHANGED
from baiying.network import queries as network


@dataclass(frozen=True)
class Guardian:
    """Who consents for a child under 14 (Personal Information Protection Law, art. 31)."""

    name: str
    telephone: str
    relation: str


def enter_person(key: str, row: NewMember, by: UUID, guardian: Guardian | None = None) -> UUID:
    """Bring in one person, or complete her when she is there; the same key twice is once. Gives who she is.

    :raises Refusal: something cannot be right, contradicts what is there, or a child comes without a guardian.
    """
    checked = identity.check_member(row, by_hand=True, alone=True)
    unit = network.unit(row.unit_id)
    if unit is None:
        raise Refusal(_("The unit is not there. Choose one of the list."))
    children = [paper for paper in checked.papers if identity.is_under_guard(paper, moment.today())]
    if children and guardian is None:
        raise Refusal(_("She is under 14: her guardian consents for her (Personal Information Protection Law, "
                        "art. 31). Please add the guardian's name, telephone and relation."))
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute(LOCK)
        writing, book = Writing(uuid_for(key, "member batch"), {unit.id: unit}), Book(cursor, [checked])
        who = writing.take(checked, book.meet(checked), book)
        writing.write(cursor)
        if guardian is not None:
            born = children[0].born_on if children else None
            _guard(who.id, guardian, identity.of_age_on(born) if born else None)
        log.write("member.entered_alone", who.id, str(by))
        news.tell(PERSONS_CHANGED, people=[who.id])
    return who.id


def _guard(person_id: UUID, guardian: Guardian, until: date | None) -> None:
    """Seal who consents for her; the day on which she can herself is all that is kept of her age."""
    person = Person.objects.select_for_update().get(id=person_id)
    relation = guardian.relation.strip()[:40]
    if not relation:
        raise Refusal(_("Please say what the guardian is to her: mother, father, grandparent, another guardian."))
    told = {"name": identity.check_name(guardian.name), "telephone": identity.check_telephone(guardian.telephone),
            "relation": relation}
    key = person.wrapped or sealing.new_key(person.id)
    sealed = sealing.seal(key, person.id, "guardian", json.dumps(told, ensure_ascii=False))
    Person.objects.filter(id=person.id).update(key=key, guardian_sealed=sealed, guarded_until=until)


def sealing_key(person_id: UUID) -> bytes:
    """The wrapped key under which things about her are sealed, made when there is none. Inside the errand `members`;
    raises Unseen when she is not there."""
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        raise Unseen
    if person.wrapped is None:
        person.key = sealing.new_key(person.id)
        Person.objects.filter(id=person.id).update(key=person.key)
    return bytes(person.key or b"")


def prefer_text(person_id: UUID, yes: bool) -> None:
    """She wants to be written to and never called, or no longer."""
    with door.open(Asker(who=person_id)):
        Person.objects.filter(id=person_id).update(text_only=yes)


def note_death(person_id: UUID, on: date, by: UUID) -> None:
    """She died on that day: her memberships end, her sessions and devices open nothing. Twice is once.

    :raises Refusal: the day is still to come. :raises Unseen: she is not there.
    """
    if on > moment.today():
        raise Refusal(_("The day is still to come. Please look at it again."))
    with door.errand("members"):
        if not Person.objects.filter(id=person_id).update(died_on=on):
            raise Unseen
        running = Membership.objects.filter(person=person_id, until=None)
        running.filter(since__lt=on).update(until=on)
        running.filter(since__gte=on).update(until=F("since") + timedelta(days=1))  # written down too late
        Device.objects.filter(person=person_id, ended_at=None).update(ended_at=moment.now(), proved_at=None)
        log.write("member.died", person_id, str(by))
        news.tell(PERSONS_CHANGED, people=[person_id])
    end_sessions(person_id)


def end_membership(person_id: UUID, unit_id: UUID, on: date, by: UUID) -> None:
    """Her membership in the unit ends on that day. Raises Unseen when none runs."""
    with door.errand("members"):
        if not Membership.objects.filter(person=person_id, unit=unit_id, until=None, since__lt=on).update(until=on):
            raise Unseen
        log.write("member.membership_ended", person_id, str(by))
        news.tell(PERSONS_CHANGED, people=[person_id])
