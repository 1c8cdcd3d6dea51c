"""Bringing in many people at once: each row once, however often the list comes, and all of it back at a word.

A row meets a person by a paper; without one by the member number in its unit; without that by name, telephone and
unit together. What is known is completed, never overwritten: a name or telephone that differs is added or left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment, news
from baiying.kit.errors import Refusal
from baiying.members import identity
from baiying.members.actions.matching import Book, Writing
from baiying.members.identity import CheckedMember, NewMember
from baiying.members.models import Batch, Person
from baiying.members.news import FORGOTTEN, PERSONS_CHANGED
from baiying.network import queries as network
from baiying.network.models import Unit

CHUNK = 2000  # rows of a list that are matched and written together
# Whoever enters waits for whoever enters. A list that fills an empty table meets a planner that still thinks it empty
# and would read all of it for every piece; so that the indexes are used, it is told.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('members.enter')), set_config('enable_seqscan', 'off', true)"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Entered:
    """What a list brought: people that were not there, rows that said nothing new, rows that added something; by line
    what was refused, and who each row is."""

    new: int
    known: int
    changed: int
    refused: tuple[tuple[int, Refusal], ...] = ()
    people: tuple[tuple[int, UUID], ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class TakenBack:
    """What undoing a list took away, and how many people stay because something newer hangs on them."""

    people: int
    kept: int


def enter_people(rows: Sequence[NewMember], batch: UUID, by: UUID | None, progress: Progress | None = None) -> Entered:
    """Bring in a list of members; the same list twice is once, and ``undo_batch(batch)`` takes it back.

    Written in pieces of CHUNK rows, each committed by itself: interrupted, it is simply called again. Rows that cannot
    be right, or that contradict what is there, are left out and told by line in ``refused``; the others are entered.
    ``by`` is who presses the button; ``progress(done, all)`` is told after each piece.

    :raises Refusal: a unit of the list is not there.
    """
    units = network.units_by_id({row.unit_id for row in rows})
    if missing := next((row.line for row in rows if row.unit_id not in units), None):
        raise Refusal(_("The unit of line %(line)d is not there. Enter the units first."), line=missing)
    right, refused = identity.check_members(rows)
    total = Entered(0, 0, 0)
    for start in range(0, len(right), CHUNK):
        piece = right[start : start + CHUNK]
        told = _enter(piece, units, batch, by)
        people = total.people + told.people
        total = Entered(total.new + told.new, total.known + told.known, total.changed + told.changed, people=people)
        refused += told.refused
        if progress is not None:
            progress(min(start + CHUNK, len(right)), len(right))
    return replace(total, refused=tuple(sorted(refused, key=lambda one: one[0])))


def _enter(piece: Sequence[CheckedMember], units: dict[UUID, Unit], batch: UUID, by: UUID | None) -> Entered:
    """One piece in one transaction; nobody else enters people meanwhile, so that nobody comes in twice."""
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute(LOCK)
        book, writing = Book(cursor, piece), Writing(batch, units)
        refused, taken = [], {}
        for row in piece:
            try:
                taken[row.row.line] = writing.take(row, book.meet(row), book).id
            except Refusal as refusal:
                refused.append((row.row.line, refusal))
        writing.write(cursor)
        known = len(piece) - writing.made - writing.changed - len(refused)
        told = Entered(writing.made, known, writing.changed, tuple(refused), tuple(taken.items()))
        _note(batch, by, next(iter(units.values())).district, told)
        news.tell(PERSONS_CHANGED, people=set(taken.values()))
    return told


def _note(batch: UUID, by: UUID | None, district: str, told: Entered) -> None:
    """The line of the batch and of the log."""
    first = {"district": district, "at": moment.now(), "by_id": by}
    Batch.objects.get_or_create(id=batch, defaults=first)
    Batch.objects.filter(id=batch).update(new=F("new") + told.new, known=F("known") + told.known,
                                             changed=F("changed") + told.changed, undone_at=None)
    log.write("member.entered", batch, str(by) if by else door.asker().name,
              {"new": told.new, "known": told.known, "changed": told.changed})


def undo_batch(batch: UUID, by: UUID | None = None) -> TakenBack:
    """Take back exactly what a list brought. Twice is once.

    Somebody on whom something newer hangs (a sign-in, a later list, a merge, a login) stays, without what the list
    said of her.
    """
    with door.errand("members"), connection.cursor() as cursor:
        if not Batch.objects.select_for_update().filter(id=batch, undone_at=None).exists():
            return TakenBack(0, 0)
        for table in ("membership", "paper", "telephone"):
            cursor.execute(f"DELETE FROM members_{table} WHERE batch = %s", [batch])
        cursor.execute(FREE, [batch])
        gone = [row[0] for row in cursor.fetchall()]
        people = len(gone)
        news.tell(FORGOTTEN, people=gone)
        kept = Person.objects.filter(batch=batch).update(batch=None)
        Batch.objects.filter(id=batch).update(undone_at=moment.now())
        log.write("member.batch_undone", batch, str(by) if by else door.asker().name, {"people": people, "kept": kept})
    return TakenBack(people, kept)


FREE = "DELETE FROM members_person p WHERE p.batch = %s AND p.login IS NULL AND p.merged_into_id IS NULL" + "".join(
    f" AND NOT EXISTS (SELECT 1 FROM members_{table} r WHERE r.{column} = p.id)" for table, column in (
        ("membership", "person_id"), ("paper", "person_id"), ("telephone", "person_id"), ("device", "person_id"),
        ("signin", "person_id"), ("card", "person_id"), ("merge", "kept_id"), ("merge", "gone_id"))) + " RETURNING p.id"
