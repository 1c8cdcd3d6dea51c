"""The draft of the box: kept on the server behind the session, dropped when sent, thrown away or left quickly."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from baiying.kit import draft
from baiying.web import papers
from baiying.web.forms.need import ANSWERS, DRAFT_FIELDS
from baiying.web.forms.questions import raw_answers

NAME, PAPERS = "need", "papers"
Draft = dict[str, Any]  # by field; the answers to a matter's questions under ANSWERS, by question


def keep(request: HttpRequest) -> bool:
    """Keep what came in the form's fields; says whether there is anything to keep. Raises Refusal when too long."""
    written: Draft = {name: request.POST.get(name, "") for name in DRAFT_FIELDS}
    answers = raw_answers(request.POST)
    if any(said.strip() for one in answers.values() for said in one):
        written[ANSWERS] = answers
    if held := papers.marks(request):
        written[PAPERS] = held
    if not (held or ANSWERS in written or request.POST.get("words", "").strip()):
        drop(request)
        return False
    put(request, written)
    return True


def put(request: HttpRequest, written: Draft) -> None:
    """Keep this draft behind the present session; an empty one is none."""
    if not written:
        return
    if not request.session.session_key:
        request.session.create()
    draft.keep(str(request.session.session_key), NAME, json.dumps(written, ensure_ascii=False))


def read(request: HttpRequest) -> Draft:
    """What was kept, by field; empty when there is nothing."""
    if not request.session.session_key:
        return {}
    kept = draft.read(request.session.session_key, NAME)
    return dict(json.loads(kept)) if kept else {}


def drop(request: HttpRequest) -> None:
    """Throw it away, and what was held for it."""
    papers.forget(read(request).get(PAPERS, []))
    if request.session.session_key:
        draft.drop(request.session.session_key, NAME)
