"""What the person who asked sees of her case."""

from __future__ import annotations

from dataclasses import dataclass

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Demand, Pause
from baiying.cases.queries.lines import Letter, Line, lines
from baiying.cases.queries.reading import ClockView, Looks, Reading, answers, by_day, clock_views, offers_to, readings
from baiying.cases.queries.referrals import TaskLine, task_lines
from baiying.cases.queries.sheet import SheetView, sheet_for
from baiying.engine import flow
from baiying.kit import door, number
from baiying.kit.errors import Refusal
from baiying.network.models import Unit


@dataclass(frozen=True)
class Story:
    """Her case on one page."""

    case: Case
    matter: flow.Matter
    stage: flow.Stage
    unit: Unit
    words: str
    # What she answered, and what the others wrote down with a step: an offer that waits for her yes.
    answers: list[tuple[str, str]]
    written: list[tuple[str, str]]
    clocks: list[ClockView]
    lines: list[Line]
    readings: list[Reading]
    offers: tuple[flow.Offer, ...]
    tasks: list[TaskLine]
    pauses: list[Pause]
    # What was written with her, so that she tells it once.
    sheet: SheetView | None = None
    # Somebody asked for what is kept of her, saying that she has died or cannot act; nobody has decided yet.
    spoken_for: bool = False

    @property
    def number(self) -> str:
        return number.shown(self.case.number)

    @property
    def looks(self) -> list[Looks]:
        """Every opening of what she told, those of one day by one office together."""
        return by_day(self.readings)

    @property
    def consents_asked(self) -> list[TaskLine]:
        """Those whom the unit wants to bring in, if she agrees."""
        return [task for task in self.tasks if task.proposed]

    @property
    def letters(self) -> list[Letter]:
        """The letters in her story, oldest first."""
        return [line.letter for line in self.lines if line.letter is not None]

    @property
    def may_judge(self) -> bool:
        """Whether her word is waited for."""
        return self.case.stage in flow.WAITING

    @property
    def may_withdraw(self) -> bool:
        return not self.case.ended and not self.may_judge

    @property
    def hidden(self) -> bool:
        """Whether the page keeps a neutral title and offers the quick exit."""
        return self.matter.safe or self.case.danger


def entry_for(typed_number: str, typed_code: str) -> bytes | None:
    """The entry that this number and code open together, or nothing: one answer for every kind of failure."""
    try:
        entry = number.entry(number.read(typed_number), number.read_code(typed_code))
    except Refusal:
        return None
    with door.open(door.Asker(door=entry)):
        return entry if access.visible(door.asker()).exists() else None


def story(entry: bytes) -> Story:
    """The case that this entry opens. Raises Unseen."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker())
        held = Dossier(case)
        matter = held.matter
        hers = frozenset(key for key, ask in matter.asks.items() if ask.by == flow.ASKER)
        return Story(
            case=case, matter=matter, stage=flow.stage_of(matter, case.stage), unit=case.unit,
            words=case.words or held.texts.get("words", ""), answers=answers(held, only=hers),
            written=answers(held, only=frozenset(matter.asks) - hers), clocks=clock_views(held),
            lines=lines(held), readings=readings(case), offers=offers_to(held, door.asker()), tasks=task_lines(held),
            pauses=held.pauses, sheet=sheet_for(held),
            spoken_for=Demand.objects.filter(case=case, kind=Demand.Kind.RELATIVE, state=Demand.State.OPEN).exists(),
        )
