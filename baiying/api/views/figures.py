"""Published figures, with the same numbers hidden as on the boards."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from baiying.api.shapes.figures import BoardLine, Boards, BoardWhole, Coverage
from baiying.boards.queries import LEAST_CELL, Period, Quarter, Year, freshness, periods_of, published
from baiying.boards.queries.coverage import for_everybody
from baiying.catalogue import queries as catalogue
from baiying.engine.boards import Board
from baiying.kit import moment
from baiying.kit.errors import Unseen


def boards(request: HttpRequest) -> Boards:
    """The boards for everybody: what each measures, and which periods can be asked for."""
    counted = freshness(settings.BAIYING_DISTRICT)[0]
    return Boards(least=LEAST_CELL, counted=counted and moment.shanghai(counted), boards=[
        BoardLine.of(one, sorted(told_on(one), key=lambda period: (period.kind, period.since))) for one in public()])


def one_board(request: HttpRequest, key: str, period: str = "") -> BoardWhole:
    """One board in one period; without `period` the latest quarter. What is too small to be told is null."""
    found = next((one for one in public() if one.key == key), None)
    if found is None:
        raise Unseen
    told = told_on(found)
    last = max((one for one in told if one.kind == "quarter"), default=None) or max(told, default=None)
    asked = next((one for one in told if one.key == period), None) if period else last
    if asked is None:
        raise Unseen
    return BoardWhole.of(found, told[asked])


def coverage(request: HttpRequest) -> Coverage:
    """For each service how many should have it, have it, and are not known of; as the month began."""
    return Coverage.of(for_everybody(settings.BAIYING_DISTRICT))


def told_on(board: Board) -> dict[Period, Quarter | Year]:
    """What is published of it, by period."""
    return periods_of(board, *published(settings.BAIYING_DISTRICT, moment.today()))


def public() -> list[Board]:
    return [one for one in catalogue.boards() if one.audience == "public"]
