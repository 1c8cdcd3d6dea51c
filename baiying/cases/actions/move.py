"""The next step of a case, made by whoever has it: the lead's people, a party brought in, or she."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import Deed, carry_out, deed_of, done_before
from baiying.cases.dossier import Dossier
from baiying.cases.facts import facts_of, own_marks, played, roles_in, working
from baiying.cases.models import Case, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal

MOST_CHARACTERS = 20_000
NO_ANSWERS: Mapping[str, object] = {}


class Stale(Refusal):
    """Somebody else changed the case since this form was made. What was typed is kept by the page."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("Somebody has moved this case since you opened the page. What you wrote is still below: "
                           "read what has changed, then send it again if it still fits."))


def move(asker: door.Asker, number: str, move_key: str, text: str, reason: str, key: str, seen_version: int,
         answers: Mapping[str, object] = NO_ANSWERS, given: bool = False) -> None:
    """Make the move of this key. Raises Unseen, Stale, Refusal; then nothing is changed.

    ``answers``: what was answered to the questions that the move needs, as the form sends them, by question.
    ``given``: on the strength of a task alone. A post that may do tasks is not thereby the lead of what its unit leads.
    """
    if len(text) > MOST_CHARACTERS:
        raise Refusal(_("Please keep the text under %(most)d characters."), most=MOST_CHARACTERS)
    with door.open(asker):
        case = (access.by_task(asker, number, (Task.Kind.WORK,), lock=True)[0] if given
                else access.led_or_given(asker, number, lock=True))
        said = sorted((name, value) for name, value in answers.items() if value)
        deed_id = deed_of(case, "move", asker.who, key, move_key, text, reason, *([said] if said else []))
        if done_before(deed_id):
            return
        if case.version != seen_version:
            raise Stale
        held, matter = Dossier(case), catalogue.matter_of(case.declaration_id)
        agreements = {name: frozenset(parties) for name, parties in case.agreed.items()}
        parts = roles_in(held, asker) - ({flow.LEAD, flow.UPPER} if given else set())
        step = refused_as_sentence(lambda: flow.step(
            matter, case.stage, move_key, parts, facts_of(held), reason or None,
            text=text, agreements=agreements, played=played(held), answers=read(matter, answers),
            own=own_marks(held, asker),
        ))
        carry_out(case, matter, by_whom(case, asker, Deed(deed_id, "moved", step, words=text, reason=reason,
                                                          answers=step.answers)))


def read(matter: flow.Matter, answers: Mapping[str, object]) -> dict[str, flow.Answer]:
    """Answers given with a move, typed by their questions. Raises flow.Refused."""
    asks = {key: matter.asks[key] for key in answers if key in matter.asks}
    told = {key: flow.read_answer(ask, answers[key]) for key, ask in asks.items()}
    return {key: answer for key, answer in told.items() if answer is not None}


def by_whom(case: Case, asker: door.Asker, deed: Deed) -> Deed:
    """The deed under the name of the party that made it, when that is neither she nor the leading unit."""
    if asker.door is not None or case.unit_id in asker.units:
        return deed
    mine = next(task for task in working(Dossier(case)) if task.unit_id in asker.units)
    return Deed(deed.id, deed.verb, deed.step, deed.words, deed.reason, mine.party, mine.unit, deed.answers)
