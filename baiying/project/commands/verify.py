"""`baiying verify log`: link what waits, prove the chain, name the first broken link."""

from __future__ import annotations

import argparse

from baiying.project.errand import database_up, django_up

MEANINGS = {
    "gap": "a link of the chain is gone",
    "missing": "the line of this link is gone",
    "mac": "the line was altered or forged",
    "chain": "link or line stand where they were not put",
    "copy": "this line is the copy of another",
    "end": "the chain was cut or lengthened at its end",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["log"])


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when the chain is broken."""
    with database_up("verify"):
        django_up()
        from baiying.kit import log

        proof = log.verify()
    print(f"{proof.waiting} waiting lines were linked first; {proof.linked} links hold.")
    if proof.broken is None:
        print("The log is whole: every line is as it was written, and none is missing.")
        return 0
    line = "" if proof.broken.line_id is None else f" (line {proof.broken.line_id})"
    print(f"The log is broken at link {proof.broken.seq}{line}: {MEANINGS[proof.broken.what]}. "
          f"Keep this database as it is and compare it with the last backup: it is evidence.")
    return 1
