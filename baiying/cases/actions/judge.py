"""The word of the person who asked: solved, partly, not solved; or she takes her request back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions import closing
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import Deed, carry_out, deed_of, done_before, guard
from baiying.cases.actions.tasks import drop_tasks
from baiying.cases.models import Case, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal

MOST_CHARACTERS = 5_000
NO_ANSWERS: Mapping[str, object] = {}
STAYS = flow.Step(to="", moved=False)  # in place of a step that is found later


@dataclass(frozen=True)
class Word:
    """Her word at the end: the verdict, whether somebody contacted her in time, why, and answers to `closing.asks`."""

    verdict: str
    contacted: bool | None = None
    why: str = ""
    asks: Mapping[str, object] = field(default_factory=dict)

    def said(self) -> tuple[object, ...]:
        """All of it, for the identity of the deed; what was not answered changes no identity."""
        answered = sorted((key, value) for key, value in self.asks.items() if value not in (None, "", [], ()))
        return (self.verdict, self.contacted, self.why, *([answered] if answered else []))


def judge(entry: bytes, verdict: str, contacted: bool | None, why: str, key: str,
          asks: Mapping[str, object] = NO_ANSWERS) -> None:
    """Write down her verdict. "Not solved" reopens the case one level up; only her word closes it (promise 2).

    She can change her word until the day she is shown (`Case.kept_until`), also one that was recorded for her.
    ``contacted``: her word on whether somebody contacted her in time. ``asks``: her answers to the questions of
    `closing.asks`, as the form sends them. Raises Unseen, Refusal.
    """
    word = Word(verdict, contacted, why, asks)
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, "judge", key, *word.said())
        if not done_before(deed_id):
            take_word(case, word, Deed(deed_id, "judged", STAYS, words=why, reason=verdict))


def take_word(case: Case, word: Word, deed: Deed) -> None:
    """Let her word take effect; ``deed`` says who wrote it down, its step is found here. The case must be locked."""
    if len(word.why) > MOST_CHARACTERS:
        raise Refusal(_("Please keep your words under %(most)d characters."), most=MOST_CHARACTERS)
    closing.still_taken(case)
    matter = catalogue.matter_of(case.declaration_id)
    answers = closing.read_answers(matter, word.asks)
    # A word that was given is judged anew as if the answer still waited for it.
    stage = flow.ANSWERED if case.stage == flow.CLOSED else case.stage
    step = refused_as_sentence(lambda: flow.judge(matter, word.verdict, case.times_reopened, stage))  # type: ignore[arg-type]
    if step.reopened:
        case.times_reopened += 1
    case.contacted, case.verdict = word.contacted, word.verdict
    closing.heard(case)
    if catalogue.danger(word.why):  # her own words, whoever wrote them down
        guard(case)
    drop_tasks(case, [Task.Kind.CALL_BACK])  # nobody has to ask her for it any more
    carry_out(case, matter, replace(deed, step=with_her_word(step, word.contacted, deed.step.marks), answers=answers))


def with_her_word(step: flow.Step, contacted: bool | None, how: tuple[str, ...] = ()) -> flow.Step:
    """The step with her word on the contact among its marks, which no later word covers, and how it came."""
    said = () if contacted is None else ("contacted_in_time" if contacted else "not_contacted_in_time",)
    return replace(step, marks=(*step.marks, *said, *how))


def withdraw(entry: bytes, key: str) -> None:
    """She takes her request back; it ends, and counts as neither solved nor refused. Raises Unseen, Refusal."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, "withdraw", key)
        if done_before(deed_id):
            return
        matter = catalogue.matter_of(case.declaration_id)
        step = refused_as_sentence(lambda: flow.withdraw(matter, case.stage))
        carry_out(case, matter, Deed(deed_id, "withdrawn", step))
