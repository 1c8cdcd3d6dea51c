"""`baiying verify log`: link what waits, prove the chain, name the first broken link."""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["log"])


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when the chain is broken."""
    import django

    django.setup()
    from baiying.kit import log

    proof = log.verify()
    print(f"{proof.waiting} waiting lines were linked first; {proof.linked} links hold.")
    if proof.broken is None:
        print("The log is whole: every line is as it was written, and none is missing.")
        return 0
    print(f"The log is broken at link {proof.broken.seq}, line {proof.broken.line_id}: {proof.broken.what}. "
          f"Keep this database as it is and compare it with the last backup: it is evidence.")
    return 1
