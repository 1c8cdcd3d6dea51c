"""A near relative asks for the information of somebody who died (personal information law, art. 49) or who cannot act
and has nobody to act by law. No code is needed: staff of the unit that leads enter who asks and what was shown, and
somebody else of the unit decides with a reason. What the person arranged otherwise while alive stands above it.

For somebody who cannot act the law names no such right: it is our reading (proposed), and the guardian comes first.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.about import about_demand
from baiying.cases.actions import arriving, correcting, retention
from baiying.cases.actions.calling_off import drop_about
from baiying.cases.actions.demands import call_above
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Demand, Task
from baiying.cases.queries import free
from baiying.cases.queries.her_rights import keeping
from baiying.kit import door, log
from baiying.kit.errors import Refusal, Unseen
from baiying.members import queries as members

STATES = ("died", "helpless")
WISHES = ("see", "correct", "erase")
MOST = 500  # characters of each answer


@dataclass(frozen=True)
class Relative:
    """Who asks: ``relation`` to the person, what is so (``state``: died, helpless), what is wished (see, correct,
    erase), for which interest of the relative's own (``why``), what was shown for proof, and ``otherwise``: what the
    person had arranged, if anything is known of it."""

    name: str
    relation: str
    state: str
    wish: str
    why: str
    proof: str
    otherwise: str = ""


def enter(asker: door.Asker, number: str, told: Relative, key: str) -> Demand:
    """Write down what a relative asks, for a colleague to decide, or for the level above where there is none. Pressed
    twice is once. Raises Unseen, Refusal."""
    herself = rows_of(asker)
    said = {field: arriving.storable(text).strip() for field, text in asdict(told).items()}
    if said["state"] not in STATES or said["wish"] not in WISHES:
        raise Refusal(_("Please choose what is so, and what is asked for."))
    if not all(said[field] for field in ("name", "relation", "why", "proof")) or max(map(len, said.values())) > MOST:
        raise Refusal(_("Please write who asks, how they are related, what for, and which papers you were shown, each "
                        "in at most %(most)d characters."), most=MOST)
    with door.open(asker):
        case = correcting.still_kept(access.one(asker, number, lock=True))
        text = json.dumps(said, ensure_ascii=False)
        made = correcting.demand(case, Demand.Kind.RELATIVE, said["wish"], text, key, by=asker.who)
        if not free.free_in(case.unit_id, free.recused(case).union(herself)):
            call_above(case, made, herself)
        return made


def decide(asker: door.Asker, number: str, ref: str, granted: bool, reason: str) -> None:
    """The unit that leads decides, or the level above that was called about it. To see or to correct is done by its
    people, on paper or by a step, and read in the reason; to erase is done here, unless a ground keeps it. Whoever
    wrote it down decides nothing: who lets a stranger in with false papers then needs a second one. Twice is once.
    Raises Unseen, Refusal."""
    correcting.check_reason(reason)
    herself = rows_of(asker)
    with door.open(asker):
        case, found = asked_of(asker, number, ref)
        if found.state != Demand.State.OPEN:
            return
        if found.entered_by_id in herself:
            raise Refusal(_("You wrote this demand down yourself, so somebody else decides it: a second person is to "
                            "see the papers. Please ask a colleague of your unit; in a protected case its head names "
                            "one first. Where you work alone, the level above was called and decides."))
        erases = granted and found.about == "erase"
        if erases and (keeping(Dossier(case)) or not case.ended):
            raise Refusal(_("It cannot be erased yet: a ground keeps it, or the case is still open. End the case, or "
                            "say no with that reason."))
        correcting.decided(case, found, asker, granted, reason)
        case_id = case.id
    if erases:
        retention.forget(case_id, asked=True)


def refuse(entry: bytes, ref: str) -> None:
    """She who opens the case with number and code decides for herself: what somebody asked in her place ends, without a
    reason of hers. Twice is once. Raises Unseen."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        found = in_case(case, ref)
        if found.state != Demand.State.OPEN:
            return
        found.state = Demand.State.DROPPED
        found.save(update_fields=["state"])
        drop_about(case, about_demand(found), Task.Kind.CLIMB)
        log.write("case.decided", case.id, door.asker().name, {"kind": found.kind, "about": found.about,
                                                               "granted": False}, case.wrapped)


def rows_of(asker: door.Asker) -> list[UUID]:
    """Every row that is this member of staff: two accounts are one person."""
    return members.selves(asker.who) if asker.who is not None else []


def asked_of(asker: door.Asker, number: str, ref: str) -> tuple[Case, Demand]:
    """The demand and its case, locked: for the unit that leads, and for the level above if it was called about this
    very demand. Raises Unseen, Refusal."""
    called: set[str] | None = None
    try:
        case = access.one(asker, number, lock=True)
    except Unseen:
        case, tasks = access.by_task(asker, number, [Task.Kind.CLIMB], lock=True)
        called = {task.about for task in tasks}
    correcting.still_kept(case)
    found = in_case(case, ref)
    if called is not None and about_demand(found) not in called:
        raise Unseen
    return case, found


def in_case(case: Case, ref: str) -> Demand:
    """The relative's demand of this name, locked. The case must be looked at. Raises Unseen."""
    found = next((one for one in Demand.objects.filter(case=case, kind=Demand.Kind.RELATIVE).select_for_update()
                  if one.ref == ref), None)
    if found is None:
        raise Unseen
    return found
