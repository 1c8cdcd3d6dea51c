"""A sheet of members: each row becomes what the room of people takes in, matched by paper, number or telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from baiying.importing import faults
from baiying.importing.faults import Fault
from baiying.importing.models import Sheet
from baiying.importing.scope import Scope
from baiying.importing.sheet_rows import SheetRow
from baiying.kit.errors import Refusal
from baiying.members import actions as members
from baiying.members import identity
from baiying.members.actions import NewMember
from baiying.services.actions import rosters

PAPERS = {
    "": "id", "身份证": "id", "居民身份证": "id", "二代身份证": "id", "一代身份证": "id", "id": "id",
    "identity card": "id", "护照": identity.PASSPORT_KIND, "外国护照": identity.PASSPORT_KIND,
    "passport": identity.PASSPORT_KIND, "港澳居民来往内地通行证": identity.HM_PERMIT, "港澳通行证": identity.HM_PERMIT,
    "回乡证": identity.HM_PERMIT, "台湾居民来往大陆通行证": identity.TW_PERMIT, "台胞证": identity.TW_PERMIT,
    "港澳台居民居住证": identity.RESIDENCE, "港澳居民居住证": identity.RESIDENCE, "台湾居民居住证": identity.RESIDENCE,
    "外国人永久居留身份证": identity.PERMANENT, "外国人永久居留证": identity.PERMANENT,
    "永久居留证": identity.PERMANENT,
}
NONE = ("无", "无证件", "没有", "none")
#: What a column says of somebody for the rules of services, as a fact (catalogue/facts.toml).
FACTS = {"card": "card.active", "in_work": "person.in_work", "front_line": "person.front_line", "sex": "person.sex"}
SEXES = {"女": "女", "男": "男", "f": "女", "m": "男", "female": "女", "male": "男", "woman": "女", "man": "男"}


def facts_of(entry: SheetRow) -> dict[str, Any]:
    """What a row says as facts; an empty cell says nothing."""
    said = {**entry.values, "sex": SEXES.get(entry.text("sex").casefold())}
    return {fact: said[key] for key, fact in FACTS.items() if said.get(key) is not None}


@dataclass
class Counts:
    """What came of some rows."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[Fault] = field(default_factory=list)


class Members:
    """The list of members of one sheet."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def gather(self, entry: SheetRow) -> None:
        """Nothing of one row is needed by another."""

    def check(self, entry: SheetRow, thorough: bool = True) -> None:
        """Make of the row what is entered; ``thorough``: also look through name, paper and telephone."""
        unit = entry.held("unit", lambda: self.scope.named(entry.text("unit"))) if entry.text("unit") else None
        kind = entry.text("kind").casefold()
        if kind not in PAPERS and kind not in NONE and kind not in identity.KINDS:
            entry.refuse("kind", Refusal(_("No kind of paper is called so. Write for example: identity card, "
                                           "passport.")))
        paper = entry.text("paper") if kind not in NONE else ""
        key = PAPERS.get(kind, kind)
        if (sex := entry.text("sex").casefold()) and sex not in SEXES:
            entry.refuse("sex", Refusal(_("Write 女 or 男, or leave it empty.")))
        if thorough:
            entry.held("name", lambda: identity.check_name(entry.text("name")) if entry.text("name") else "")
            if paper and "kind" not in [fault.column for fault in entry.faults]:
                entry.held("paper", lambda: identity.check_paper(key, paper))
            entry.held("telephone", lambda: identity.check_telephone(entry.text("telephone")))
        if entry.faults or unit is None:
            return
        entry.made = NewMember(
            entry.line, entry.text("name"), unit.id, ((key, paper),) if paper else (), entry.text("telephone"),
            entry.text("number"), entry.values.get("since"), bool(entry.values.get("text_only")))
        if thorough:
            entry.held("", lambda: identity.check_member(entry.made))

    def enter(self, entries: Sequence[SheetRow], sheet: Sheet) -> Counts:
        """Enter these rows; the same again is nothing new."""
        told = members.enter_people([entry.made for entry in entries], sheet.id, sheet.by)
        lines = {entry.line: entry for entry in entries}
        facts = {person: said for line, person in told.people if (said := facts_of(lines[line]))}
        if facts:
            rosters.bring(facts, batch=sheet.id, district=sheet.district, by=sheet.by)
        refused = [faults.of_refusal(line, "", lines[line].raws.get("name"), refusal) for line, refusal in told.refused]
        return Counts(told.new, told.changed, told.known, refused)
