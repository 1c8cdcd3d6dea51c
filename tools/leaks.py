"""Write the tables of docs/leaks.md: who walks, the pairs, what is not compared, exceptions, planted leaks.

Run: .venv/bin/python tools/leaks.py
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs" / "leaks.md"
MARK = "<!-- made by tools/leaks.py from here on -->\n"
sys.path.insert(0, str(CHECKOUT))


def page() -> str:
    """The page as it should be: what was written by hand above the mark, the tables below."""
    by_hand = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    return by_hand + MARK + "\n" + "\n".join(tables()) + "\n"


def tables() -> list[str]:
    """The tables, from what the run itself uses."""
    from baiying.project.leaks.answers import MASKS
    from baiying.project.leaks.deeds_parties import DEEDS
    from baiying.project.leaks.pairs import PAIRS
    from baiying.project.leaks.people import BY_KEY, WALKERS
    from baiying.project.leaks.plants import PLANTS
    from baiying.project.leaks.walks import EXCEPTIONS, WALKS

    routes = len({walk.route for walk in WALKS})
    return [
        f"{len(PAIRS)} pairs, {len(WALKERS)} walkers, {routes} routes, {len(EXCEPTIONS)} exceptions, "
        f"{len(PLANTS)} planted leaks.", "",
        "## Who walks", "", *(f"- `{one.key}`: {one.says}" for one in WALKERS), "",
        "## The pairs", "", "| the one thing | what the one world has more | who may notice it |", "|---|---|---|",
        *(f"| {pair.name} | {first_line(DEEDS[pair.deed].__doc__)} | "
          f"{'; '.join(BY_KEY[key].says for key in sorted(pair.cleared)) or 'nobody who walks'} |" for pair in PAIRS),
        "",
        "## What is not compared", "", *(f"- {name}: {reason}" for name, reason in MASKS.items()), "",
        "## Exceptions", "", *([f"- `/{route}`: {reason}" for route, reason in EXCEPTIONS.items()] or ["None."]), "",
        "## Planted leaks", "", *(f"- *{plant.name}*: {plant.says}." for plant in PLANTS),
    ]


def first_line(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
