"""The command `baiying`: one word an errand, each in a module of `commands/` that says what it takes."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from baiying.project.errors import Trouble

ERRANDS = {
    "run": "start the product: database, web and worker (--demo for the demo district; without it for real)",
    "setup": "set a new installation up: district, federations, first administrators, keys",
    "import": "bring in units, posts or members from a spreadsheet",
    "work": "the worker alone: queued and timed jobs, and the sealer of the log",
    "migrate": "bring the tables up to date, as the owner of the database",
    "clock": "explain a clock day by day",
    "calendar": "import a year's days off and make-up workdays",
    "catalogue": "check or load the declarations",
    "rules": "compare the evaluators of rules with one another",
    "territory": "load the areas of a district",
    "intake": "replay a file of messages through the same action as the page",
    "classify": "say of messages what they are about: JSON lines in, JSON lines out",
    "verify": "prove that the log is whole",
    "keys": "rotate the master key; the keys that sign codes of cards",
    "backup": "write database and keys, each to a file of its own",
    "restore": "bring a backup into an empty database",
    "doctor": "say in sentences what is wrong with this installation",
    "maintenance": "close the house for repairs with a page that says so, and open it again",
    "bench": "measure against a floor in the same run",
    "leaks": "walk two worlds that differ in one protected thing, and tell what differs",
}
MODULES = {"import": "import_sheet"}  # words of the command line that Python keeps for itself
BROKEN_OFF = 130  # the exit status of a program ended by Ctrl-C


class Parser(argparse.ArgumentParser):
    """Shows all of its help, not a line of it, when words are missing or not understood."""

    def error(self, message: str) -> NoReturn:
        self.print_help(sys.stderr)
        self.exit(2, f"\n{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one errand. Exit status: 0 done, 1 refused with a sentence, 2 words not understood, 130 broken off."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
    words = list(sys.argv[1:] if arguments is None else arguments)
    chosen = parser(words[0] if words else "").parse_args(words)
    try:
        return int(module(chosen.errand).run(chosen) or 0)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Broken off.", file=sys.stderr)
        return BROKEN_OFF
    except Exception as error:
        sentence = told(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1


def parser(errand: str) -> Parser:
    """The words of the command line; those of one errand only when it is the one asked for."""
    whole = Parser(prog="baiying", description="百应: from her words to her verdict.")
    errands = whole.add_subparsers(dest="errand", required=True, metavar="ERRAND")
    for name, sentence in ERRANDS.items():
        child = errands.add_parser(name, help=sentence, description=sentence)
        if name == errand:
            module(name).arguments(child)
    return whole


def told(error: Exception) -> str | None:
    """The sentence for what went wrong in a way we know; nothing for a fault of the program, which is shown whole."""
    if isinstance(error, Trouble):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}. Check the path, and that this user may read and write there."
    kinds = {kind.__module__.split(".")[0] + "." + kind.__name__ for kind in type(error).__mro__}
    if "baiying.Refusal" in kinds:
        return str(error)
    if kinds & {"django.OperationalError", "psycopg.OperationalError"}:
        first = (str(error).strip().splitlines() or ["no word of why"])[0]
        return f"The database is away: {first}. Type `baiying doctor` to see what is wrong."
    return None


def module(name: str) -> ModuleType:
    """The module of an errand; loaded only when it is asked for, since most need Django."""
    return importlib.import_module(f"baiying.project.commands.{MODULES.get(name, name)}")


if __name__ == "__main__":
    sys.exit(main())
