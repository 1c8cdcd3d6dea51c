"""When an answer waits for her word: since when, until when her word is taken, and what is asked with it.

Only she closes (promise 2). What stands here says how long the house waits for her, and that silence is never a yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext_lazy as _

from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.models import Case
from baiying.cases.queries.ends import is_over
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.clock import reckon
from baiying.kit import moment
from baiying.kit.errors import Refusal

NEVER = "never"  # what a matter's `closing.shelf` says when silence is not to be shelved


def follow(case: Case, matter: flow.Matter, at: datetime) -> None:
    """Bring what waits for her into step with the stage just entered. Not stored: the caller saves the case."""
    if case.stage in flow.WAITING:
        answered(case, matter, at)
    elif case.stage in flow.ENDED:
        heard(case)
        case.kept_until = case.kept_until or last_day(matter, at)
    else:
        heard(case)
        case.kept_until = None


def answered(case: Case, matter: flow.Matter, at: datetime) -> None:
    """An answer has come: her word is waited for from now on, and taken until the day she is shown."""
    case.answered_at, case.reminded, case.unrated = at, 0, False
    case.kept_until = last_day(matter, at)


def heard(case: Case) -> None:
    """Her word has come, or the case goes on without it: nobody reminds her of anything any more."""
    case.answered_at, case.reminded, case.unrated = None, 0, False


def last_day(matter: flow.Matter, at: datetime) -> date:
    """The last day on which her word is taken and her words are kept, by the matter's `keep`."""
    day = reckon(matter.keep_rule, moment.shanghai(at).date(), catalogue.calendar()).due_on
    assert day is not None  # a length of time from a day always ends
    return day


def still_taken(case: Case) -> None:
    """Refuse a word that comes after the day she was shown. Raises Refusal."""
    if is_over(case):
        raise Refusal(_("This request was kept until the day shown on its page. That day has passed and what was told "
                        "has been erased, so nothing can be added. If you still need help, please send a new request."))


def read_answers(matter: flow.Matter, given: Mapping[str, object]) -> dict[str, flow.Answer]:
    """Her answers to the closing questions, typed; none of them has to be answered. Raises Refusal."""
    found: dict[str, flow.Answer] = {}
    for ask in flow.closing_asks(matter):
        answer = refused_as_sentence(partial(flow.read_answer, ask, given.get(ask.key)))
        if answer is not None:
            found[ask.key] = answer
    return found
