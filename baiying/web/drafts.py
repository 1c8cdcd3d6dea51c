"""The draft of the box: kept on the server behind the session, dropped when sent, thrown away or left quickly."""

from __future__ import annotations

import json

from django.http import HttpRequest

from baiying.kit import draft
from baiying.web.forms.need import DRAFT_FIELDS

NAME = "need"


def keep(request: HttpRequest) -> bool:
    """Keep what came in the form's fields; says whether there is anything to keep. Raises Refusal when too long."""
    written = {name: request.POST.get(name, "") for name in DRAFT_FIELDS}
    if not written["words"].strip():
        drop(request)
        return False
    put(request, written)
    return True


def put(request: HttpRequest, written: dict[str, str]) -> None:
    """Keep this draft behind the present session; an empty one is none."""
    if not written:
        return
    if not request.session.session_key:
        request.session.create()
    draft.keep(str(request.session.session_key), NAME, json.dumps(written, ensure_ascii=False))


def read(request: HttpRequest) -> dict[str, str]:
    """What was kept, by field; empty when there is nothing."""
    if not request.session.session_key:
        return {}
    kept = draft.read(request.session.session_key, NAME)
    return dict(json.loads(kept)) if kept else {}


def drop(request: HttpRequest) -> None:
    """Throw it away."""
    if request.session.session_key:
        draft.drop(request.session.session_key, NAME)
