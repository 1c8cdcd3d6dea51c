"""The command `baiying`: one word an errand, each in a module of `commands/` that says what it takes."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from baiying.project.errors import Trouble

ERRANDS = {
    "run": "start the product: database, web and worker (--demo for the demo district)",
    "work": "the worker alone: queued and timed jobs, and the sealer of the log",
    "migrate": "bring the tables up to date, as the owner of the database",
    "clock": "explain a clock day by day",
    "calendar": "import a year's days off and make-up workdays",
    "catalogue": "check or load the declarations",
    "territory": "load the areas of a district",
    "intake": "replay a file of messages through the same action as the page",
    "verify": "prove that the log is whole",
    "keys": "rotate the master key",
    "backup": "write database and keys, each to a file of its own",
    "restore": "bring a backup into an empty database",
    "doctor": "say in sentences what is wrong with this installation",
    "bench": "measure against a floor in the same run",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one errand. Exit status: 0 done, 1 refused with a sentence, 2 words not understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
    words = list(sys.argv[1:] if arguments is None else arguments)
    errand = words[0] if words and words[0] in ERRANDS else None
    parser = argparse.ArgumentParser(prog="baiying", description="百应: from her words to her verdict.")
    errands = parser.add_subparsers(dest="errand", required=True, metavar="ERRAND")
    for name, sentence in ERRANDS.items():
        child = errands.add_parser(name, help=sentence, description=sentence)
        if name == errand:
            module(name).arguments(child)
    chosen = parser.parse_args(words)
    try:
        return int(module(chosen.errand).run(chosen) or 0)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def module(name: str) -> ModuleType:
    """The module of an errand; loaded only when it is asked for, since most need Django."""
    return importlib.import_module(f"baiying.project.commands.{name}")


if __name__ == "__main__":
    sys.exit(main())
