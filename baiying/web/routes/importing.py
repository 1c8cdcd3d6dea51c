"""Bringing in units, posts and members from sheets."""

from __future__ import annotations

from baiying.web.routes.route import Route
from baiying.web.views import importing

ROUTES = (
    Route("import/", importing.sheets, "import.run", "Bring in a sheet; the sheets of her units; templates"),
    Route("import/template/<str:kind>/", importing.sheet_template, "import.run", "A sheet to fill in"),
    Route("import/<str:ref>/", importing.sheet, "import.run", "One sheet: columns, faults, progress, result"),
    Route("import/<str:ref>/look/", importing.sheet_look, "import.run", "Which column is what; look it through"),
    Route("import/<str:ref>/fix/", importing.sheet_fix, "import.run", "Correct single cells"),
    Route("import/<str:ref>/run/", importing.sheet_run, "import.run", "Enter it, by the queue"),
    Route("import/<str:ref>/undo/", importing.sheet_undo, "import.run", "Take back exactly what it brought"),
)
