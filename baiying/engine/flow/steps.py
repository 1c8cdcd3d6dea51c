"""The way of a case through its matter: begin, what may be done now, do it, and the word of the person who asked.

Everything here is a pure function of the matter and of what the caller says; nothing remembers. The house rules that
no file can change stand here:

* Only the person who asked closes (promise 2). No move leads to `closed` or `withdrawn`; `judge` and `withdraw` do.
* "Not solved" reopens the case one level up, at its first stage, as often as `closing.times` says. After that it still
  closes nothing: the case stays where it is, with her verdict written down, goes to the level above all the same, and
  may be taken up again there. She can change her word at any time.
* Staff who answer, refuse or name another route say something to her: without text it is not taken (promise 5).
* Where several must agree, each says yes for herself; one person's yes never counts for two.
* What a move wants another person for (`other_than`) is not taken by the one who did the step before, in any post.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from baiying.engine.flow.answers import Answer, facts_of
from baiying.engine.flow.conditions import Comparison, Facts, all_hold, unknown_facts
from baiying.engine.flow.hands import NOBODY, hands_of
from baiying.engine.flow.matter import (
    ANSWERED,
    ASKER,
    CLOSED,
    ENDED,
    LEAD,
    UPPER,
    WAITING,
    WITHDRAWN,
    Ask,
    Matter,
    Move,
    stage_of,
)
from baiying.engine.flow.questions import ASK, asks_among, is_asked
from baiying.engine.flow.refusing import Refused

Verdict = Literal["solved", "partly", "not_solved"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

# Who has said yes so far: move key -> parties. Kept by the caller with the case, and only while it is in one stage.
Agreements = Mapping[str, frozenset[str]]
NO_AGREEMENTS: Agreements = {}

WITHDRAW = Move(key=WITHDRAWN, to=WITHDRAWN, by=(ASKER,), label="撤回", label_en="Withdraw", marks=(WITHDRAWN,))


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that somebody may make now, speaking as `voice`.

    `missing`: facts without which it will be refused; `asks`: the questions to be put with the move: those among the
    missing, and those of the unit itself that an earlier move answered, which may be left as they are.
    `awaits`: hands whose yes is needed, hers among them. `needs_text`: she must write what the person who asked is
    told. `another`: somebody else must take it, as this person took the step before it, or asked herself.
    """

    move: Move
    voice: str
    missing: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    another: bool = False

    @property
    def needs_text(self) -> bool:
        return self.move.to in WAITING and self.voice != ASKER


@dataclass(frozen=True, slots=True)
class Step:
    """What happens: the stage the case is in afterwards, and what that causes.

    `upper`: the leading unit is from now on the one above. `awaits`: hands whose yes is still missing; then the case
    has not moved, and `agreements` is what the caller keeps until it does. `answers`: what was answered with the move
    and counts from now on; the caller keeps it. `opens`: keys of matters she is offered next.
    """

    to: str
    marks: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    letter: str | None = None
    reopened: bool = False
    upper: bool = False
    awaits: tuple[str, ...] = ()
    agreements: Agreements = field(default_factory=dict)
    moved: bool = True
    answers: Mapping[str, Answer] = field(default_factory=dict)
    opens: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[str, ...]:
        """What clocks hear: the marks, and the stage that was entered."""
        return tuple(dict.fromkeys((*self.marks, self.to))) if self.moved else self.marks


def begin(matter: Matter) -> Step:
    """The first step of a new case."""
    return Step(to=matter.first, marks=("submitted", "received"))


def waits_for(matter: Matter, stage: str, *, played: frozenset[str] = NOBODY) -> tuple[str, ...]:
    """The hands whose turn it is (see `flow.hands`). Nobody once the case is at its end."""
    return hands_of(stage_of(matter, stage).task, played)


def moves_from(matter: Matter, stage: str) -> tuple[Move, ...]:
    """Every way on from a stage, the built-in ones too, whoever may take it."""
    if stage in ENDED:
        return ()
    if stage in WAITING:
        return (_taken_up(matter),)
    return (*matter.stages[stage].moves, WITHDRAW)


def offers(
    matter: Matter,
    stage: str,
    roles: frozenset[str],
    facts: Facts,
    agreements: Agreements = NO_AGREEMENTS,
    *,
    played: frozenset[str] = NOBODY,
    own: frozenset[str] = NOBODY,
) -> tuple[Offer, ...]:
    """The moves that a person with these roles in the case may make now, in the order of the file.

    `played`: the parties with an open task of their own; the lead speaks for the others. `own`: the marks that this
    very person made last. A move whose condition fails,
    or to which she has already said yes, is not offered. One whose condition is not known is offered with the facts
    that would settle it among its `missing`.
    """
    found = []
    for move in moves_from(matter, stage):
        awaits = _awaited(move, agreements.get(move.key, NOBODY), played)
        voice = _voice(move, roles, agreements.get(move.key, NOBODY), awaits, played)
        if voice is None or all_hold(move.when, facts) is False:
            continue
        if move.when and stage in WAITING and all_hold(move.when, facts) is None:
            continue  # no word of hers yet: nothing to take up again
        missing = _missing(matter, move, facts)
        asks = asks_among(matter, dict.fromkeys((*missing, *_asked_anew(matter, move, voice, facts))))
        found.append(Offer(move, voice, missing, awaits, asks, bool(own.intersection(move.other_than))))
    return tuple(found)


def step(
    matter: Matter,
    stage: str,
    move_key: str,
    roles: frozenset[str],
    facts: Facts,
    reason: str | None = None,
    *,
    text: str = "",
    agreements: Agreements = NO_AGREEMENTS,
    played: frozenset[str] = NOBODY,
    answers: Mapping[str, Answer] | None = None,
    own: frozenset[str] = NOBODY,
) -> Step:
    """Make a move, or raise Refused with the sentence that says why not.

    `answers`: typed answers given with the move. Only those to questions that the offer asks count; nobody overwrites
    what she said by answering it again with a move.
    """
    offer = _offered(matter, stage, move_key, roles, facts, agreements, played)
    if own.intersection(offer.move.other_than):
        raise _wants_another()
    given = {ask.key: answers[ask.key] for ask in offer.asks if answers and ask.key in answers}
    if given:
        facts = {**facts, **facts_of(given)}
        if all_hold(offer.move.when, facts) is False:
            raise Refused(
                "照这个回答, 这一步不适用, 请看看其他步骤。",
                "With this answer the step does not apply. Please look at the other steps.",
            )
        offer = _offered(matter, stage, move_key, roles, facts, agreements, played)
    move = offer.move
    if offer.missing:
        raise _lacking(offer)
    if move.reasons and reason not in {option.label for option in move.reasons}:
        raise Refused("请从列表中选一个理由。", "Choose a reason from the list.")
    if offer.needs_text and not text.strip():
        raise Refused("请写明要告诉本人的话。", "Write what the person who asked is to be told.")
    awaits = tuple(role for role in offer.awaits if role != offer.voice)
    if awaits:
        said = agreements.get(move.key, NOBODY) | {offer.voice}
        return Step(to=stage, awaits=awaits, agreements={**agreements, move.key: said}, moved=False, answers=given)
    return replace(_taken(move, from_stage=stage), answers=given)


def withdraw(matter: Matter, stage: str) -> Step:
    """The person who asked takes her request back, from any stage in which somebody is still working on it."""
    return step(matter, stage, WITHDRAW.key, frozenset({ASKER}), {})


def judge(matter: Matter, verdict: Verdict, times_reopened: int, stage: str = ANSWERED) -> Step:
    """The word of the person who asked, about a case in one of the waiting stages.

    `times_reopened`: how often her word has reopened this case before. Raises Refused for another word or stage.
    """
    if verdict not in VERDICTS:
        raise Refused("请选择: 已解决、部分解决或未解决。", "Choose: solved, partly solved or not solved.")
    if stage not in WAITING:
        raise Refused("还没有答复, 现在不用评。", "There is no answer to judge yet.")
    if verdict != "not_solved":
        return Step(to=CLOSED, marks=(verdict, CLOSED))
    if times_reopened >= matter.closing.times:
        return Step(to=stage, marks=("not_solved",), upper=True, moved=False)
    return Step(to=reopens_at(matter), marks=("not_solved", "reopened"), reopened=True, upper=True)


def _taken_up(matter: Matter) -> Move:
    return Move(
        key="taken_up",
        to=reopens_at(matter),
        by=(LEAD, UPPER),
        label="重新办理",
        label_en="Take it up again",
        when=(Comparison("case.verdict", "is", "not_solved"),),
        marks=("reopened",),
    )


def _taken(move: Move, from_stage: str) -> Step:
    return Step(
        to=move.to,
        marks=move.marks,
        effects=move.then,
        letter=move.letter or None,
        reopened=from_stage in WAITING,
        opens=move.opens,
        upper=move.up,
    )


def reopens_at(matter: Matter) -> str:
    """The stage in which a case begins again, one level up."""
    return matter.first if matter.closing.reopen == UPPER else matter.closing.reopen


def _awaited(move: Move, given: frozenset[str], played: frozenset[str]) -> tuple[str, ...]:
    """The hands whose yes is still missing. A party that has spoken itself need not be spoken for."""
    open_ = (party for party in move.agree if party not in given)
    return tuple(hand for hand in hands_of(open_, played) if hand not in given)


def _voice(
    move: Move, roles: frozenset[str], given: frozenset[str], awaits: tuple[str, ...], played: frozenset[str]
) -> str | None:
    """The one part in which these roles may speak about this move, or None."""
    if move.agree:
        # Somebody holding two of the roles still has one voice: having spoken in one, she is done.
        return None if roles & given else next((hand for hand in awaits if hand in roles), None)
    return next((hand for hand in hands_of(move.by, played) if hand in roles), None)


def _missing(matter: Matter, move: Move, facts: Facts) -> tuple[str, ...]:
    """What is not there yet. A question that is not asked in this case keeps nobody waiting."""
    absent = [name for name in move.needs if facts.get(name) in (None, "", (), []) and _applies(matter, name, facts)]
    return tuple(dict.fromkeys([*absent, *unknown_facts(move.when, facts)]))


def _asked_anew(matter: Matter, move: Move, voice: str, facts: Facts) -> Iterator[str]:
    """What the unit itself answers is asked again each time the move is made, and may be left as it is: a hearing is
    put off twice, a track changes twice. What she said is never overwritten so, nor does she answer for the unit."""
    for ask in asks_among(matter, move.needs if voice != ASKER else ()):
        if ask.by != ASKER and is_asked(ask, facts):
            yield f"{ASK}{ask.key}"


def _applies(matter: Matter, name: str, facts: Facts) -> bool:
    ask = matter.asks.get(name.removeprefix(ASK)) if name.startswith(ASK) else None
    return ask is None or is_asked(ask, facts)


def _offered(
    matter: Matter,
    stage: str,
    move_key: str,
    roles: frozenset[str],
    facts: Facts,
    agreements: Agreements,
    played: frozenset[str],
) -> Offer:
    made = offers(matter, stage, roles, facts, agreements, played=played)
    offer = next((one for one in made if one.move.key == move_key), None)
    if offer is None:
        raise Refused(
            "这一步现在不能由您来办, 请刷新页面看看办到了哪一步。",
            "You cannot take this step now. Reload the page to see where the case stands.",
        )
    return offer


def _wants_another() -> Refused:
    return Refused(
        "这一步要由另一个人来办: 前面一步是您办的, 或者这件事是您自己申请的。请同事接着办, 您换个岗位也不行。",
        "Somebody else must take this step: you took the one before it, or you asked for this yourself. Please let a "
        "colleague go on; another post of your own will not do.",
    )


def _lacking(offer: Offer) -> Refused:
    """The sentence that names what is missing: questions by their label, other facts by their name."""
    labels = {f"{ASK}{ask.key}": (ask.label, ask.label_en or ask.label) for ask in offer.asks}
    said = [labels.get(name, (name, name)) for name in offer.missing]
    return Refused(
        f"还缺少材料或情况: {'、'.join(zh for zh, _ in said)}。",
        f"Something is still missing: {', '.join(en for _, en in said)}.",
    )
