"""`baiying import units|posts|members FILE`: looked through first, then entered; twice is once; `--undo` takes back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from baiying.project.errand import database_up, django_up
from baiying.project.errors import Trouble
from baiying.project.progress import Bars

if TYPE_CHECKING:
    from baiying.importing.models import Sheet
    from baiying.importing.queries import SheetView

LARGEST = 50 * 1024 * 1024
FAULTS_SHOWN = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    for kind in ("units", "posts", "members"):
        child = acts.add_parser(kind, help=f"bring in {kind}")
        child.add_argument("file", type=Path, help=".xlsx, .xls, .ods, or CSV in UTF-8 or GB18030")
        child.add_argument("--look", action="store_true", help="only look it through and tell the faults")
        child.add_argument("--leave-out", action="store_true", help="leave out rows that have faults, enter the others")
        child.add_argument("--column", action="append", default=[], metavar="NAME=LETTER",
                           help="which column is what, where its name does not say it: --column paper=D")
    template = acts.add_parser("template", help="write a sheet to fill in")
    template.add_argument("kind", choices=["units", "posts", "members"])
    template.add_argument("file", type=Path)
    undo = acts.add_parser("undo", help="take back exactly what a sheet brought")
    undo.add_argument("number", help="the number that was printed when it was entered")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when there are faults and nothing was entered."""
    if chosen.act not in ("template", "undo"):
        refuse_unfit(chosen.file)
    with database_up("import"):
        django_up()
        if chosen.act == "template":
            return write_template(chosen.kind, chosen.file)
        return undo(chosen.number) if chosen.act == "undo" else enter(chosen)


def refuse_unfit(file: Path) -> None:
    if not file.is_file():
        raise Trouble(f"There is no file {file}. Name a sheet: .xlsx or CSV.")
    if file.stat().st_size > LARGEST:
        raise Trouble(f"{file} is larger than 50 MB. Divide it into several files.")


def write_template(kind: str, file: Path) -> int:
    from baiying.importing.template import template

    file.write_bytes(template(kind))
    print(f"{file}: fill it in, then: baiying import {kind} {file}")
    return 0


def undo(number: str) -> int:
    from baiying.importing import actions
    from baiying.importing.bringing import ERRAND
    from baiying.kit import door

    sheet, kept = actions.undo(door.Asker(errand=ERRAND), number.strip().upper())
    print(f"Taken back: {sheet.name}." + (f" {kept} rows stay: something newer stands on them." if kept else ""))
    return 0


def enter(chosen: argparse.Namespace) -> int:
    """Look the file through, tell the faults, and enter it when there are none or they are to be left out."""
    from django.conf import settings

    from baiying.importing import actions, queries
    from baiying.importing.bringing import ERRAND
    from baiying.kit import door

    asker, bars = door.Asker(errand=ERRAND), Bars()
    sheet = actions.receive(asker, chosen.act, chosen.file.name, chosen.file, None, settings.BAIYING_DISTRICT)
    if chosen.column:
        actions.choose(asker, sheet.ref, sheet.columns | columns_told(chosen.column))
    sheet = actions.look(asker, sheet.ref, lambda done, of: bars("looking through", done, of), waits=False)
    tell_faults(queries.open_sheet(asker, sheet.ref))
    if sheet.why:
        raise Trouble(sheet.why)
    if chosen.look or (sheet.faulty and not chosen.leave_out):
        actions.throw_away(asker, sheet.ref)
        print(f"{sheet.total} rows, {sheet.faulty} with faults. Nothing was entered."
              + (" Correct the file, or add --leave-out to enter the others." if sheet.faulty else ""))
        return int(bool(sheet.faulty))
    sheet = actions.run(asker, sheet.ref, chosen.leave_out, lambda done, of: bars("entering", done, of))
    return result(sheet)


def columns_told(words: list[str]) -> dict[str, int]:
    """`paper=D` as a place counted from nought. Raises Trouble."""
    found = {}
    for word in words:
        key, _equals, letters = word.partition("=")
        if not letters.isascii() or not letters.isalpha() or len(letters) > 2:
            raise Trouble(f"--column {word}: write a name and a letter, for example --column paper=D")
        place = 0
        for letter in letters.upper():
            place = place * 26 + ord(letter) - 64
        found[key] = place - 1
    return found


def tell_faults(view: SheetView) -> None:
    """Each fault by row and column, with the cell as it is."""
    for cell in view.faults[:FAULTS_SHOWN]:
        place = f"{cell.letter}{cell.fault.line} {cell.column}" if cell.letter else f"row {cell.fault.line}"
        print(f"✗ {place}: “{cell.fault.shown}” {cell.fault.told}")
    if len(view.faults) > FAULTS_SHOWN:
        print("  … and more.")


def result(sheet: Sheet) -> int:
    """What was entered, and how to take it back."""
    if sheet.why:
        raise Trouble(f"{sheet.why}\n{sheet.done} of {sheet.total} rows were entered before; the same again goes on.")
    print(f"{sheet.total} rows: {sheet.new} new, {sheet.changed} changed, {sheet.same} as before, "
          f"{sheet.faulty} left out.\nTo take it back: baiying import undo {sheet.ref}")
    return 0
