"""Papers of a request: she hands them in, a person looks at each and accepts it or says in plain words why not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from baiying.cases import access as case_access
from baiying.cases.actions.files import keep
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import seal
from baiying.cases.models import Case
from baiying.catalogue.promised import promised
from baiying.engine import flow
from baiying.kit import chance, door, log, moment, queue
from baiying.kit.errors import Refusal, Unseen
from baiying.services import asking
from baiying.services.actions import proving
from baiying.services.answers import value_of
from baiying.services.models_requests import Look
from baiying.services.queries.requests import WAITING, Standing, of_case
from baiying.services.words import Looked


def hand_in(asker: door.Asker, paper: str, name: str, content: bytes, number: str | None = None) -> str:
    """One paper comes in: from her, or from the unit that leads when she brought it there. Gives the file's name on
    pages. Raises Unseen, NotTaken, Refusal; then nothing is kept."""
    with door.open(asker):
        case, standing = opened(asker, number)
        if paper not in {one.key for one in asking.papers_of(standing.service)}:
            raise Unseen
        if case.ended or case.stage in flow.WAITING:
            raise Refusal(
                _(
                    "This request has been answered. If the answer is not right, say so with your word; then "
                    "papers can come in again."
                )
            )
        row = keep(case, asker, name, content, kind=paper, side=flow.ASKER if asker.door is not None else "")
        return row.ref


def look(asker: door.Asker, number: str, paper: str, found: str, reason: str = "", ref: str = "") -> None:
    """A person accepts a paper, or sends it back with a reason that she reads. ``ref``: the file that was looked at.

    Raises Unseen, Refusal; then nothing is written. The same look twice is once. Where she asked for it, what the paper
    proves of her is kept then (`proving.keep`).
    """
    _look(asker, number, paper, found, reason, ref)
    proving.keep(asker, number)


def _look(asker: door.Asker, number: str, paper: str, found: str, reason: str, ref: str) -> None:
    with door.open(asker):
        case, standing = opened(asker, number)
        refuse_own(case, asker)
        line = next((one for one in standing.papers if one.paper.key == paper), None)
        if line is None or not line.files or asker.who is None or found not in Looked.values:
            raise Unseen
        if ref and line.files[-1].ref != ref:
            raise Refusal(_("She has handed in another one meanwhile. Please look at that one."), status=409)
        if found == Looked.SENT_BACK and not reason.strip():
            raise Refusal(_("Write in plain words what is wrong with this paper and what she can do: she reads it."))
        if line.state == found:
            return
        turn = 1 + Look.objects.filter(case=case.id, paper=paper).count()
        row = Look(id=chance.uuid_for(f"{case.id}:{paper}:{turn}", "look"), case=case.id, district=case.district,
                   paper=paper, file=line.files[-1].id, found=found, by=asker.who, at=moment.now())  # fmt: skip
        row.save(force_insert=True)
        if found == Looked.SENT_BACK:
            seal(case, f"look:{row.id}", reason.strip())
            queue.later("tell_her", case=str(case.id))
        log.write(f"request.paper_{found}", case.id, asker.name, {"look": str(row.id)}, case.wrapped)


def correct(asker: door.Asker, number: str, facts: Mapping[str, list[str]], answers: Mapping[str, object]) -> None:
    """The unit puts down what the papers say where it differs from what she wrote, and answers its own questions.

    Raises Unseen, Refusal with the first sentence; then nothing is changed. She sees both values on her page.
    """
    _correct(asker, number, facts, answers)
    proving.keep(asker, number)


def _correct(
    asker: door.Asker, number: str, facts: Mapping[str, list[str]], answers: Mapping[str, object]
) -> None:
    with door.open(asker):
        case, standing = opened(asker, number)
        refuse_own(case, asker)
        words = promised().facts
        known = standing.unit_said
        values: dict[str, Any] = dict(known["facts"])
        for name, typed in facts.items():
            if name in words and any(one.strip() for one in typed):
                values[name] = value_of(words[name], typed)
        said = dict(known["answers"])
        for ask in asking.unit_asks_of(standing.service):
            answer = refused_as_sentence(lambda one=ask: flow.read_answer(one, answers.get(one.key)))  # type: ignore[misc]
            if answer is not None:
                said[ask.key] = answer
        text = json.dumps({"facts": values, "answers": said}, ensure_ascii=False, default=str)
        if text != standing.held.opened(asking.UNIT_FIELD):
            seal(case, standing.held.corrected_name(asking.UNIT_FIELD), text)
            log.write("request.corrected", case.id, asker.name, {}, case.wrapped)


def opened(asker: door.Asker, number: str | None) -> tuple[Case, Standing]:
    """The request of a case, locked and looked at. Raises Unseen for a case that is none, or was erased."""
    case = case_access.one(asker, number, lock=True)
    standing = of_case(case) if case.key is not None else None
    if standing is None:
        raise Unseen
    return case, standing


def refuse_own(case: Case, asker: door.Asker) -> None:
    """Nobody looks at her own papers."""
    if asker.who is not None and case.asker_id == asker.who:
        raise Refusal(_("This request is your own, so somebody else looks at it."))


def waits(standing: Standing) -> int:
    """How many papers wait to be looked at."""
    return sum(one.state == WAITING for one in standing.papers)
