"""The word of the person who asked: solved, partly, not solved; or she takes her request back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.step import Deed, carry_out, deed_of, done_before
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal

MOST_CHARACTERS = 5_000


def judge(entry: bytes, verdict: str, contacted: bool | None, why: str, key: str) -> None:
    """Write down her verdict. "Not solved" reopens the case one level up; only her word closes it (promise 2).

    ``contacted``: her word on whether somebody contacted her in time. Raises Unseen, Refusal.
    """
    if len(why) > MOST_CHARACTERS:
        raise Refusal(_("Please keep your words under %(most)d characters."), most=MOST_CHARACTERS)
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, "judge", key, verdict, contacted, why)
        if done_before(deed_id):
            return
        matter = catalogue.matter_of(case.declaration_id)
        step = refused_as_sentence(lambda: flow.judge(matter, verdict, case.times_reopened, case.stage))  # type: ignore[arg-type]
        if step.reopened:
            case.times_reopened += 1
        case.contacted = contacted
        carry_out(case, matter, Deed(deed_id, "judged", with_her_word(step, contacted), words=why, reason=verdict))
        case.verdict = verdict
        case.save(update_fields=["verdict"])


def with_her_word(step: flow.Step, contacted: bool | None) -> flow.Step:
    """The step with her word on the contact among its marks, so that a later word does not cover it."""
    if contacted is None:
        return step
    return replace(step, marks=(*step.marks, "contacted_in_time" if contacted else "not_contacted_in_time"))


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


def refused_as_sentence(work: Callable[[], flow.Step]) -> flow.Step:
    """The engine refuses in two languages; the kit shows the reader's."""
    try:
        return work()
    except flow.Refused as refused:
        raise Refusal(refused.zh if catalogue.speaks_chinese() else refused.en) from None
