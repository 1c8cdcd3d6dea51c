"""A sheet's way: brought, looked through, corrected, entered, taken back. One function a verb.

The file lies in the uploads folder until it is entered or thrown away. What must be kept of it meanwhile is sealed
under a key of the sheet's own, which goes with the file. Every step may be done again: the same sheet twice is once.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.engine import sheets
from baiying.importing import access, columns, faults
from baiying.importing.bringing import ERRAND
from baiying.importing.faults import Fault
from baiying.importing.members import Counts, Members
from baiying.importing.models import Brought, Kind, Sheet, State
from baiying.importing.posts import Posts
from baiying.importing.scope import Scope
from baiying.importing.sheet_rows import Fixes, SheetRow, sheet_rows
from baiying.importing.units import Units
from baiying.kit import door, log, moment, queue, sealing
from baiying.kit.chance import fresh, letters_for, uuid_for
from baiying.kit.errors import Refusal
from baiying.members import actions as members
from baiying.network import actions as network
from baiying.services.actions import rosters

FIELD = "sheet"
SHOWN, FAULTS_KEPT = 8, 300  # rows of the preview; faults that are kept with their cells
SMALL = 2_000  # rows that are looked through while somebody waits for the page
CHUNK = 10_000  # rows of members that are entered between two looks at the clock
TOLD_EVERY = 2_000  # rows between two words about how far it is
KEPT_FOR = timedelta(days=2)  # a file that nobody came back for
STILL = timedelta(minutes=10)  # without a word of how far it is: whoever worked on it is gone
Progress = Callable[[int, int], None]


class List(Protocol):
    """What each kind of sheet does with its rows."""

    def gather(self, entry: SheetRow) -> None: ...

    def check(self, entry: SheetRow, thorough: bool = True) -> None: ...

    def enter(self, entries: list[SheetRow], sheet: Sheet) -> Counts: ...


LISTS: dict[str, Callable[[Scope], List]] = {Kind.UNITS: Units, Kind.POSTS: Posts, Kind.MEMBERS: Members}


def receive(asker: door.Asker, kind: str, name: str, file: Path, unit_id: UUID | None, district: str) -> Sheet:
    """Take a file in: it moves to the uploads folder, is opened, and its columns are guessed.

    :raises Refusal: it is no sheet. The file is removed then.
    """
    key = fresh(16)
    sheet = Sheet(id=uuid_for(key, "sheet"), ref=letters_for(key, "sheet", 10), district=district, unit_id=unit_id,
                  by=asker.who, kind=kind, name=name[:200], at=moment.now(), touched=moment.now())
    place = path_of(sheet)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(file, place)
    place.chmod(0o600)
    try:
        table = opened(sheet)
        header, names, chosen = columns.header_of(kind, table.rows())
        first = [[number, [sheets.said(cell) for cell in cells]]
                 for number, cells in islice((row for row in table.rows() if row[0] > header), SHOWN)]
        sheet.total = sum(1 for row in table.rows() if row[0] > header)
        if not sheet.total:
            raise Refusal(_("Below the names of the columns there is no row."))
    except BaseException as error:
        place.unlink(missing_ok=True)
        if isinstance(error, sheets.Unreadable):
            raise faults.of_unreadable(error) from None
        raise
    sheet.header, sheet.columns, sheet.encoding = header, chosen, table.encoding
    sheet.key = sealing.new_key(sheet.id)
    keep(sheet, {"names": names, "first": first, "sheet": table.sheet, "offset": table.first})
    with door.open(asker):
        sheet.save(force_insert=True)
        log.write("sheet.brought", sheet.id, asker.name, {"kind": kind, "rows": sheet.total})
    return sheet


def choose(asker: door.Asker, ref: str, chosen: dict[str, int]) -> Sheet:
    """Say which column is what. What was looked through before is looked through anew."""
    with door.open(asker):
        sheet = _unfinished(ref)
        known = {one.key for one in columns.COLUMNS[sheet.kind]}
        sheet.columns = {key: place for key, place in chosen.items() if key in known and place >= 0}
        sheet.state = State.LAID
        _save(sheet, "columns", "state")
    return sheet


def correct(asker: door.Asker, ref: str, cells: dict[tuple[int, str], str]) -> Sheet:
    """Correct single cells; the file itself stays as it was brought. It is looked through anew afterwards."""
    with door.open(asker):
        sheet = _unfinished(ref)
        told = kept(sheet)
        told.setdefault("fixes", {}).update({f"{line}:{key}": value for (line, key), value in cells.items()})
        keep(sheet, told)
        sheet.state = State.LAID
        _save(sheet, "sealed", "state")
    return sheet


def look(asker: door.Asker, ref: str, progress: Progress = lambda done, of: None, *, waits: bool = True) -> Sheet:
    """Look the sheet through and count its faults: at once when it is small or nobody waits, else by the queue.

    :raises Refusal: a column that is needed is nowhere.
    """
    with door.open(asker):
        sheet = _unfinished(ref)
        lacking = columns.missing(sheet.kind, sheet.columns)
        if lacking:
            raise Refusal(_("Say which column is: %(names)s."), names="、".join(one.name for one in lacking))
        sheet.state, sheet.done, sheet.why = State.LOOKING, 0, ""
        _save(sheet, "state", "done", "why")
        later = waits and sheet.total > SMALL
        if later:
            queue.later("importing", ref=sheet.ref, act="look")
    return sheet if later else _look(sheet, progress)


def start(asker: door.Asker, ref: str, leave_out: bool) -> Sheet:
    """Let the sheet be entered, by the queue. With ``leave_out`` rows that have faults are left out.

    :raises Refusal: it was not looked through, or it has faults and they are not to be left out.
    """
    with door.open(asker):
        sheet = _ready(ref, leave_out)
        queue.later("importing", ref=sheet.ref, act="run")
    return sheet


def run(asker: door.Asker, ref: str, leave_out: bool, progress: Progress = lambda done, of: None) -> Sheet:
    """The same here and now, as the terminal does it."""
    with door.open(asker):
        sheet = _ready(ref, leave_out)
    return _run(sheet, progress)


def work(ref: str, act: str) -> None:
    """What the queue does: look through or enter. A job that was killed does it again, and twice is once."""
    with door.errand(ERRAND):
        sheet = access.sheet(ref)
    if act == "look" and sheet.state == State.LOOKING:
        _look(sheet, lambda done, of: None)
    elif act == "run" and sheet.state == State.RUNNING:
        _run(sheet, lambda done, of: None)


def undo(asker: door.Asker, ref: str) -> tuple[Sheet, int]:
    """Take back exactly what a sheet brought; gives how many rows stay because something newer stands on them."""
    with door.open(asker):
        sheet = access.sheet(ref)
    if sheet.state not in (State.DONE, State.FAILED) and not (sheet.state == State.RUNNING and is_stuck(sheet)):
        raise Refusal(_("Only what was entered can be taken back."))
    if sheet.kind == Kind.MEMBERS:
        kept_back = members.undo_batch(sheet.id, asker.who).kept
        rosters.take_back(sheet.id, asker.who)
    else:
        kept_back = _undo_network(sheet)
    with door.open(asker):
        sheet.state = State.UNDONE
        _save(sheet, "state")
        log.write("sheet.undone", sheet.id, asker.name, {"kept": kept_back})
    return sheet, kept_back


def throw_away(asker: door.Asker, ref: str) -> None:
    """Forget a sheet that was not entered: its file and what was kept of it are gone."""
    with door.open(asker):
        sheet = _unfinished(ref)
        sheet.state, sheet.why = State.UNDONE, ""
        _forget(sheet)
        _save(sheet, "state", "why", "key", "sealed")


def sweep() -> int:
    """Remove files that nobody came back for; gives how many."""
    gone = 0
    with door.errand(ERRAND):
        for sheet in access.sheets().filter(touched__lt=moment.now() - KEPT_FOR, sealed__isnull=False):
            _forget(sheet)
            _save(sheet, "key", "sealed")
            gone += 1
    return gone


def path_of(sheet: Sheet) -> Path:
    """Where the file of a sheet lies: nothing of its name is believed."""
    return Path(settings.BAIYING_UPLOADS) / f"{sheet.ref}.sheet"


def opened(sheet: Sheet) -> sheets.Table:
    """The file, opened. Raises Refusal when it is gone, Unreadable when it is no sheet."""
    try:
        return sheets.open_table(path_of(sheet))
    except FileNotFoundError:
        raise Refusal(_("The file of this sheet is not there any more. Please bring it again.")) from None


def kept(sheet: Sheet) -> dict[str, Any]:
    """What is kept of a sheet while it is worked on."""
    if sheet.key is None or sheet.sealed is None:
        return {}
    return dict(json.loads(sealing.unseal(bytes(sheet.key), sheet.id, FIELD, bytes(sheet.sealed))))


def keep(sheet: Sheet, told: dict[str, Any]) -> None:
    """Seal it; saved by the caller."""
    assert sheet.key is not None
    sheet.sealed = sealing.seal(bytes(sheet.key), sheet.id, FIELD, json.dumps(told, ensure_ascii=False))


def fixes_of(told: dict[str, Any]) -> Fixes:
    """Corrected cells by row and column."""
    return {(int(place.split(":")[0]), place.split(":")[1]): value for place, value in told.get("fixes", {}).items()}


def _unfinished(ref: str) -> Sheet:
    """A sheet that can still be worked on. Raises Unseen, Refusal."""
    sheet = access.sheet(ref)
    if sheet.state not in (State.LAID, State.LOOKING, State.LOOKED) or sheet.sealed is None:
        raise Refusal(_("This sheet was entered or thrown away already. Bring it again if you need it again."))
    return sheet


def is_stuck(sheet: Sheet) -> bool:
    """Whether it is said to be worked on, and nobody has for ten minutes."""
    return sheet.state in (State.LOOKING, State.RUNNING) and sheet.touched < moment.now() - STILL


def _ready(ref: str, leave_out: bool) -> Sheet:
    sheet = access.sheet(ref)
    if sheet.state != State.LOOKED and not (sheet.state == State.RUNNING and is_stuck(sheet)):
        raise Refusal(_("This sheet was not looked through yet, or it is being entered already."))
    leave_out = leave_out or sheet.state == State.RUNNING and sheet.leave_out
    if sheet.faulty and not leave_out:
        raise Refusal(_("%(count)s rows have faults. Correct them, or say that they are to be left out."),
                      count=sheet.faulty)
    sheet.state, sheet.leave_out, sheet.done = State.RUNNING, leave_out, 0
    _save(sheet, "state", "leave_out", "done")
    return sheet


def _save(sheet: Sheet, *fields: str) -> None:
    sheet.touched = moment.now()
    sheet.save(update_fields=[*fields, "touched"])


def _told(sheet: Sheet, *fields: str) -> None:
    """Write how far it is, in a transaction of its own."""
    with door.errand(ERRAND):
        _save(sheet, *fields)


def _forget(sheet: Sheet) -> None:
    path_of(sheet).unlink(missing_ok=True)
    sheet.key = sheet.sealed = None


def _rows(sheet: Sheet, told: dict[str, Any]) -> Iterator[SheetRow]:
    return sheet_rows(opened(sheet), sheet.kind, sheet.header, sheet.columns, fixes_of(told))


def _look(sheet: Sheet, progress: Progress) -> Sheet:
    """Read every row, as it would be entered, and keep the first faults."""
    told, faulty = kept(sheet), 0
    found: list[dict[str, Any]] = []
    try:
        rows = LISTS[sheet.kind](Scope.of(sheet.district, sheet.unit_id, sheet.by))
        if sheet.kind != Kind.MEMBERS:
            for entry in _rows(sheet, told):
                rows.gather(entry)
        for done, entry in enumerate(_rows(sheet, told), start=1):
            rows.check(entry)
            faulty += bool(entry.faults)
            if len(found) < FAULTS_KEPT:
                found += [fault.as_json() for fault in entry.faults]
            if done % TOLD_EVERY == 0:
                sheet.done = done
                _told(sheet, "done")
                progress(done, sheet.total)
    except (sheets.Unreadable, Refusal) as error:
        return _failed(sheet, error, State.LAID)
    told["faults"] = found[:FAULTS_KEPT]
    keep(sheet, told)
    sheet.state, sheet.faulty, sheet.done = State.LOOKED, faulty, sheet.total
    _told(sheet, "state", "faulty", "done", "sealed")
    progress(sheet.total, sheet.total)
    return sheet


def _run(sheet: Sheet, progress: Progress) -> Sheet:
    """Enter row after row, a piece at a time; what is refused on the way is left out and told."""
    told, counts = kept(sheet), Counts()
    left_out: list[Fault] = []
    try:
        rows = LISTS[sheet.kind](Scope.of(sheet.district, sheet.unit_id, sheet.by))
        small = sheet.kind != Kind.MEMBERS
        if small:
            for entry in _rows(sheet, told):
                rows.gather(entry)
        done = 0
        for piece in _pieces(_rows(sheet, told), sheet.total if small else CHUNK):
            for entry in piece:
                rows.check(entry, thorough=small)
            right = [entry for entry in piece if entry.made is not None and not entry.faults]
            left_out += [fault for entry in piece for fault in entry.faults]
            _add(counts, rows.enter(right, sheet), left_out)
            done += len(piece)
            sheet.done, sheet.new, sheet.changed, sheet.same = done, counts.new, counts.changed, counts.same
            _told(sheet, "done", "new", "changed", "same")
            progress(done, sheet.total)
    except (sheets.Unreadable, Refusal) as error:
        return _failed(sheet, error, State.FAILED)
    sheet.faulty = len({fault.line for fault in left_out})
    sheet.state = State.DONE
    with door.errand(ERRAND), transaction.atomic():
        _forget(sheet)
        if left_out:  # which rows, and why, without the cells: until the sweep
            sheet.key = sealing.new_key(sheet.id)
            keep(sheet, {"offset": told.get("offset", 0),
                         "faults": [replace(fault, original="").as_json() for fault in left_out[:FAULTS_KEPT]]})
        _save(sheet, "state", "faulty", "key", "sealed")
        log.write("sheet.entered", sheet.id, str(sheet.by) if sheet.by else f"errand:{ERRAND}",
                  {"new": sheet.new, "changed": sheet.changed, "same": sheet.same, "left_out": sheet.faulty})
    return sheet


def _pieces(rows: Iterable[SheetRow], size: int) -> Iterator[list[SheetRow]]:
    iterator = iter(rows)
    while piece := list(islice(iterator, size)):
        yield piece


def _add(counts: Counts, told: Counts, left_out: list[Fault]) -> None:
    counts.new += told.new
    counts.changed += told.changed
    counts.same += told.same
    left_out += told.refused


def _failed(sheet: Sheet, error: Exception, state: str) -> Sheet:
    """Say why it went no further."""
    refusal = faults.of_unreadable(error) if isinstance(error, sheets.Unreadable) else error
    sheet.why, sheet.state = str(refusal), state
    _told(sheet, "why", "state")
    return sheet


def _undo_network(sheet: Sheet) -> int:
    """Posts, ties and units go in the opposite order in which they came; what was corrected is as it was."""
    with door.errand(ERRAND):
        brought = list(access.brought(sheet).order_by("-id"))
    rows = [(one.what, one.row_id) for what in ("post", "tie", "unit") for one in brought if one.what == what]
    gone, stays = network.take_back(rows)
    changes = {one.row_id: one.was for one in brought if one.what == "change" and one.was}
    network.amend_units(changes)
    with door.errand(ERRAND):
        back = {row_id for _what, row_id in gone} | set(changes)
        Brought.objects.filter(sheet=sheet, row_id__in=back).update(taken_back=True)
    return len(stays)
