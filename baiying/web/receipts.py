"""The receipt: number, 查询码 once, who answers, by when and why then.

Sending answers with a redirect, so that a reload never sends again. What the receipt needs travels in a sealed cookie
of this page alone for a quarter of an hour; of a protected matter for five minutes (so that she can reload, enlarge
the letters, print), and it is thrown away as soon as another page is opened.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from baiying.cases import actions as cases
from baiying.cases import queries
from baiying.catalogue import queries as catalogue
from baiying.engine.text import SURE, Elsewhere, Topic
from baiying.kit import chance, moment, number, sealing
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.keys import keyring
from baiying.web.forms.files import FileForm
from baiying.web.guard import DOOR_IN_SESSION
from baiying.web.pages import page
from baiying.web.where import where_of

COOKIE, KEPT, KEPT_PROTECTED = "baiying_receipt", 900, 300
BINDING = b"web.receipt"
MOST_TOLD = 3  # sentences about papers that were not taken: a cookie is small


@dataclass(frozen=True)
class Keepsake:
    """What she takes away, and what the page says of the sending."""

    number: str
    code: str
    known: bool
    taken_out: int
    converted: bool
    until: int
    papers: int = 0
    not_taken: tuple[str, ...] = ()

    @property
    def door(self) -> bytes:
        return number.entry(self.number, self.code)


def sent_on(receipt: cases.Receipt, taken_out: int, converted: bool,
            papers: tuple[int, list[str]] = (0, [])) -> HttpResponse:
    """On to the receipt's own page. `taken_out` invisible characters; `converted` from another encoding; how many
    `papers` went in with it, and why others did not."""
    kept = KEPT_PROTECTED if receipt.danger or receipt.matter.safe else KEPT
    until = int(moment.now().timestamp()) + kept
    told = Keepsake(receipt.number, receipt.code, receipt.known, taken_out, converted, until, papers[0],
                    tuple(papers[1][:MOST_TOLD]))
    sealed = sealing.seal_with(keyring().subkey("receipt"), BINDING, json.dumps(vars(told)).encode())
    answer = HttpResponseRedirect(reverse("received"))
    answer.set_cookie(COOKIE, base64.urlsafe_b64encode(sealed).decode(), path=reverse("received"), httponly=True,
                      samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def brought(request: HttpRequest) -> Keepsake | None:
    """The keepsake that came with the cookie, or nothing."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
        told = Keepsake(**json.loads(sealing.unseal_with(keyring().subkey("receipt"), BINDING, sealed)))
    except (Refusal, ValueError, TypeError):
        return None
    return told if told.until > moment.now().timestamp() else None


@dataclass(frozen=True)
class Taken:
    """As what a need was taken, and what she may say instead. ``key``: one press, once. ``rather``: what her words
    clearly say, when she chose a matter that does not fit them."""

    topic: Topic | None
    by_her: bool
    sure: bool
    elsewhere: Elsewhere | None
    others: tuple[Topic, ...]
    all: tuple[Topic, ...]
    key: str
    rather: Topic | None = None


def taken_of(story: queries.Story) -> Taken | None:
    """As what her need was taken; nothing for a guarded one: it keeps none of this, and nobody is to sort danger."""
    case, topics = story.case, catalogue.topics()
    if case.guarded or case.ended:
        return None
    topic = next((one for one in topics if one.key == case.topic), None)
    read = catalogue.suggest(story.words)
    offers = [catalogue.topic(offer.topic) for offer in read.offers]
    try:
        elsewhere = catalogue.elsewhere(case.elsewhere) if case.elsewhere else None
    except Unseen:
        elsewhere = None
    by_her = case.topic_by == "asker"
    sure = by_her or case.confidence is None or case.confidence >= SURE
    others = tuple(one for one in offers if not (sure and one == topic) and one != topics[-1])
    rather = offers[0] if read.is_sure and topic is None and story.matter.key not in offers[0].matters else None
    return Taken(topic if sure else None, by_her, sure, elsewhere, others, topics, chance.fresh(16).hex(), rather)


def shown(request: HttpRequest, told: Keepsake, notice: str = "", paper: str = "") -> HttpResponse:
    """The receipt. A case of danger or of a protected matter leaves no key in this browser. ``paper``: why a photo or
    paper was not taken."""
    story = queries.story(told.door)
    if story.hidden:
        request.session.pop(DOOR_IN_SESSION, None)
    elif request.session.get(DOOR_IN_SESSION) != told.door.hex():
        request.session.cycle_key()  # whoever knew this session before does not come along
        request.session[DOOR_IN_SESSION] = told.door.hex()
    return page(request, "receipt.html", receipt=told, story=story, protected=story.hidden, clocks=story.clocks,
                converted=told.converted, qr=qr(request, told.number), taken=taken_of(story), notice=notice,
                where=where_of(story), papers=FileForm(), paper=paper)


def forget(answer: HttpResponse) -> HttpResponse:
    """Throw the cookie away; gives the same answer."""
    answer.delete_cookie(COOKIE, path=reverse("received"), samesite="Lax")
    return answer


def qr(request: HttpRequest, case_number: str) -> SafeString:
    """A QR code of the address of the find page with the number, never the code. Drawn without styles (CSP).

    The mask is fixed: looking for the best of eight costs ten times as much and helps no telephone of today.
    """
    address = request.build_absolute_uri(reverse("find") + "?" + urlencode({"number": number.shown(case_number)}))
    drawn = segno.make(address, error="m", micro=False, mask=4, boost_error=False)
    return mark_safe(drawn.svg_inline(svgclass="qr", lineclass=None, omitsize=True, border=2))
