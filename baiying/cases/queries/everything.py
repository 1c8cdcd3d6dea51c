"""Everything about her case, for her alone (personal information law, art. 45).

What she told, what was done with it, who read it, who was brought in, what they were given. Nothing stands here that
her own page would not show her.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Demand, Referral
from baiying.cases.queries import address, files, free
from baiying.cases.queries.ends import complaints_of, matter_said
from baiying.cases.queries.lines import lines, party_said
from baiying.cases.queries.reading import answers, clock_views, note_reading, readings
from baiying.cases.queries.referrals import task_lines
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, log, number
from baiying.members import queries as members
from baiying.network import queries as network

Told = dict[str, object]
#: The texts of hers whose earlier versions are kept beside the latest.
KEPT = ("name", "phone", "contact", "reach", "words", "address")


@dataclass(frozen=True)
class DemandLine:
    """One thing that she asked about her information, with what became of it. ``written``: whoever looks wrote it down
    for a relative, and so decides nothing; ``stuck``: and there is nobody else who could."""

    ref: str
    kind: str
    about: str
    text: str
    state: str
    asked_at: datetime
    due_at: datetime
    decided_at: datetime | None
    reason: str
    written: bool = False
    stuck: bool = False


@dataclass(frozen=True)
class Everything:
    """One case as plain data, and the files that go with it: (name, content)."""

    told: Told
    papers: tuple[tuple[str, bytes], ...]


def everything(entry: bytes) -> Everything:
    """All that is kept of her in the case that this entry opens. Raises Unseen."""
    her = door.Asker(door=entry)
    with door.open(her):
        case, view = files.looking(her)
        held = Dossier(case)
        listed = files.listed(case, view)
        papers = tuple((f"{place:02d}-{line.name}", files.read(her, None, line.ref).content)
                       for place, line in enumerate(listed, start=1))
        log.write("case.exported", case.id, her.name, {}, case.wrapped)
        return Everything(facts(held) | {"files": [name for name, _content in papers]}, papers)


def facts(held: Dossier) -> Told:
    """The case as plain data. It must be looked at by her."""
    case = held.case
    return {
        "number": number.shown(case.number), "matter": matter_said(held.matter.key),
        "unit": network.unit_said(case.unit), "stage": catalogue.said(flow.stage_of(held.matter, case.stage)),
        "received_at": told_at(case.received_at), "kept_until": str(case.kept_until or ""), "verdict": case.verdict,
        "class": "P3" if case.guarded else held.matter.privacy, "erased": case.key is None,
        "words": case.words or held.opened("words"), **reached(held), "earlier": earlier(held),
        "answers": [[asked, said] for asked, said in answers(held)],
        "story": [{"at": told_at(one.at), "by": one.party or one.unit, "what": str(one.label), "words": one.words,
                   "reason": str(one.reason)} for one in lines(held)],
        "letters": [{"label": one.letter.label, "text": one.letter.text} for one in lines(held) if one.letter],
        "clocks": [{"what": catalogue.said(one.word), "since": told_at(one.row.started_at),
                    "until": told_at(one.due_at)} for one in clock_views(held)],
        "brought_in": [{"unit": one.unit, "as": one.party, "state": str(one.state), "asked": one.asked,
                        "came_back": one.came_back, "may_read": [str(seen) for seen in one.sees]}
                       for one in task_lines(held)],
        "consents": consents(held),
        "complaints": [{"at": told_at(one.at), "to": one.unit, "words": one.words, "answer": one.answer}
                       for one in complaints_of(held)],
        "demands": [{"asked_at": told_at(one.asked_at), "kind": one.kind, "about": one.about, "text": one.text,
                     "state": one.state, "reason": one.reason} for one in demands(held)],
        "readings": [{"at": told_at(one.at), "unit": one.unit, "office": one.role} for one in readings(case)],
    }


def reached(held: Dossier) -> Told:
    """How she is called and reached, and where she stays."""
    place = address.of(held)
    return {"name": held.opened("name"), "telephone": held.phone, "safe_contact": held.opened("contact"),
            "messages": held.opened("reach"), "address": place.where if place else "",
            "writes_only": bool(held.opened("text_only"))}


def earlier(held: Dossier) -> list[Told]:
    """What was there before it was corrected."""
    found: list[Told] = [{"field": field, "said": text} for field in KEPT for text in held.earlier(field) if text]
    return found + [{"field": "words", "said": held.opened(field)} for field in held.sealed
                    if field.startswith("was:")]


def consents(held: Dossier) -> list[Told]:
    """To whom she agreed, to what, since when, and what of it she took back."""
    units = {task.id: network.unit_said(task.unit) for task in held.tasks}
    return [{"unit": units.get(one.task_id, ""), "as": party_said(one.party), "asked": list(one.asked),
             "open_to_it": list(one.granted), "since": told_at(one.consented_at), "law": one.duty,
             "taken_back": told_at(one.withdrawn_at), "read": {group: at for group, at in one.read_at.items()}}
            for one in Referral.objects.filter(case=held.case)]


def demands(held: Dossier, looking: Collection[UUID] = ()) -> list[DemandLine]:
    """What she asked about her information in this case, the newest first. It must be looked at. ``looking``: the rows
    of the member of staff who looks."""
    asks = held.matter.asks
    return [DemandLine(one.ref, one.kind, catalogue.said(asks[one.about]) if one.about in asks else "",
                       said_of(held, one), one.state, one.asked_at, one.due_at, one.decided_at,
                       held.opened(f"decided:{one.id}"), one.entered_by_id in looking)
            for one in Demand.objects.filter(case=held.case).order_by("-asked_at", "id")]


def said_of(held: Dossier, demand: Demand) -> str:
    """How she says it should be, in words."""
    text = held.opened(f"demand:{demand.id}")
    if demand.kind == Demand.Kind.RELATIVE:
        return relative_said(json.loads(text)) if text else ""
    ask = held.matter.asks.get(demand.about)
    if ask is None or not text:
        return text
    answer = flow.read_answer(ask, json.loads(text))
    return "" if answer is None else flow.answer_text(ask, answer, english=not catalogue.speaks_chinese())


#: What a relative's demand says, line by line; the words of the choices as they are shown.
RELATIVE = {"name": _("Who asks"), "relation": _("Related as"), "state": _("What is so"),
            "wish": _("What is asked for"),
            "why": _("What for"), "proof": _("What was shown"), "otherwise": _("What the person had arranged")}
CHOSEN = {"died": _("The person has died"), "helpless": _("The person cannot act alone"),
          "see": _("To see it or have a copy"), "correct": _("To have it put right"), "erase": _("To have it erased")}


def relative_said(told: dict[str, str]) -> str:
    """What a relative asks, in lines for people."""
    colon = "：" if catalogue.speaks_chinese() else ": "
    said = told | {field: str(CHOSEN.get(told[field], told[field])) for field in ("state", "wish")}
    return "\n".join(f"{label}{colon}{said[field]}" for field, label in RELATIVE.items() if said.get(field))


def told_at(at: datetime | None) -> str:
    """A moment in plain data."""
    return at.isoformat(timespec="minutes") if at is not None else ""


def her_demands(entry: bytes) -> list[DemandLine]:
    """What she asked so far. Raises Unseen."""
    with door.open(door.Asker(door=entry)):
        return demands(Dossier(access.one(door.asker())))


def demands_on(asker: door.Asker, typed_number: str) -> list[DemandLine]:
    """What she asked, for the unit that leads: her words come into view, so the reading is noted. Raises Unseen."""
    looking = members.selves(asker.who) if asker.who is not None else []
    with door.open(asker):
        case = access.one(asker, typed_number)
        found = demands(Dossier(case), looking)
        if any(one.written for one in found) and not free.somebody_else(case, looking):
            found = [replace(one, stuck=one.written and one.state == Demand.State.OPEN) for one in found]
        if found:
            hers = any(one.kind != Demand.Kind.RELATIVE for one in found)
            note_reading(case, asker, why="rights" if hers else "relative")
        return found


def to_decide(asker: door.Asker) -> list[Demand]:
    """The open demands in the asker's units that she may open, the one due first on top."""
    with door.open(asker):
        mine = list(Demand.objects.filter(unit_id__in=asker.units, state=Demand.State.OPEN).order_by("due_at", "id"))
        numbers = [one.number for one in mine]
        seen = set(access.visible(asker).filter(number__in=numbers).values_list("number", flat=True))
        return [one for one in mine if one.number in seen]
