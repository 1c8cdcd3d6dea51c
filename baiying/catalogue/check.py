"""What `baiying catalogue check` says: all faults of all files at once, then the counts. Needs no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from baiying.engine.loader import read_catalogue
from baiying.engine.loader.faults import nearest
from baiying.engine.loader.reading import read

DEFINITIONS = "reference/definitions.toml"


def report(directory: Path) -> tuple[list[str], int]:
    """The lines to print and the exit code: 0 for a catalogue without faults in which every definition stands."""
    found = read_catalogue(directory)
    lines = [str(fault) for fault in found.faults]
    wanted = definitions(directory)
    missing = [one for one in wanted if one not in found.ids]
    lines += [_missing(one, set(found.ids) - set(wanted)) for one in missing]
    lines.append(", ".join(f"{count} {word}" for word, count in found.counts.items()))
    lines.append(", ".join(f"{count} {kind}" for kind, count in sorted(Counter(found.ids.values()).items())))
    lines.append(f"{len(found.faults)} faults")
    if wanted:
        lines.append(f"{len(wanted) - len(missing)} of {len(wanted)}")
    return lines, 1 if found.faults or missing else 0


def definitions(directory: Path) -> tuple[str, ...]:
    """The ids that must stand in this catalogue; none where it has no list of them."""
    path = directory / DEFINITIONS
    if not path.is_file():
        return ()
    listed = read(DEFINITIONS, path.read_bytes()).table.get("ids")
    return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()


def _missing(one: str, others: Collection[str]) -> str:
    near = nearest(one, others)
    hint = (f"; 是不是 '{near}'?", f"; did you mean '{near}'?") if near else ("", "")
    return f"{DEFINITIONS}: 没有文件写 id = '{one}'{hint[0]} / no file has the id '{one}'{hint[1]}"
