"""Boards: for everybody, for those who answer for units below, for a unit itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baiying.boards.queries import LEAST_CELL
from baiying.boards.queries.coverage import coverage, for_everybody
from baiying.cases import queries as cases
from baiying.catalogue import queries as catalogue
from baiying.engine.boards import Board
from baiying.kit.errors import Unseen
from baiying.web import board_own, board_pages, board_tables, downloads
from baiying.web.board_pages import Asked, Shown, first_for, of_key
from baiying.web.board_tables import Table
from baiying.web.pages import page

FILES = {"csv": downloads.csv_file, "xlsx": downloads.xlsx_file}


def boards(request: HttpRequest) -> HttpResponse:
    """The first of the boards for everybody."""
    return board(request, first_for("public").key)


def board(request: HttpRequest, key: str, street: str = "", matter: str = "") -> HttpResponse:
    return shown(request, asked_of(request, of_key(key, "public"), street, matter))


def board_street(request: HttpRequest, key: str, street: str) -> HttpResponse:
    return board(request, key, street=street)


def board_matter(request: HttpRequest, key: str, matter: str) -> HttpResponse:
    return board(request, key, matter=matter)


def board_file(request: HttpRequest, key: str) -> HttpResponse:
    """A table of a public board as a file, with the same numbers hidden."""
    return file_of(request, of_key(key, "public"))


def boards_below(request: HttpRequest, street: str = "", matter: str = "") -> HttpResponse:
    """The board of those who answer for units below: what is late now, then what is published."""
    late = cases.late(request.asker)  # type: ignore[attr-defined]
    return shown(request, asked_of(request, first_for("federation"), street, matter), late=late)


def boards_below_street(request: HttpRequest, street: str) -> HttpResponse:
    return boards_below(request, street=street)


def boards_below_matter(request: HttpRequest, matter: str) -> HttpResponse:
    return boards_below(request, matter=matter)


def boards_below_file(request: HttpRequest) -> HttpResponse:
    return file_of(request, first_for("federation"))


def boards_own(request: HttpRequest) -> HttpResponse:
    """A unit's own board, for its own people."""
    found = board_own.shown(request.asker, request.GET.dict())  # type: ignore[attr-defined]
    return page(request, "boards/own.html", shown=found, least=LEAST_CELL)


def boards_own_file(request: HttpRequest) -> HttpResponse:
    found = board_own.shown(request.asker, request.GET.dict())  # type: ignore[attr-defined]
    table = of_name(found.tables, request.GET.get("table", "course"))
    return sent(request, f"own-{found.by}", [table.title], table)


def boards_own_cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a number of one's own board."""
    period = board_own.read(request.GET.get("kind", "month"), request.GET.get("period", ""))
    matter = request.GET.get("matter", "")
    rows = cases.came_in(request.asker, period.since, period.until, matter)  # type: ignore[attr-defined]
    return page(request, "boards/cases.html", rows=rows, period=period, back=reverse("boards_own"),
                matter=board_pages.matter_said(matter) if matter else "",
                cut=cases.AT_ONCE if len(rows) >= cases.AT_ONCE else 0)


def asked_of(request: HttpRequest, found: Board, street: str = "", matter: str = "") -> Asked:
    """What this address asks for."""
    base = reverse("board", args=[found.key]) if found.audience == "public" else reverse("boards_below")
    return Asked(found, base, request.GET.dict(), street, matter)


def shown(request: HttpRequest, asked: Asked, late: list[cases.Row] | None = None) -> HttpResponse:
    found = board_pages.shown(asked)
    others = [one for one in catalogue.boards() if one.audience == asked.board.audience == "public"]
    layout = "web/base.html" if asked.board.audience == "public" else "web/staff.html"
    return page(request, "boards/board.html", layout=layout, shown=found, board=asked.board, others=others, late=late,
                coverage=(for_everybody if late is None else coverage)(settings.BAIYING_DISTRICT),
                least=LEAST_CELL)


def file_of(request: HttpRequest, found: Board) -> HttpResponse:
    """A table of a board as a file."""
    asked = asked_of(request, found, request.GET.get("street", ""), request.GET.get("matter", ""))
    made: Shown | None = board_pages.shown(asked)
    if made is None:
        raise Unseen
    table = of_name(made.tables, request.GET.get("table", "course"))
    return sent(request, f"{found.key}-{made.period.key}-{table.key}", board_pages.notes(made, table), table)


def of_name(tables: list[Table], key: str) -> Table:
    """The table under this name. Raises Unseen."""
    found = next((one for one in tables if one.key == key), None)
    if found is None:
        raise Unseen
    return found


def sent(request: HttpRequest, name: str, notes: list[str], table: Table) -> HttpResponse:
    make = FILES.get(request.GET.get("as", "csv"))
    if make is None:
        raise Unseen
    return make(name, notes, board_tables.heads(table), board_tables.rows(table))
