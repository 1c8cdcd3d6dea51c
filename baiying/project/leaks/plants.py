"""Planted leaks: what a careless hand could have built. Each is put in place in the child that walks, never in the
product, and the pairs must find it: a machine that finds nothing is only worth something when it finds these.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from baiying.boards.queries import published
from baiying.cases import access, queries
from baiying.cases.actions import coming
from baiying.kit import door, flood, number
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.project.demo.network import unit_id
from baiying.web import downloads
from baiying.web.middleware import Courtesy
from baiying.web.views import boards


@dataclass(frozen=True)
class Plant:
    """One planted leak. ``pair``: the deed of the pair in which it shows; ``walker`` and ``routes``: who stumbles over
    it where, so that a run with it need not walk everything."""

    name: str
    says: str
    pair: str
    walker: str
    routes: tuple[str, ...]
    put: Callable[[], None]


def cases(**which: object) -> int:
    """How many cases there are: what nobody who is not cleared may learn in any way."""
    with door.errand("clocks"):
        return access.visible(door.asker()).filter(**which).count()


def answering(change: Callable[[HttpRequest, HttpResponse], None]) -> Callable[[], None]:
    """Let every answer be changed on its way out."""
    def put() -> None:
        real: Any = Courtesy.__call__

        def call(self: Courtesy, request: HttpRequest) -> HttpResponse:
            response: HttpResponse = real(self, request)
            change(request, response)
            return response
        Courtesy.__call__ = call  # type: ignore[method-assign]
    return put


def replacing(place: Any, name: str, make: Callable[[Any], Any]) -> Callable[[], None]:
    """Let a function of the product be another one."""
    def put() -> None:
        setattr(place, name, make(getattr(place, name)))
    return put


def adding(table: dict[str, Any], name: str, make: Callable[[Any], Any]) -> Callable[[], None]:
    """The same for what stands in a table."""
    def put() -> None:
        table[name] = make(table[name])
    return put


def counter(request: HttpRequest, response: HttpResponse) -> None:
    if b"</body>" in response.content:
        response.content = response.content.replace(b"</body>", b"<p>%d</p></body>" % cases())


def header(request: HttpRequest, response: HttpResponse) -> None:
    response["X-Waiting"] = str(cases(ended=False))


def etag(request: HttpRequest, response: HttpResponse) -> None:
    with door.errand("clocks"):
        stand = list(access.visible(door.asker()).order_by("number").values_list("number", "stage"))
    response["ETag"] = hashlib.sha256(str(stand).encode()).hexdigest()[:12]


def sentence(request: HttpRequest, response: HttpResponse) -> None:
    typed = request.POST.get("number", "").replace("-", "")
    if typed and cases(number=typed):
        response.content += "查询码不对。".encode()


def completing(request: HttpRequest, response: HttpResponse) -> None:
    typed = request.POST.get("words", "")
    if request.path == "/suggest/" and typed and cases(number=typed):
        response.content += typed.encode()


def slots(request: HttpRequest, response: HttpResponse) -> None:
    if request.path.startswith("/places/"):
        response.content += f"今天还有 {9 - cases(ended=False, guarded=True)} 个空位".encode()


def forbidding(real: Callable[..., HttpResponse | None]) -> Callable[..., HttpResponse | None]:
    """403 for what exists, 404 for what does not."""
    def process(self: Courtesy, request: HttpRequest, error: Exception) -> HttpResponse | None:
        parts = request.path.split("/")
        if isinstance(error, Unseen) and len(parts) > 2 and cases(number=parts[2]):
            return HttpResponse(status=403)
        return real(self, request, error)
    return process


def sorting(real: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """The places with most to do come last."""
    def places(*args: Any) -> list[Any]:
        busy = cases(unit_id=unit_id("women.110107003"))
        found = real(*args)
        return found[busy % len(found):] + found[:busy % len(found)]
    return places


def file_name(real: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return lambda content, kind, name: real(content, kind, f"{cases()}-{name}")


def total(real: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return lambda name, notes, heads, rows: real(name, notes, heads, [*rows, ["合计", cases()]])


def counted_number(real: Callable[..., str]) -> Callable[..., str]:
    """A number that is counted, not drawn."""
    def number_for(key: str, attempt: int = 0) -> str:
        return real(f"{cases()}", attempt)
    return number_for


def rate(real: Callable[..., bool]) -> Callable[..., bool]:
    """One brake for everybody: what others send uses it up."""
    return lambda address, limit, seconds: cases() % 2 == 0 and real(address, limit, seconds)


def small_cell(real: Callable[..., Any]) -> Callable[..., Any]:
    """The protected ones are counted in their street: no cell names them, every sum does."""
    def cells(*args: Any) -> Any:
        with door.errand("clocks"):
            unit = access.visible(door.asker()).filter(guarded=True).earliest("received_at").unit_id
        return [replace(cell, unit=unit) if cell.unit is None and not cell.generated else cell for cell in real(*args)]
    return cells


def resting(real: Callable[..., Any]) -> Callable[..., Any]:
    """Whoever has much that is protected is asked for nothing else."""
    def listed(asker: door.Asker) -> Any:
        if cases(guarded=True) % 2:
            raise Refusal("busy")
        return real(asker)
    return listed


def knowing(real: Callable[..., bytes | None]) -> Callable[..., bytes | None]:
    """A wrong code is refused in other words where the number exists."""
    def entry_for(typed: str, code: str) -> bytes | None:
        found = real(typed, code)
        if found is None and typed and cases(number=typed):
            raise Refusal("the code is wrong", status=401)
        return found
    return entry_for


PLANTS = (
    Plant("counter", "every page says how many cases there are", "safe_case", "nobody", ("about/", ""),
          answering(counter)),
    Plant("header", "a header counts what waits", "safe_case", "neighbour", ("today/",), answering(header)),
    Plant("etag", "the version of a page changes with what one may not see", "note", "nobody", ("danger.json",),
          answering(etag)),
    Plant("403", "a case that one may not open is forbidden, one that does not exist is not found", "safe_case",
          "other_street", ("case/<str:number>/",), replacing(Courtesy, "process_exception", forbidding)),
    Plant("sentence", "a wrong code is told otherwise where the number is right", "safe_case", "nobody", ("find/",),
          answering(sentence)),
    Plant("autocomplete", "the box completes a number that exists", "safe_case", "nobody", ("suggest/",),
          answering(completing)),
    Plant("order", "the places with less to do come first", "safe_case", "nobody", ("places/",),
          replacing(network, "places", sorting)),
    Plant("file name", "a file's name says how many cases there are", "safe_case", "nobody",
          ("boards/<str:key>/file/",), replacing(downloads, "answer", file_name)),
    Plant("total", "a table has a last line with everything", "safe_case", "desk_union", ("boards/below/file/",),
          adding(boards.FILES, "csv", total)),
    Plant("identifier", "numbers are counted", "safe_case", "nobody", ("received/",),
          replacing(number, "number_for", counted_number)),
    Plant("rate", "everybody shares one brake", "safe_case", "nobody", ("suggest/",), replacing(flood, "allow", rate)),
    Plant("slots", "a place says how many visits are free", "safe_case", "other_member", ("places/",),
          answering(slots)),
    Plant("small cell", "protected cases are in the sums of the open ones", "published_here", "nobody",
          ("boards/", "boards/<str:key>/"), replacing(sys.modules[published.__module__], "cells", small_cell)),
    Plant("api", "by the API a wrong code is told otherwise where the number is right", "safe_case", "nobody",
          ("api/v1/case",), replacing(coming, "entry_for", knowing)),
    Plant("workload", "the list of what is late rests when there is much that is protected", "safe_case", "desk_union",
          ("federation/", "late/"), replacing(queries, "late", resting)),
)
