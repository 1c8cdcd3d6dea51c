"""Whether somebody of a list is there already, and the rows that are written when something of her is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from baiying.kit import moment, sealing
from baiying.kit.chance import fresh, uuid_for
from baiying.kit.errors import Refusal
from baiying.members.access import paper_index, telephone_index
from baiying.members.identity import CheckedMember, CheckedPaper, name_match
from baiying.network.models import Unit

NO_PASSWORD = "!"  # what Django calls unusable; hashing nothing 200,000 times would take hours


@dataclass
class Known:
    """Somebody with all that a row could add to."""

    id: UUID
    name: str
    key: bytes | None
    text_only: bool
    papers: set[bytes] = field(default_factory=set)
    telephones: set[bytes] = field(default_factory=set)
    units: dict[UUID, str] = field(default_factory=dict)


class Book:
    """Who of one piece of a list is there, by paper, by number in the unit, by name and telephone in the unit."""

    def __init__(self, cursor: CursorWrapper, piece: Sequence[CheckedMember]) -> None:
        self.cursor = cursor
        self.people: dict[UUID, Known] = {}
        self.by_paper: dict[bytes, list[Known]] = {}
        self.by_number: dict[tuple[UUID, str], Known] = {}
        self.by_telephone: dict[bytes, list[Known]] = {}
        self.by_name: dict[tuple[UUID, str], list[Known]] = {}
        self._read(piece)

    def _read(self, piece: Sequence[CheckedMember]) -> None:
        papers = [paper_index(paper) for row in piece for paper in row.papers]
        telephones = [telephone_index(row.telephone) for row in piece if row.telephone]
        numbered = [(row.row.unit_id, row.number) for row in piece if row.number]
        bare = [row for row in piece if not row.told_apart]
        found = self._ids("SELECT person_id FROM members_paper WHERE index = ANY (%s::bytea[])", papers)
        found |= self._ids("SELECT person_id FROM members_telephone WHERE index = ANY (%s::bytea[])", telephones)
        found |= self._ids(
            "SELECT m.person_id FROM members_membership m JOIN unnest(%s::uuid[], %s::text[]) n(unit, number) "
            "ON m.unit_id = n.unit AND m.number = n.number WHERE m.until IS NULL",
            [unit for unit, _number in numbered], [number for _unit, number in numbered])
        found |= self._ids(
            "SELECT m.person_id FROM members_membership m JOIN members_person p ON p.id = m.person_id "
            "WHERE m.until IS NULL AND m.unit_id = ANY (%s::uuid[]) AND p.name = ANY (%s::text[])",
            list({row.row.unit_id for row in bare}), [row.name for row in bare])
        self._load(found)

    def _ids(self, query: str, *lists: list[Any]) -> set[UUID]:
        if not lists[0]:
            return set()
        self.cursor.execute(query, list(lists))
        return {row[0] for row in self.cursor.fetchall()}

    def _load(self, found: set[UUID]) -> None:
        """These people, each as the one she was merged into, with what they have."""
        if not found:
            return
        self.cursor.execute("SELECT p.id, k.id, k.name, k.key, k.text_only FROM members_person p JOIN members_person k "
                            "ON k.id = coalesce(p.merged_into_id, p.id) WHERE p.id = ANY (%s::uuid[]) "
                            "OR p.merged_into_id = ANY (%s::uuid[])", [list(found), list(found)])
        selves: dict[UUID, Known] = {}
        for own, kept, name, key, text_only in self.cursor.fetchall():
            selves[own] = self.people.setdefault(kept, Known(kept, name, key, text_only))
        for table, column in (("paper", "index"), ("telephone", "index")):
            self.cursor.execute(f"SELECT person_id, {column} FROM members_{table} WHERE person_id = ANY (%s::uuid[])",
                                [list(selves)])
            for own, index in self.cursor.fetchall():
                self._has(selves[own], table, bytes(index))
        self.cursor.execute("SELECT person_id, unit_id, number FROM members_membership WHERE until IS NULL "
                            "AND person_id = ANY (%s::uuid[])", [list(selves)])
        for own, unit, number in self.cursor.fetchall():
            self._belongs(selves[own], unit, number)

    def _has(self, one: Known, what: str, index: bytes) -> None:
        held, shelf = (one.papers, self.by_paper) if what == "paper" else (one.telephones, self.by_telephone)
        held.add(index)
        shelf.setdefault(index, []).append(one)

    def _belongs(self, one: Known, unit: UUID, number: str) -> None:
        one.units[unit] = number
        self.by_name.setdefault((unit, name_match(one.name)), []).append(one)
        if number:
            self.by_number[unit, number] = one

    def meet(self, row: CheckedMember) -> Known | None:
        """Who of those that are there the row means, or nobody. Raises Refusal when it contradicts what is there."""
        named = name_match(row.name)
        by_paper = (one for paper in row.papers for one in self.by_paper.get(paper_index(paper), [])
                    if not paper.needs_name or name_match(one.name) == named)
        met = next(by_paper, None)
        holder = self.by_number.get((row.row.unit_id, row.number)) if row.number else None
        if holder is not None:
            if name_match(holder.name) != named or (met is not None and met is not holder):
                raise Refusal(_("The member number %(number)s of this unit belongs to somebody else. "
                                "Compare the two, then correct the number or the name."), number=row.number)
            return holder
        if met is not None or row.papers:
            return met or self._unpapered(row, named)
        if row.telephone:
            return next((one for one in self.by_telephone.get(telephone_index(row.telephone), [])
                         if name_match(one.name) == named and row.row.unit_id in one.units), None)
        bare = self.by_name.get((row.row.unit_id, named), []) if not row.number else []
        return next((one for one in bare if not one.papers and not one.telephones and not one.units[row.row.unit_id]),
                    None)

    def _unpapered(self, row: CheckedMember, named: str) -> Known | None:
        """Somebody of whom no paper is known yet: the same name and telephone in the same unit."""
        index = telephone_index(row.telephone) if row.telephone else b""
        return next((one for one in self.by_telephone.get(index, [])
                     if not one.papers and name_match(one.name) == named and row.row.unit_id in one.units), None)

    def add(self, one: Known, row: CheckedMember) -> None:
        """A row of this very piece has made or completed her: later rows meet her."""
        for paper in row.papers:
            self._has(one, "paper", paper_index(paper))
        if row.telephone:
            self._has(one, "telephone", telephone_index(row.telephone))
        if not one.units.get(row.row.unit_id):
            self._belongs(one, row.row.unit_id, row.number)


class Writing:
    """Collects the rows of one piece and writes each table with one statement."""

    def __init__(self, batch: UUID, units: dict[UUID, Unit]) -> None:
        self.batch, self.units, self.made, self.changed = batch, units, 0, 0
        self.people: list[tuple[Any, ...]] = []
        self.papers: list[tuple[Any, ...]] = []
        self.telephones: list[tuple[Any, ...]] = []
        self.memberships: list[tuple[Any, ...]] = []
        self.numbers: list[tuple[Any, ...]] = []
        self.keys: list[tuple[Any, ...]] = []
        self.text_only: list[UUID] = []
        self.today: date = moment.today()

    def take(self, row: CheckedMember, one: Known | None, book: Book) -> Known:
        """Write down what of the row is not there yet; gives who the row is."""
        new = one is None
        if one is None:
            one = self._person(row)
        unknown = [paper for paper in row.papers if paper_index(paper) not in one.papers]
        for paper in unknown:
            self._paper(one, paper)
        changed = bool(unknown)
        if row.telephone and telephone_index(row.telephone) not in one.telephones:
            self._telephone(one, row.telephone)
            changed = True
        changed |= self._membership(one, row)
        if row.row.text_only and not one.text_only:
            one.text_only = changed = True
            self.text_only.append(one.id)
        book.add(one, row)
        self.made += new
        self.changed += changed and not new
        return one

    def _person(self, row: CheckedMember) -> Known:
        # not derived from the row: whom undoing left behind must not be met by the same row under the same id
        made = Known(uuid_for(fresh(16), "member"), row.name, None, row.row.text_only)
        made.key = sealing.new_key(made.id) if row.papers or row.telephone else None
        self.people.append((made.id, row.name, made.key, row.row.text_only))
        return made

    def _key(self, one: Known) -> bytes:
        """Her key; somebody of whom nothing was sealed so far gets one."""
        if one.key is None:
            one.key = sealing.new_key(one.id)
            self.keys.append((one.id, one.key))
        return bytes(one.key)

    def _paper(self, one: Known, paper: CheckedPaper) -> None:
        index = paper_index(paper)
        row_id = uuid_for(one.id.bytes + index, "paper")
        sealed = sealing.seal(self._key(one), one.id, "paper", paper.number, row_id)
        self.papers.append((row_id, one.id, paper.kind, sealed, index))

    def _telephone(self, one: Known, telephone: str) -> None:
        index = telephone_index(telephone)
        row_id = uuid_for(one.id.bytes + index, "telephone")
        sealed = sealing.seal(self._key(one), one.id, "telephone", telephone, row_id)
        self.telephones.append((row_id, one.id, sealed, index))

    def _membership(self, one: Known, row: CheckedMember) -> bool:
        unit = row.row.unit_id
        if unit not in one.units:
            since = row.row.since or self.today
            self.memberships.append((uuid_for(f"{one.id}:{unit}:{since}:{self.batch}", "membership"),
                                     self.units[unit].district, one.id, unit, row.number, since))
            return True
        if row.number and not one.units[unit]:
            self.numbers.append((one.id, unit, row.number))
            return True
        return False

    def write(self, cursor: CursorWrapper) -> None:
        """All that was collected."""
        batch = f"'{self.batch}'::uuid"
        _insert(cursor, "INSERT INTO members_person (id, name, key, text_only, password, active, batch) "
                f"SELECT id, name, key, text_only, '{NO_PASSWORD}', true, {batch} FROM", self.people,
                "id uuid", "name text", "key bytea", "text_only boolean")
        _insert(cursor, "INSERT INTO members_paper (id, person_id, kind, sealed, index, batch) "
                f"SELECT id, person, kind, sealed, index, {batch} FROM", self.papers,
                "id uuid", "person uuid", "kind text", "sealed bytea", "index bytea")
        _insert(cursor, "INSERT INTO members_telephone (id, person_id, sealed, index, batch) "
                f"SELECT id, person, sealed, index, {batch} FROM", self.telephones,
                "id uuid", "person uuid", "sealed bytea", "index bytea")
        _insert(cursor, "INSERT INTO members_membership (id, district, person_id, unit_id, number, since, batch) "
                f"SELECT id, district, person, unit, number, since, {batch} FROM", self.memberships,
                "id uuid", "district text", "person uuid", "unit uuid", "number text", "since date")
        _insert(cursor, "UPDATE members_membership m SET number = n.number FROM", self.numbers,
                "person uuid", "unit uuid", "number text",
                after="WHERE m.person_id = n.person AND m.unit_id = n.unit AND m.until IS NULL")
        _insert(cursor, "UPDATE members_person p SET key = n.key FROM", self.keys, "id uuid", "key bytea",
                after="WHERE p.id = n.id")
        cursor.execute("UPDATE members_person SET text_only = true WHERE id = ANY (%s::uuid[]) AND NOT text_only",
                       [self.text_only])


def _insert(cursor: CursorWrapper, statement: str, rows: Sequence[Iterable[Any]], *columns: str,
            after: str = "") -> None:
    """One statement over rows that travel as one array a column."""
    if not rows:
        return
    kinds, names = [one.split()[1] for one in columns], [one.split()[0] for one in columns]
    places = ", ".join(f"%s::{kind}[]" for kind in kinds)
    lists = [list(column) for column in zip(*rows, strict=True)]
    cursor.execute(f"{statement} unnest({places}) AS n({', '.join(names)}) {after}", lists)
