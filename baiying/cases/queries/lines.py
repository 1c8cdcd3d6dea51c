"""The story of a case, line by line, in the words of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.cases.dossier import Dossier
from baiying.cases.models import Concern, ConcernCase, Move
from baiying.cases.queries.ends import matter_said
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.network import queries as network

OUTSIDE = "outside:"  # the sealed fields with the name of a party outside, by its task
VERDICTS = {
    "solved": pgettext_lazy("verdict", "solved"),
    "partly": pgettext_lazy("verdict", "partly solved"),
    "not_solved": pgettext_lazy("verdict", "not solved"),
}
# What a line says that leads to no other stage. Every other line says the stage that was entered.
VERBS = {
    "calendar": _("A new official calendar has come, and this deadline was counted again"),
    "returned": _("Said not to be theirs; the level above names who leads"),
    "assigned": _("The level above has named who leads"),
    "ruled": _("The level above has ruled who leads; it cannot be given back any more"),
    "transferred": _("Sent on as the law demands"),
    "passed_on": _("Hands everything over; another unit leads from here on"),
    "brought_in": _("Brought in to help"),
    "consent_asked": _("The person is asked whether this unit may be brought in"),
    "consented": _("The person agrees that this unit is brought in"),
    "not_consented": _("The person does not want this unit to be brought in"),
    "consent_changed": _("The person has changed what this unit may read"),
    "task_received": _("Says that the task has arrived"),
    "party_reminded": _("Was reminded of its task"),
    "link_sent": _("Was sent a link to its task, and the code another way"),
    "link_ended": _("The link to the task was ended"),
    "sheet_written": _("The fact sheet was written, so that it need not be told twice"),
    "sheet_confirmed": _("The person has read the fact sheet and says it is right"),
    "entry_added": _("Added something for the unit that leads"),
    "task_done": _("Has done its part and reported back"),
    "task_refused": _("Does not do it, and says why"),
    "paused": _("Our clocks stand still; yours run on"),
    "resumed": _("Our clocks run again"),
    "extension_asked": _("More time is asked for; the level above decides"),
    "extended": _("The level above has granted more time"),
    "not_extended": _("The level above has not granted more time"),
    "shelved": _("No word has come in 30 days, so it counts as not judged; your word is still taken"),
    "told_day": _("Told us a day"),
    "replied": _("Sent what was waited for; our clocks run again"),
    "told_again": _("Wrote to us again"),
    "put_right": _("Put right what you had asked to be corrected"),
    "retaken": _("Handled as another kind of matter from here on; its clocks run from the day it came in"),
    "said_where": _("Said where it is; the unit named above leads from here on"),
    "contested": _("Contested: it is looked at again, one level up"),
}
# The same to herself, who is no third person on her own page.
TO_HER = {
    "consent_asked": _("You are asked whether this unit may be brought in"),
    "consented": _("You agreed that this unit is brought in"),
    "not_consented": _("You did not want this unit to be brought in"),
    "consent_changed": _("You changed what this unit may read"),
    "sheet_confirmed": _("You read the fact sheet and said that it is right"),
}
# Her word as somebody else wrote it down, by the mark that says how it came.
TOLD = {
    "told_by_phone": _("%(verdict)s, as told by telephone and written down by the unit named here"),
    "told_on_paper": _("%(verdict)s, as written on paper and entered by the unit named here"),
}
# What a line says of a concern: the need of several people, or of one who seems to have asked twice.
TOGETHER = _("Looked at together with others who have the same need (%(called)s). It stays a case of its own.")
ALONE = _("Looked at together with another request, which seems to be the same person's: %(called)s")
LEFT: dict[str, Promise] = {
    ConcernCase.Left.TAKEN_OUT: _("Goes on by itself again"),
    ConcernCase.Left.SPLIT: _("Goes on with some of the others"),
    ConcernCase.Left.MERGED: _("Those who have the same need were brought together with further ones"),
    ConcernCase.Left.CLOSED: _("No longer looked at together with others; it goes on by itself"),
    ConcernCase.Left.ELSEWHERE: _("Goes on by itself, at another unit"),
    ConcernCase.Left.GUARDED: _("What was told is protected from here on, so it goes on by itself"),
}
SYSTEM = frozenset({"calendar", "expired", "resumed", "shelved"})  # lines that nobody's hand wrote
ABOUT_CLOCKS = frozenset({"calendar", "expired", "extension_asked", "extended", "not_extended"})


@dataclass(frozen=True)
class Letter:
    """A letter as it went out."""

    label: str
    text: str
    ref: str  # how a page names it


@dataclass(frozen=True)
class Line:
    """One line of the story. ``party``: in which part, when it was neither she nor the leading unit."""

    at: datetime
    verb: str
    unit: str
    by_her: bool
    label: str
    words: str
    reason: str
    party: str = ""
    letter: Letter | None = None


def lines(held: Dossier) -> list[Line]:
    """The story so far, oldest first."""
    matter, texts = held.matter, held.texts
    moved = [
        Line(
            at=one.at, verb=one.verb, unit=unit_said(held, one), by_her=one.party == flow.ASKER,
            label=told(one, matter), words=one.words or texts.get(f"move:{one.id}", ""), reason=reason(one, matter),
            party="" if one.verb == "passed_on" else party_said(one.party), letter=letter(one, matter, texts),
        )
        for one in held.moves
    ]
    gathered = [line for row in held.joined for line in gathered_lines(row)]
    return sorted([*moved, *gathered], key=lambda line: line.at) if gathered else moved


def unit_said(held: Dossier, move: Move) -> str:
    """The unit of a line; a party outside, which is no unit, by the name under which it was asked."""
    if move.party and move.verb in ("consent_asked", "brought_in"):
        asked = [task for task in held.tasks if task.party == move.party]
        if asked and all(task.unit_id is None for task in asked):
            return held.texts.get(f"{OUTSIDE}{asked[-1].id}", "")
    return network.unit_said(move.unit)


def gathered_lines(row: ConcernCase) -> list[Line]:
    """What the story says of a concern that the case joined, and left. That two requests seem to be one person's is
    for the unit that said so alone: a telephone is no identity."""
    hidden = row.kind == Concern.Kind.ONE and row.unit_id not in door.asker().units
    if hidden or row.left_at == row.joined_at:
        return []
    unit = network.unit_said(row.unit)
    said = ALONE if row.kind == Concern.Kind.ONE else TOGETHER
    found = [Line(row.joined_at, "joined", unit, False, str(said) % {"called": row.called}, "", "")]
    if row.left_at is not None and row.left_why in LEFT:
        found.append(Line(row.left_at, "parted", unit, False, str(LEFT[row.left_why]), "", ""))
    return found


def told(move: Move, matter: flow.Matter) -> str:
    """What a line of the story says happened, in the reader's language."""
    if move.verb == "judged":
        return str(VERDICTS[move.reason])
    if move.verb == "recorded":
        how = next((said for mark, said in TOLD.items() if mark in move.marks), "%(verdict)s")
        return str(how) % {"verdict": VERDICTS[move.reason]}
    if move.verb in TO_HER and door.asker().door is not None:
        return str(TO_HER[move.verb])
    if move.verb in VERBS:
        return str(VERBS[move.verb])
    return catalogue.said(flow.stage_of(matter, move.after))


def reason(move: Move, matter: flow.Matter) -> str:
    """The ground of a move; a verdict is no ground, and clocks are named as the matter names them."""
    if move.verb in ("judged", "recorded"):
        return ""
    if move.verb == "paused":
        return catalogue.said(flow.PAUSE_GROUNDS[move.reason])
    if move.verb in ABOUT_CLOCKS:
        named = (matter.clocks[name] for name in move.reason.split(",") if name in matter.clocks)
        return ", ".join(catalogue.said(clock) for clock in named)
    if move.verb == "retaken":
        return matter_said(move.reason)
    if move.verb == "set_aside":
        return ground_said(move.reason)
    options = (option for stage in matter.stages.values() for one in stage.moves for option in one.reasons)
    chosen = next((option for option in options if option.label == move.reason), None)
    return catalogue.said(chosen) if chosen else move.reason


def ground_said(about: str) -> str:
    """The ground of an end that is not her verdict, in the reader's language; nothing for what is no ground. What
    stands behind its colon, the number of another case, is not said."""
    ground = flow.SET_ASIDE_GROUNDS.get(about.partition(":")[0])
    return "" if ground is None else catalogue.said(ground)


def party_said(party: str) -> str:
    """The name of a party other than she and the lead, in the reader's language; empty for these."""
    found = catalogue.words().parties.get(party) if party not in ("", flow.ASKER, flow.LEAD) else None
    if found is None:
        return ""
    return found.name if catalogue.speaks_chinese() else found.name_en


def letter(move: Move, matter: flow.Matter, texts: dict[str, str]) -> Letter | None:
    """The letter that went out with a move."""
    if not move.letter:
        return None
    declared = matter.letters.get(move.letter)
    label = catalogue.said(declared) if declared is not None else move.letter
    return Letter(label, texts.get(f"letter:{move.id}", ""), f"{move.at:%Y%m%d%H%M%S%f}")
