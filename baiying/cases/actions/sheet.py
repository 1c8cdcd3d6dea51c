"""The fact sheet: written by the lead with her, read back, in versions; and what parties add for the lead."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, referring
from baiying.cases.actions.step import Deed, deed_of, done_before, seal
from baiying.cases.actions.tasks import check, open_one, stay, still
from baiying.cases.models import Case, Sheet, SheetEntry, Task
from baiying.cases.queries.sheet import field_of
from baiying.engine import flow
from baiying.kit import chance, door, moment
from baiying.kit.errors import Refusal, Unseen

MOST_OF_A_BOX = 10_000  # characters
MOST_ENTRIES = 200  # of one party


def write_sheet(asker: door.Asker, number: str, boxes: Mapping[str, str], key: str, *, based_on: int = 0,
                read_back: bool = False) -> None:
    """A new version of the sheet; the earlier ones stay. ``boxes``: texts by field group. ``based_on``: the version
    that the page showed. ``read_back``: it was read to her and she said yes. Raises Unseen, Refusal."""
    texts = {group: boxes[group].strip() for group in flow.SHEET_GROUPS if boxes.get(group, "").strip()}
    if not texts:
        raise Refusal(_("The sheet is empty. Please write at least what happened."))
    if any(len(text) > MOST_OF_A_BOX for text in texts.values()):
        raise Refusal(_("Please keep the text under %(most)d characters."), most=MOST_OF_A_BOX)
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "sheet_written", asker.who, key, sorted(texts.items()), read_back)
        if done_before(deed_id):
            return
        before = referring.sheets(case).first()
        if (before.version if before is not None else 0) != based_on:
            raise Refusal(_("Somebody has written a newer version of the sheet meanwhile. What you wrote is below: "
                            "compare it with the new one, then save again."))
        assert asker.who is not None  # whoever opens a case by her post
        sheet = Sheet(id=chance.uuid_for(str(deed_id), "sheet"), case=case, version=based_on + 1, at=moment.now(),
                      person_id=asker.who, unit_id=case.unit_id, read_back=read_back)
        sheet.save(force_insert=True)
        for group, text in texts.items():
            seal(case, field_of(sheet, group), text)
        stay(case, Deed(deed_id, "sheet_written", still(case)))


def confirm_sheet(entry: bytes, version: int, key: str) -> None:
    """She has read the sheet on her page, and it is right. Raises Unseen, Refusal."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, "sheet_confirmed", version)
        if done_before(deed_id):
            return
        sheet = referring.sheets(case).first()
        if sheet is None or sheet.version != version:
            raise Refusal(_("There is a newer version of the sheet. Please read that one first."))
        sheet.confirmed_at = moment.now()
        sheet.save(update_fields=["confirmed_at"])
        stay(case, Deed(deed_id, "sheet_confirmed", still(case)))


def add_entry(asker: door.Asker, number: str, party: str, text: str, key: str) -> None:
    """A party at work adds something for the unit that leads. Raises Unseen, Refusal."""
    check(text)
    with door.open(asker):
        case, tasks = access.by_task(asker, number, [Task.Kind.WORK], lock=True)
        write_entry(case, open_one(tasks, party), text, key)


def write_entry(case: Case, task: Task, text: str, key: str) -> None:
    """Keep it sealed, once for each press. The case must be locked and looked at."""
    deed_id = deed_of(case, "entry_added", task.id, key, text)
    if done_before(deed_id):
        return
    if task.state != Task.State.OPEN:
        raise Unseen
    if SheetEntry.objects.filter(task=task).count() >= MOST_ENTRIES:
        raise Refusal(_("%(most)d entries were added already. Please call the unit that leads."), most=MOST_ENTRIES)
    entry = SheetEntry(id=chance.uuid_for(str(deed_id), "entry"), case=case, task=task, at=moment.now())
    entry.save(force_insert=True)
    seal(case, f"entry:{entry.id}", text)
    stay(case, Deed(deed_id, "entry_added", still(case), party=task.party, unit=task.unit))


