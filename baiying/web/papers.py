"""Photos and papers that come with the very first sending. They go in with her words; when the form comes back
(something is missing, another language, what fits) they are not lost: each lies sealed on the disk for at most six
hours, and a sealed mark of it, with its key, stands in the form. A paper that cannot be taken holds up no words."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from baiying.cases.actions.files import ORPHAN_AFTER, plain_name
from baiying.cases.actions.handing_in import hand_in
from baiying.kit import chance, files, flood, moment, sealing
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal
from baiying.kit.keys import keyring
from baiying.kit.source import address
from baiying.web.uploads import HELD

FIELD = "papers"
MOST = 3  # at once; more are handed in on the receipt
BINDING, BLOB = b"web.papers", b"web.papers.blob"
HOLDS, WINDOW = 60, 600  # papers held for forms from one address in so many seconds


@dataclass(frozen=True)
class Paper:
    """One paper that is there: its name, and its bytes or the mark of where they lie."""

    name: str
    content: bytes = b""
    mark: str = ""


@dataclass(frozen=True)
class Brought:
    """What came with a form, and a sentence for each paper that could not be taken."""

    papers: tuple[Paper, ...] = ()
    refused: tuple[str, ...] = ()


def brought(request: HttpRequest) -> Brought:
    """The papers of this form: chosen just now, and held since an earlier try. Read once a request."""
    known: Brought | None = getattr(request, "papers", None)
    if known is None:
        known = _read(request) if request.method == "POST" else Brought()
        request.papers = known  # type: ignore[attr-defined]
    return known


def _read(request: HttpRequest) -> Brought:
    kept = request.POST.getlist(HELD)[:MOST]
    found = [paper for mark in kept if (paper := _held(mark)) is not None]
    refused = [] if len(found) == len(kept) else [
        _("A photo or paper that you had chosen lay here too long and is gone. Please hand it in again.")]
    for one in request.FILES.getlist(FIELD):
        name = str(one.name)[:200]
        if len(found) >= MOST:
            refused.append(_("%(name)s: three at once are taken here. You can hand in more on the next page.")
                           % {"name": name})
            continue
        try:
            found.append(_taken(one, name))
        except Refusal as refusal:
            refused.append(f"{name}: {refusal.sentence}")
    return Brought(tuple(found), tuple(refused))


def _taken(one: UploadedFile[Any], name: str) -> Paper:
    """A file as it was chosen. Raises NotTaken."""
    content = one.read(files.LARGEST + 1)
    return Paper(plain_name(name, files.take(content).kind.key), content)


def waiting(request: HttpRequest, kept: list[str]) -> list[Paper]:
    """The papers to be shown in a form that comes back, each held under a mark. ``kept``: the marks of a draft."""
    if request.method != "POST":
        return [paper for mark in kept if (paper := _held(mark)) is not None]
    here = brought(request)
    held = [paper if paper.mark else _hold(request, paper) for paper in here.papers]
    request.papers = Brought(tuple(held), here.refused)  # type: ignore[attr-defined]
    return [paper for paper in held if paper.mark]


def marks(request: HttpRequest) -> list[str]:
    """The marks of what came with this form, for its draft."""
    return [paper.mark for paper in waiting(request, [])]


def _hold(request: HttpRequest, paper: Paper) -> Paper:
    """Keep a paper for the next try, sealed by a key that stands in its mark alone."""
    if not flood.allow(f"papers {address(request)}", HOLDS, WINDOW):
        return paper
    key = chance.fresh(32)
    blob = files.write(sealing.seal_with(key, BLOB, paper.content))
    until = int((moment.now() + ORPHAN_AFTER).timestamp())
    told = json.dumps({"blob": blob, "key": key.hex(), "name": paper.name, "until": until}, ensure_ascii=False)
    sealed = sealing.seal_with(keyring().subkey("papers"), BINDING, told.encode())
    return Paper(paper.name, mark=base64.urlsafe_b64encode(sealed).decode())


def _opened(mark: str) -> dict[str, Any] | None:
    """What a mark says; nothing for one that is not ours, or too old."""
    try:
        told: dict[str, Any] = json.loads(sealing.unseal_with(
            keyring().subkey("papers"), BINDING, base64.urlsafe_b64decode(mark)))
    except (Refusal, ValueError):
        return None
    return told if told["until"] > (moment.now() + timedelta(minutes=1)).timestamp() else None


def _held(mark: str) -> Paper | None:
    """The paper of a mark, if it still lies there."""
    told = _opened(mark)
    return Paper(told["name"], mark=mark) if told is not None and files.there(told["blob"]) else None


def hand_all_in(request: HttpRequest, door: bytes) -> tuple[int, list[str]]:
    """Hand in what came with the form, into the case that this entry opens; how many went in, why others did not."""
    here = brought(request)
    went, refused = 0, list(here.refused)
    for paper in here.papers:
        try:
            hand_in(Asker(door=door), None, paper.name, paper.content or _content(paper.mark))
            went += 1
        except Refusal as refusal:
            refused.append(f"{paper.name}: {refusal.sentence}")
    forget(paper.mark for paper in here.papers)
    return went, refused


def _content(mark: str) -> bytes:
    """The bytes behind a mark. Raises Refusal."""
    told = _opened(mark)
    if told is None:
        raise files.Gone
    return sealing.unseal_with(bytes.fromhex(told["key"]), BLOB, files.read(told["blob"]))


def forget(held: Any) -> None:
    """Take what these marks hold from the disk."""
    for mark in held:
        told = _opened(mark) if mark else None
        if told is not None:
            files.remove(told["blob"])
