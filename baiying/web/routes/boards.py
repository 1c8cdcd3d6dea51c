"""The boards."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import boards

ROUTES = (
    Route("boards/", boards.boards, PUBLIC, "The board for everybody: what hurts, then the course"),
    Route("boards/below/", boards.boards_below, "board.see_below", "What is late below, and the published figures"),
    Route("boards/below/street/<str:street>/", boards.boards_below_street, "board.see_below",
          "One street: its course, and its units in a whole year"),
    Route("boards/below/matter/<str:matter>/", boards.boards_below_matter, "board.see_below",
          "One matter: its course"),
    Route("boards/below/file/", boards.boards_below_file, "board.see_below", "A table of it as a file"),
    Route("boards/ours/", boards.boards_own, "board.see_own", "A unit's own board, in full, beside nobody else's"),
    Route("boards/ours/cases/", boards.boards_own_cases, "case.list", "The cases behind a number of one's own board"),
    Route("boards/ours/file/", boards.boards_own_file, "board.see_own", "A table of it as a file"),
    Route("boards/<str:key>/", boards.board, PUBLIC, "A board for everybody, by its name"),
    Route("boards/<str:key>/street/<str:street>/", boards.board_street, PUBLIC, "One street: its course"),
    Route("boards/<str:key>/matter/<str:matter>/", boards.board_matter, PUBLIC, "One matter: its course"),
    Route("boards/<str:key>/file/", boards.board_file, PUBLIC, "A table of it as a file, the same numbers hidden"),
)
