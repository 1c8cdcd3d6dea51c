"""Which database, and as which of the two roles: the owner migrates, the web role owns no table."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from psycopg import ProgrammingError, pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from baiying.project.errors import Trouble
from baiying.project.folders import folders
from baiying.project.postgres import OWNER, WEB, Server

#: Prepared are the statements whose caller says so, none merely for being frequent. Django sets no threshold at all,
#: and then the driver prepares nothing, whatever a caller says.
ASKED_ALONE = 1_000_000_000
AS_OWNER = "BAIYING_AS_OWNER"  # environment variable of a process that works as the owner


@dataclass(frozen=True)
class Addresses:
    """The two addresses of one database, as PostgreSQL URLs or connection strings."""

    owner: str
    web: str
    embedded: bool

    @property
    def web_role(self) -> str:
        return str(conninfo_to_dict(self.web)["user"])


def is_external() -> bool:
    """Whether DATABASE_URL names a server that is not ours to start and stop."""
    return bool(os.environ.get("DATABASE_URL"))


def addresses() -> Addresses:
    """DATABASE_URL (owner) and BAIYING_WEB_URL (web role), or those of the embedded server.

    Without BAIYING_WEB_URL the web role has the name of the database and `_web`, and a password kept with the keys.
    """
    if not is_external():
        server = Server(folders())
        return Addresses(server.url(OWNER), server.url(WEB), embedded=True)
    owner = words_of("DATABASE_URL")
    if os.environ.get("BAIYING_WEB_URL"):
        web = words_of("BAIYING_WEB_URL")
    else:
        web = owner | {"user": f"{owner.get('dbname') or owner['user']}_web",
                       "password": Server(folders()).passwords()[WEB]}
    return Addresses(make_conninfo(**owner), make_conninfo(**web), embedded=False)


def words_of(variable: str) -> dict[str, Any]:
    """The parts of an address in the environment. Raises Trouble with a sentence that shows no password."""
    try:
        words = conninfo_to_dict(os.environ[variable])
    except ProgrammingError as error:
        raise Trouble(f"{variable} is not an address of PostgreSQL. "
                      f"It looks like postgresql://NAME:PASSWORD@HOST:5432/DATABASE.") from error
    if not words.get("user"):
        raise Trouble(f"{variable} names no role. It looks like postgresql://NAME:PASSWORD@HOST:5432/DATABASE.")
    return words


def as_environment(conninfo: str) -> dict[str, str]:
    """An address as libpq's environment variables, for programs whose command line anybody can read in `ps`."""
    names = {one.keyword.decode(): one.envvar.decode() for one in pq.Conninfo.get_defaults() if one.envvar}
    return {names[word]: str(value) for word, value in conninfo_to_dict(conninfo).items()
            if word in names and value is not None}


def as_django(found: Addresses) -> dict[str, Any]:
    """Django's description of the database for this process's role."""
    words = conninfo_to_dict(found.owner if os.environ.get(AS_OWNER) == "1" else found.web)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    description: dict[str, Any] = {ours: str(words.pop(theirs, "") or "") for theirs, ours in known.items()}
    return description | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**words, "application_name": "baiying", "server_side_binding": True,
                    "prepare_threshold": ASKED_ALONE},
    }
