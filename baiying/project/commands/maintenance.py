"""`baiying maintenance on|off`: while it is on, every page says that we are closed for a while, and until when."""

from __future__ import annotations

import argparse

from baiying.project.folders import folders

READABLE = 0o644  # the web may run as another user than the one who types this; the words are for everybody


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["on", "off", "status"])
    parser.add_argument("--say", default="", metavar="SENTENCE", help="what the page says: until when, whom to call")


def run(chosen: argparse.Namespace) -> int:
    """Set or remove the switch, a file of the data folder. It works at once and needs no restart and no database."""
    switch = folders().shut
    if chosen.what == "on":
        switch.write_text(chosen.say, encoding="utf-8")
        switch.chmod(READABLE)
    elif chosen.what == "off":
        switch.unlink(missing_ok=True)
    print("Closed: every page says so. Open again with: baiying maintenance off" if switch.exists()
          else "Open: the pages are served as usual.")
    return 0
