"""Which database, and as which of the two roles: the owner migrates, the web role owns no table."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from baiying.project.folders import folders
from baiying.project.postgres import OWNER, WEB, Server

AS_OWNER = "BAIYING_AS_OWNER"  # environment variable of a process that works as the owner


@dataclass(frozen=True)
class Addresses:
    """The two addresses of one database, as PostgreSQL URLs."""

    owner: str
    web: str
    embedded: bool

    @property
    def web_role(self) -> str:
        return str(conninfo_to_dict(self.web)["user"])


def addresses() -> Addresses:
    """DATABASE_URL (owner) and BAIYING_WEB_URL (web role), or those of the embedded server."""
    owner, web = os.environ.get("DATABASE_URL"), os.environ.get("BAIYING_WEB_URL")
    if owner:
        return Addresses(owner, web or owner, embedded=False)
    server = Server(folders())
    return Addresses(server.url(OWNER), server.url(WEB), embedded=True)


def as_django(found: Addresses) -> dict[str, Any]:
    """Django's description of the database for this process's role."""
    words = conninfo_to_dict(found.owner if os.environ.get(AS_OWNER) == "1" else found.web)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    description: dict[str, Any] = {ours: str(words.pop(theirs, "") or "") for theirs, ours in known.items()}
    return description | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**words, "application_name": "baiying"},
    }
