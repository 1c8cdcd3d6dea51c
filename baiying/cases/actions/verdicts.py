"""Her verdict when it comes by telephone or on paper. Never written down by anybody who had a hand in the case."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, effects
from baiying.cases.actions.judge import NO_ANSWERS, Word, take_word
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import end_task, open_task
from baiying.cases.models import Case, Task
from baiying.cases.queries import above, free
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal

WAYS = {"phone": "told_by_phone", "paper": "told_on_paper"}


def record_verdict(asker: door.Asker, number: str, verdict: str, contacted: bool | None, via: str, words: str,
                   key: str, asks: Mapping[str, object] = NO_ANSWERS) -> None:
    """Write down the word she gave by telephone or on paper; it stands in her story as recorded, by whom and how, and
    she can change it.

    Only the level above or a call-back desk may, and no unit that led the case, worked in it or entered it, nor
    anybody who made a move in it. ``via``: phone or paper. Raises Unseen, Refusal; then nothing is changed.
    """
    if via not in WAYS:
        raise Refusal(_("Please say how she gave her word: by telephone or on paper."))
    word = Word(verdict, contacted, words, asks)
    wide = above.with_reach(asker)
    with door.open(wide):
        case, tasks = above.to_call_back(wide, asker, number, lock=True)
        deed_id = deed_of(case, "record", asker.who, key, via, *word.said())
        if done_before(deed_id):
            return
        unit = above.recorder(case, asker, tasks)
        above.check_waits(case)
        step = flow.Step(to="", marks=(WAYS[via],), moved=False)
        for task in tasks:
            if task.state == Task.State.OPEN:
                end_task(task, case, Task.State.DONE)
        take_word(case, word, Deed(deed_id, "recorded", step, words=words, reason=verdict, party=flow.UPPER, unit=unit))
        effects.cause("tell_her", case, catalogue.matter_of(case.declaration_id))


def ask_call_back(asker: door.Asker, number: str, text: str, key: str) -> None:
    """The unit that leads asks the level above to hear her verdict by telephone or on paper, because it may not write
    it down itself. Raises Unseen, Refusal."""
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        above.check_waits(case)
        unit = free.upper_of(case.unit, free.recused(case))
        if unit is None:
            raise Refusal(_("No unit stands above yours here, so there is nobody to call her back. "
                            "She can give her word herself with her number and query code at any time."))
        if not open_call_backs(case):
            open_task(case, Task.Kind.CALL_BACK, unit, key=f"{asker.who}:{key}", text=text)


def open_call_backs(case: Case) -> list[Task]:
    """The call backs that somebody has still to make. The case must be looked at."""
    return list(access.tasks_of(case).filter(kind=Task.Kind.CALL_BACK, state=Task.State.OPEN))
