"""Her need and her case. Number and query code come with every request; nothing is remembered between two."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Status

from baiying.api.shapes.cases import CaseShape, ReceiptShape
from baiying.api.shapes.sent import Judged, Need, Words, clean, cleaned
from baiying.cases import actions as cases
from baiying.cases.actions import coming
from baiying.kit.source import address

Key = Annotated[str, Header(
    alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_\-]{22,80}$",
    description="Chance, made anew for each thing that is sent: 22 to 80 letters, digits, - or _. The same key with "
                "the same words again is the same deed, however often it is sent.")]


def send(request: HttpRequest, need: Need, key: Key) -> Status[ReceiptShape]:
    """Send a need. It is stored, it has a unit and its clocks, and only then are number and code told, once."""
    coming.may_send(address(request))
    receipt = ReceiptShape.of(cases.submit(need.submission(key)))
    return Status(200 if receipt.known else 201, receipt)


def case(request: HttpRequest) -> CaseShape:
    """Where her case stands: her own clocks first, the story, who opened what she told, what she can do now."""
    return CaseShape.of(entry_of(request))


def words(request: HttpRequest, told: Words, key: Key) -> CaseShape:
    """She sends what the unit waits for; our clocks run again."""
    cases.reply(entry_of(request), clean(told.text), key)
    return CaseShape.of(entry_of(request))


def verdict(request: HttpRequest, told: Judged, key: Key) -> CaseShape:
    """Her word: solved, partly, not solved. Only this closes a case; not solved takes it one level up."""
    cases.judge(entry_of(request), told.verdict, told.contacted, clean(told.why), key, cleaned(told.answers))
    return CaseShape.of(entry_of(request))


def entry_of(request: HttpRequest) -> bytes:
    """What number and code opened (credentials.py)."""
    return bytes(request.auth)  # type: ignore[attr-defined]
