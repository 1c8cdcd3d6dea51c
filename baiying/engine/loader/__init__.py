"""Reads the catalogue: TOML files in, frozen declarations out, or every fault of every file at once."""

from baiying.engine.loader.boards import board
from baiying.engine.loader.build import (
    Named,
    Role,
    Roles,
    Words,
    calendar,
    danger,
    lists,
    matter,
    roles,
    topics,
    with_weights,
    words,
)
from baiying.engine.loader.faults import Fault
from baiying.engine.loader.folder import Catalogue, Declaration, read_catalogue
from baiying.engine.loader.incidents import plan
from baiying.engine.loader.reading import Table
from baiying.engine.loader.services import service

__all__ = [
    "Catalogue",
    "Declaration",
    "Fault",
    "Named",
    "Role",
    "Roles",
    "Words",
    "Table",
    "board",
    "calendar",
    "danger",
    "lists",
    "matter",
    "plan",
    "read_catalogue",
    "roles",
    "service",
    "topics",
    "with_weights",
    "words",
]
