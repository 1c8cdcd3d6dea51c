"""Her case: the receipt, and where it stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self

from baiying.api.shapes.offered import basis_said
from baiying.api.shapes.shape import Shape, said, typeset
from baiying.cases import queries
from baiying.cases.actions import Receipt
from baiying.cases.queries import ClockView, Letter, Line, Reading, Story, Ways
from baiying.catalogue import queries as catalogue
from baiying.kit import moment, number
from baiying.network.models import Unit


class Call(Shape):
    """A telephone number that helps at once."""

    number: str
    name: str

    @classmethod
    def all(cls) -> list[Self]:
        return [cls(number=one, name=typeset(name)) for one, name in catalogue.doors()]


class UnitShape(Shape):
    """Who answers."""

    name: str
    telephone: str

    @classmethod
    def of(cls, unit: Unit) -> Self:
        return cls(name=said(unit), telephone=unit.telephone)


class ClockShape(Shape):
    """One deadline of her case."""

    label: str
    whose: Literal["hers", "ours", "other"]
    """hers: her own legal date, which runs whatever we do."""
    due_on: date | None
    """The last day in time; null: it does not run out while things stay as they are."""
    due_at: datetime | None
    days_left: int | None
    late: bool
    met_at: datetime | None
    basis: str
    """Which law or rule says so."""
    notes: list[str]

    @classmethod
    def of(cls, clock: ClockView) -> Self:
        whose: dict[str, Literal["hers", "ours", "other"]] = {"asker": "hers", "ours": "ours"}
        notes = clock.reckoning.notes_zh if catalogue.speaks_chinese() else clock.reckoning.notes
        return cls(label=said(clock.word, "label"), whose=whose.get(clock.row.owner, "other"),
                   due_on=clock.reckoning.due_on, due_at=local(clock.due_at), days_left=clock.days_left,
                   late=clock.late, met_at=local(clock.row.met_at), basis=basis_said(clock.word),
                   notes=[typeset(note) for note in notes])


class ReceiptShape(Shape):
    """Keep number and code: only both together open the case, and the code is told this once."""

    number: str
    code: str
    known: bool
    """It had been sent before with this key: it is one case."""
    unit: UnitShape
    matter: str
    protected: bool
    clocks: list[ClockShape]
    calls: list[Call]
    """Numbers to call now, where her words speak of danger or the matter is one of safety; else empty."""

    @classmethod
    def of(cls, receipt: Receipt) -> Self:
        story = queries.story(number.entry(receipt.number, receipt.code))
        return cls(number=number.shown(receipt.number), code=number.code_shown(receipt.code), known=receipt.known,
                   unit=UnitShape.of(story.unit), matter=said(story.matter), protected=story.hidden,
                   clocks=[ClockShape.of(one) for one in story.clocks], calls=Call.all() if story.hidden else [])


class LetterShape(Shape):
    label: str
    text: str

    @classmethod
    def of(cls, letter: Letter) -> Self:
        return cls(label=typeset(letter.label), text=typeset(letter.text))


class LineShape(Shape):
    """One line of the story."""

    at: datetime
    what: str
    by_you: bool
    unit: str
    party: str
    reason: str
    words: str
    letter: LetterShape | None

    @classmethod
    def of(cls, line: Line) -> Self:
        return cls(at=moment.shanghai(line.at), what=typeset(line.label), by_you=line.by_her,
                   unit="" if line.by_her else line.unit, party=typeset(line.party), reason=reason_said(line),
                   words=line.words, letter=LetterShape.of(line.letter) if line.letter else None)


class ReadingShape(Shape):
    """One opening of what she told."""

    at: datetime
    unit: str
    office: str
    why: str
    how: str
    """read, taken (took it up), handed (said who else opens it), glass (in an emergency)."""
    text: str
    """The reason that was written for an emergency; else empty."""

    @classmethod
    def of(cls, reading: Reading) -> Self:
        return cls(at=moment.shanghai(reading.at), unit=reading.unit, office=typeset(reading.role), why=reading.why,
                   how=reading.what, text=reading.text if reading.what == "glass" else "")


class AnswerShape(Shape):
    question: str
    answer: str


class MayShape(Shape):
    """What she can do now. What is not here is done on the pages."""

    judge: bool
    """POST /case/verdict: her word is waited for, or may be changed."""
    reply: bool
    """POST /case/words: something is waited for from her."""
    until: date | None
    """Until this day her word is taken and her words are kept; null while it is not answered."""

    @classmethod
    def of(cls, ways: Ways) -> Self:
        return cls(judge=ways.may_judge or ways.may_change, reply=ways.may_reply, until=ways.judge_until)


class CaseShape(Shape):
    """Where it stands, her own clocks first, and the story as she may see it."""

    number: str
    stage: str
    stage_says: str
    unit: UnitShape
    matter: str
    protected: bool
    received_at: datetime
    words: str
    answers: list[AnswerShape]
    clocks: list[ClockShape]
    story: list[LineShape]
    readings: list[ReadingShape]
    """Who opened what she told, when and why; the newest first."""
    may: MayShape
    calls: list[Call]

    @classmethod
    def of(cls, entry: bytes) -> Self:
        """The case that this entry opens. Raises Unseen."""
        story, ways = queries.story(entry), queries.her_ways(entry)
        return cls(
            number=story.number, stage=said(story.stage, "label"), stage_says=said(story.stage, "help"),
            unit=UnitShape.of(story.unit), matter=said(story.matter), protected=story.hidden,
            received_at=moment.shanghai(story.case.received_at), words=story.words, answers=answered(story),
            clocks=[ClockShape.of(one) for one in story.clocks], story=[LineShape.of(one) for one in story.lines],
            readings=[ReadingShape.of(one) for one in story.readings], may=MayShape.of(ways),
            calls=Call.all() if story.hidden else [])


def answered(story: Story) -> list[AnswerShape]:
    return [AnswerShape(question=question, answer=answer) for question, answer in story.answers]


def reason_said(line: Line) -> str:
    """The ground of a line; a day that she told stands as she told it."""
    return line.reason if line.verb == "told_day" else typeset(line.reason)


def local(at: datetime | None) -> datetime | None:
    """In Shanghai's time, as everything is shown."""
    return None if at is None else moment.shanghai(at)
