"""What `baiying catalogue check` says: all faults of all files at once, then the counts. Needs no database."""

from __future__ import annotations

from pathlib import Path

from baiying.engine.loader import read_catalogue


def report(directory: Path) -> tuple[list[str], int]:
    """The lines to print and the exit code: 0 for a catalogue without faults, 1 otherwise."""
    read = read_catalogue(directory)
    lines = [str(fault) for fault in read.faults]
    lines.append(", ".join(f"{count} {word}" for word, count in read.counts.items()))
    lines.append(f"{len(read.faults)} faults")
    return lines, 1 if read.faults else 0
