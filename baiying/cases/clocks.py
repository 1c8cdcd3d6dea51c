"""From declared clocks to rows and back to explanations: the one place where cases meet the engine's clock.

Pauses and extensions are applied here and nowhere else. They move clocks of ours alone: what runs against her, or is
an outside body's, is reckoned as if nothing had been paused or granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.facts import facts_of, history_of
from baiying.cases.models import Case, Clock, Extension, Pause
from baiying.catalogue import queries as catalogue
from baiying.engine import clock as engine
from baiying.engine import flow
from baiying.engine.clock import Reckoning, Rule
from baiying.engine.flow import ClockWord
from baiying.kit import chance, door, moment

OURS, ASKER = "ours", "asker"


@dataclass(frozen=True)
class Given:
    """The pauses of a case and the time that was granted to its clocks."""

    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    # What started a limitation of hers anew, by clock.
    interruptions: Mapping[str, tuple[engine.Interruption, ...]] = field(default_factory=dict)

    def pauses_of(self, word: ClockWord) -> tuple[engine.Pause, ...]:
        """How this clock stood still: clocks of ours of kind deadline only (the engine says why)."""
        if word.owner != OURS or word.kind != "deadline":
            return ()
        return tuple(still(one) for one in self.pauses)

    def extensions_of(self, word: ClockWord, since: datetime) -> tuple[engine.Extension, ...]:
        """What was granted to this run of the clock; a run that began later has its own time."""
        if word.owner != OURS:
            return ()
        return tuple(engine.Extension(Rule.parse(one.length), one.reason, one.reason) for one in self.extensions
                     if one.clock == word.key and one.granted and one.asked_at >= since)


NOTHING = Given()


def given(held: Dossier) -> Given:
    """What moves the clocks of this case."""
    return Given(tuple(held.pauses), tuple(one for one in held.extensions if one.granted))


def still(pause: Pause) -> engine.Pause:
    """A pause as the engine knows it: from its instant to the end of its last day, or to when it was ended."""
    ground = flow.PAUSE_GROUNDS.get(pause.ground)
    why, why_zh = (ground.label_en, ground.label) if ground else ("", "")
    over = day_after(pause.until)
    ended = min(pause.ended_at, over) if pause.ended_at is not None else over
    return engine.Pause(pause.since, max(ended, pause.since), why, why_zh)


def day_after(day: date) -> datetime:
    """The first instant after a day in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), moment.SHANGHAI)


def begin(case: Case, word: ClockWord, at: datetime | date, held: Given = NOTHING) -> Clock:
    """A clock that starts now (or on the day the person told), due by the calendar in force. Not yet stored.

    ``held``: what the case was given so far; a new case was given nothing.
    """
    row = Clock(
        id=chance.uuid_for(f"{case.id}:{case.version}:{word.key}:{at.isoformat()}", "clock"),
        case=case, name=word.key, owner=word.owner, started_at=engine.instant(at),
    )
    recount(row, word, held)
    return row


def recount(row: Clock, word: ClockWord, held: Given) -> bool:
    """Bring a clock to the calendar in force and to all that was given; says whether its end moved. Not stored.

    Rungs that were climbed stay climbed, unless the end moved so that they lie ahead again.
    """
    before = row.due_at
    found = reckoned(word, row.started_at, held)
    row.due_at, row.provisional, row.calendar = found.due_at, found.provisional, found.calendar_version
    now, ladder = moment.now(), ladder_of(row, word)
    row.rung = min(row.rung, sum(1 for rung in ladder if rung.at <= now))
    row.next_rung_at = ladder[row.rung].at if row.rung < len(ladder) else None
    if row.due_at != before and row.due_at is not None and row.due_at > now:
        row.told_late = False
    return row.due_at != before


def reckoned(word: ClockWord, at: datetime | date, held: Given = NOTHING) -> Reckoning:
    """The reckoning of a declared clock from a start, by the calendar in force."""
    if word.kind == "limitation":
        return engine.reckon_limitation(word.rule, at, catalogue.calendar(),
                                        interruptions=held.interruptions.get(word.key, ()))
    return engine.reckon(word.rule, at, catalogue.calendar(), pauses=held.pauses_of(word),
                         extensions=held.extensions_of(word, engine.instant(at)))


def ladder_of(row: Clock, word: ClockWord) -> tuple[flow.Rung, ...]:
    """The rungs before this clock's end, the first on top. An outside body's clock has none: nobody here can hurry it.

    A clock that counts back from a day is climbed from when the case came in: it starts after its own end.
    """
    if row.due_at is None or row.owner not in (OURS, ASKER):
        return ()
    since = min(row.started_at, row.case.received_at) if word.kind == "backward" else row.started_at
    return flow.rungs(since, row.due_at, word.warn)


def end_pause(case: Case) -> None:
    """Close the pause that runs: now, or at the end of its last day if that is over. Clocks are not reckoned yet, the
    case is not stored; both are the caller's. The case must be locked."""
    for one in access.pauses(case).filter(ended_at=None):
        one.ended_at = min(moment.now(), day_after(one.until))
        one.save(update_fields=["ended_at"])
    case.paused_until = None


KEPT = ["due_at", "provisional", "calendar", "rung", "next_rung_at", "told_late"]


def reckon_again(case: Case) -> list[Clock]:
    """Every running clock of ours, reckoned anew from its own start with all that was given; hers are not touched.

    Stores the clocks and sets the case's next one (the caller saves the case). Gives those whose end moved. The case
    must be locked and looked at.
    """
    return count_again(case, access.clocks(case).filter(met_at=None, owner=OURS), given(Dossier(case)))


def count_by_new_calendar(case: Case) -> list[Clock]:
    """Every running clock, whosever it is, by the calendar in force. Otherwise as `reckon_again`."""
    dossier = Dossier(case)
    held = replace(given(dossier), interruptions=interruptions_of(states_of(dossier)))
    return count_again(case, access.clocks(case).filter(met_at=None), held)


def count_again(case: Case, rows: Iterable[Clock], held: Given) -> list[Clock]:
    """Reckon these running clocks anew and store them. Gives those whose end moved."""
    words, moved = catalogue.matter_of(case.declaration_id).clocks, []
    for row in rows:
        row.case = case
        if recount(row, words[row.name], held):
            moved.append(row)
        row.save(update_fields=KEPT)
    case.next_due_at, case.next_clock = nearest(access.clocks(case))
    return moved


def states_of(held: Dossier) -> dict[str, flow.ClockState]:
    """Where the case's clocks stand by its whole history."""
    return flow.clocks_after(held.matter, history_of(held, held.answers), facts_of(held))


def follow(case: Case, matter: flow.Matter, states: Mapping[str, flow.ClockState], at: datetime) -> None:
    """Bring the rows of a case's clocks to what its history says (`flow.clocks_after`): start, meet, start anew.

    A run that the history no longer knows (it began anew, or its condition fails) ends now. The case must be locked
    and looked at; it is not saved.
    """
    again = stands_no_more(case)
    held = replace(given(Dossier(case)), interruptions=interruptions_of(states))
    rows = {(row.name, row.started_at): row for row in access.clocks(case)}
    present = {(key, engine.instant(state.start)): state for key, state in states.items()}
    begun = []
    for place, state in present.items():
        row = rows.get(place)
        if row is None:
            row = rows[place] = begin(case, matter.clocks[place[0]], state.start, held)
            begun.append(row)
        elif (state.interruptions or (again and row.met_at is None)) and recount(row, matter.clocks[place[0]], held):
            row.save(update_fields=KEPT)
        if row.met_at is None and state.met_at is not None:
            meet(row, engine.instant(state.met_at), stored=row not in begun)
    for place, row in rows.items():
        if row.met_at is None and (place not in present or (case.ended and row.owner == OURS)):
            meet(row, at, stored=row not in begun)
    Clock.objects.bulk_create(begun)
    case.next_due_at, case.next_clock = nearest(rows.values())


def stands_no_more(case: Case) -> bool:
    """End a pause that has nothing left to wait for: the case is answered or at its end, or she for whom it waited has
    spoken. Says whether one ended."""
    if case.paused_until is None:
        return False
    spoken = door.asker().door is not None and access.pauses(case).filter(
        ended_at=None, ground=flow.WAITING_FOR_ASKER).exists()
    if not (spoken or case.ended or case.stage in flow.WAITING):
        return False
    end_pause(case)
    return True


def meet(row: Clock, at: datetime, stored: bool = True) -> None:
    """The clock runs no longer."""
    row.met_at = at
    if stored:
        row.save(update_fields=["met_at"])


def interruptions_of(states: Mapping[str, flow.ClockState]) -> dict[str, tuple[engine.Interruption, ...]]:
    """What started limitations anew, by clock."""
    return {key: state.interruptions for key, state in states.items() if state.interruptions}


def nearest(clocks: Iterable[Clock]) -> tuple[datetime | None, str]:
    """Which of our clocks runs out first, and when; nothing when none is running."""
    running = [one for one in clocks if one.owner == OURS and one.met_at is None and one.due_at is not None]
    first = min(running, key=lambda one: one.due_at or one.started_at, default=None)
    return (first.due_at, first.name) if first else (None, "")


def running_of(rows: Sequence[Clock]) -> frozenset[str]:
    """The names of the clocks that run."""
    return frozenset(one.name for one in rows if one.met_at is None)
