"""Whether and as what this installation is set up, and what is there."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from baiying.kit import moment
from baiying.kit.chance import LETTERS, fresh
from baiying.network import queries as network
from baiying.network.models import Level
from baiying.setup.answers import ROLE
from baiying.setup.models import Installation

KEY_LETTERS, KEY_GROUP = 16, 4  # 31^16 keys: nobody guesses one
TOLD_MOST = 500  # characters of what the operator says
_known: set[str] = set()


@dataclass(frozen=True)
class Standing:
    """What is there: the district with its name, and counts."""

    district: str
    place: str
    streets: int
    communities: int
    units: tuple[str, ...]
    administrators: tuple[str, ...]
    receiving: int


def done() -> bool:
    """Whether this installation is set up. Asks the database until it is, and never again.

    The first yes makes this process serve the district that was set up, where the environment names none.
    """
    if settings.BAIYING_DEMO or _mark() in _known:
        return True
    row = Installation.objects.filter(id=1).first()
    if row is None and not network.units(moment.today(), level=Level.DISTRICT):
        return False
    if row is not None:
        adopt(row.district)
    _known.add(_mark())
    return True


def closed_until() -> str | None:
    """What the operator says while the house is closed (`baiying maintenance on`), or nothing while it is open."""
    try:
        return settings.BAIYING_SHUT.read_text(encoding="utf-8", errors="replace")[:TOLD_MOST].strip()
    except OSError:
        return None


def district() -> str | None:
    """The district that was set up, or nothing."""
    return Installation.objects.filter(id=1).values_list("district", flat=True).first()


def adopt(code: str) -> None:
    """This process serves this district from now on, unless BAIYING_DISTRICT names another."""
    if not os.environ.get("BAIYING_DISTRICT"):
        settings.BAIYING_DISTRICT = code


def forget() -> None:
    """Ask again (after a restore, in tests)."""
    _known.clear()


def shipped(code: str) -> bool:
    """Whether a table of this district's areas comes with the catalogue."""
    return code.isascii() and code.isdecimal() and (Path(settings.BAIYING_CATALOGUE) / "territory"
                                                    / f"{code}.csv").exists()


def standing(code: str | None = None) -> Standing:
    """What is there of a district; by default of the one that is set up."""
    code = code or district() or settings.BAIYING_DISTRICT
    streets = network.areas(code)
    root = network.area(code + "000000")
    today = moment.today()
    units = [one for one in network.units(today) if one.district == code]
    top = [one for one in units if one.level == Level.DISTRICT]
    posts = [post for unit in units for post in network.posts_in(unit.id, today)] if len(units) < 100 else \
        [post for unit in top for post in network.posts_in(unit.id, today)]
    holders = {post.holder.name for post in posts if post.role == ROLE and post.holder is not None}
    return Standing(code, root.name if root else "", len(streets), sum(len(one.inside) for one in streets),
                    tuple(one.name for one in top), tuple(sorted(holders)), sum(post.receives for post in posts))


def key_file() -> Path:
    """Where the one-time key of the setup page lies."""
    return Path(settings.BAIYING_SETUP_KEY)


def new_key() -> str:
    """A key for the setup page, for somebody to copy from the terminal: letters that are taken for no others."""
    fair = 256 - 256 % len(LETTERS)
    letters = [LETTERS[byte % len(LETTERS)] for byte in fresh(KEY_LETTERS * 4) if byte < fair][:KEY_LETTERS]
    return "-".join("".join(letters[at:at + KEY_GROUP]) for at in range(0, KEY_LETTERS, KEY_GROUP))


def key_fits(typed: str) -> bool:
    """Whether this is the one-time key; always no when there is none."""
    try:
        held = key_file().read_text().strip()
    except OSError:
        return False
    return len(_plain(held)) == KEY_LETTERS and hmac.compare_digest(_plain(typed).encode(), _plain(held).encode())


def _plain(key: str) -> str:
    return "".join(letter for letter in key.upper() if letter.isalnum())


def _mark() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])
