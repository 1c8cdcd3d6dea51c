"""Days that she remembers later: when she knew, claimed, asked an authority. Her legal clocks are counted from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import check, stay, still
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal


def tell_days(entry: bytes, answers: Mapping[str, object], key: str) -> None:
    """Take the days she tells for questions that name an event; a day told again corrects the earlier one.

    ``answers``: as the form sends them, by question. Raises Unseen, Refusal; then nothing is changed.
    """
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        matter = catalogue.matter_of(case.declaration_id)
        told = read_days(matter, answers)
        deed_id = deed_of(case, "told_day", key, sorted(told.items()))
        if done_before(deed_id):
            return
        if not told:
            raise Refusal(_("Please choose at least one day, then send it again."))
        if case.ended:
            raise Refusal(_("This case has ended, so nothing is counted here any more. Your own dates run on all the "
                            "same: please send a new request if you still need help."))
        said = "; ".join(f"{matter.asks[name].label} {day.isoformat()}" for name, day in told.items())
        stay(case, Deed(deed_id, "told_day", still(case), words=said, answers=told))


def reply(entry: bytes, text: str, key: str) -> None:
    """She sends what a pause waits for: her words stand in the story, and our clocks run again.

    Raises Unseen, Refusal; then nothing is changed.
    """
    check(text)
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, "replied", key, text)
        if done_before(deed_id):
            return
        if not access.pauses(case).filter(ended_at=None, ground=flow.WAITING_FOR_ASKER).exists():
            raise Refusal(_("Nothing is waited for from you just now: the clocks of your case are running."))
        stay(case, Deed(deed_id, "replied", still(case), words=text))


def read_days(matter: flow.Matter, answers: Mapping[str, object]) -> dict[str, date]:
    """The days among what was sent, by question of hers. Raises Refusal."""
    found: dict[str, date] = {}
    for ask in flow.day_asks(matter):
        day = refused_as_sentence(partial(flow.read_answer, ask, answers.get(ask.key)))
        if isinstance(day, date):
            found[ask.key] = day
    return found
