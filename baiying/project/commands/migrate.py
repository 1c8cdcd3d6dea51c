"""`baiying migrate`: tables and rights, as the owner."""

import argparse

from baiying.project import installation
from baiying.project.errand import database_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(chosen: argparse.Namespace) -> int:
    with database_up("migrate", may_make=True):
        installation.migrate()
    print("The tables are up to date.")
    return 0
