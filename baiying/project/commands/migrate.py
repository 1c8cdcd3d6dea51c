"""`baiying migrate`: tables and rights, as the owner."""

import argparse

from baiying.project import installation


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(chosen: argparse.Namespace) -> int:
    installation.migrate()
    print("The tables are up to date.")
    return 0
