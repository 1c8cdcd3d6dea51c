"""Reads the catalogue: TOML files in, frozen declarations out, or every fault of every file at once."""

from baiying.engine.loader.build import Named, Role, Roles, Words, danger, matter, roles, words
from baiying.engine.loader.faults import Fault
from baiying.engine.loader.folder import Catalogue, Declaration, read_catalogue

__all__ = [
    "Catalogue",
    "Declaration",
    "Fault",
    "Named",
    "Role",
    "Roles",
    "Words",
    "danger",
    "matter",
    "read_catalogue",
    "roles",
    "words",
]
