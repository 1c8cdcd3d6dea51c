"""Write docs/powers.md: every route and operation with its power, and which role gives it. A test keeps it fresh.

Run: .venv/bin/python tools/powers.py
"""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs" / "powers.md"
HEAD = """# Powers

Made by `tools/powers.py` from `baiying/web/routes/`, `baiying/api/operations.py` and `catalogue/roles.toml`; a test
keeps it fresh.

`public`: everybody. `asker`: she who holds number and query code. `outside`: a party without an
account, by the link and the code it was sent. `member`: signed in by telephone. `self`: signed in
at all, for what belongs to the account. Every other power comes from a post's role alone.
What one may not see and what does not exist answer alike: the same page, the same status.

| address | power | what it is | roles whose posts give the power |
|---|---|---|---|
"""


API = """
## The API

For programs, under `/api/v1/`, as the [how-to](how-to/api.md) shows. `asker` sends number and query code with each
request. No power of a post is here: who works on cases does so on the pages.

| operation | power | what it is |
|---|---|---|
"""


def table() -> str:
    """The page as it should be."""
    from baiying.web.routes import ROUTES

    roles = tomllib.loads((CHECKOUT / "catalogue" / "roles.toml").read_text(encoding="utf-8"))["role"]
    lines = [
        f"| `/{route.path.replace('|', chr(92) + '|')}` | `{route.power}` | {route.says} | {held(roles, route.power)} |"
        for route in ROUTES
    ]
    return HEAD + "\n".join(lines) + "\n" + API + operations()


def operations() -> str:
    """The table of the API."""
    from baiying.api.operations import OPERATIONS

    return "".join(f"| `{one.method} /{one.address}` | `{one.power}` | {one.says} |\n" for one in OPERATIONS)


def held(roles: dict[str, dict], power: str) -> str:
    """The roles that have this power, by their English names."""
    if "." not in power:
        return ""
    return ", ".join(role["name_en"] for role in roles.values()
                     if any(given["power"] == power for given in role.get("powers", ())))


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
    import django

    django.setup()
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(table(), encoding="utf-8")
    print(PAGE)
