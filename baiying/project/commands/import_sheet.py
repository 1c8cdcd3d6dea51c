"""`baiying import units|posts|members FILE`: looked through first, then entered; twice is once."""

from __future__ import annotations

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["units", "posts", "members"])
    parser.add_argument("file", type=Path)


def run(chosen: argparse.Namespace) -> int:
    return 0
