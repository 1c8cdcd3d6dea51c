"""`baiying verify log`: link what waits, prove the chain and its anchors, name the first broken link, each anchor."""

from __future__ import annotations

import argparse
from pathlib import Path

from baiying.project.errand import database_up, django_up
from baiying.project.errors import Trouble

MEANINGS = {
    "gap": "a link of the chain is gone",
    "missing": "the line of this link is gone",
    "mac": "the line was altered or forged",
    "chain": "link or line stand where they were not put",
    "copy": "this line is the copy of another",
    "end": "the chain was cut or lengthened at its end",
}
TORN = {
    "missing": "the log speaks of this anchor, but its file is gone",
    "gap": "the anchor before it is gone, or is another one",
    "altered": "the file is not as it was written and signed",
    "cut": "the chain that it saw is not the chain of this database",
    "erasures": "the ledger of erasures is shorter than it was, or another: bring it from the newest copy of the keys",
    "rolled": "the database ends before it: links were cut off, or an older backup was brought back",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["log"])
    parser.add_argument("--anchors", type=Path, help="a folder of anchors kept on another machine; else our own")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when the chain is broken or an anchor does not fit."""
    if chosen.anchors is not None and not chosen.anchors.is_dir():
        raise Trouble(f"There is no folder {chosen.anchors}. Name the folder into which the anchors were copied.")
    with database_up("verify"):
        django_up()
        from baiying.kit import log

        proof = log.verify()
        anchored = log.prove_anchors(chosen.anchors)
    print(f"{proof.waiting} waiting lines were linked first; {proof.linked} links hold.")
    print(f"{anchored.held} anchors hold" + (f", the last of {anchored.last}." if anchored.last else "."))
    for torn in anchored.torn:
        print(f"The anchor of {torn.day} does not fit: {TORN[torn.what]}.")
    if proof.broken is not None:
        line = "" if proof.broken.line_id is None else f" (line {proof.broken.line_id})"
        print(f"The log is broken at link {proof.broken.seq}{line}: {MEANINGS[proof.broken.what]}. "
              f"Keep this database as it is and compare it with the last backup: it is evidence.")
    elif not anchored.torn:
        print("The log is whole: every line is as it was written, and none is missing.")
        return 0
    else:
        print("Keep database and anchors as they are, and compare them with copies on another machine: "
              "they are evidence.")
    return 1
