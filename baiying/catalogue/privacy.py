"""What is kept of whom, what for, who sees it and how long: the declarations of `catalogue/privacy/`.

One file an app (`system.toml` for the frameworks' tables), `words.toml` the words they share and the numbers that jobs
and commands go by. Read straight from the folder: neither the command line nor the page that is made of it needs a
database for them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER, WORDS, SYSTEM = "privacy", "words.toml", "system.toml"
#: P0 to P3, and `matter`: the class of the case's matter, P3 when the case is guarded.
CLASSES = ("P0", "P1", "P2", "P3", "matter")
#: Which word of a declaration is looked up in which table of words.toml.
TABLES = {"for": "purpose", "who": "who", "keep": "keep", "ground": "ground"}
#: A year or a month as days, where a number of ours is meant and no clock of the law.
DAYS = {"hour": 1 / 24, "hours": 1 / 24, "day": 1, "days": 1, "month": 30, "months": 30, "year": 365, "years": 365}

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What is declared of one field: keys of words.toml, and the class."""

    purpose: str
    privacy: str
    who: str
    keep: str
    ground: str


@dataclass(frozen=True, slots=True)
class Privacy:
    """All declarations. ``models``: Chinese and English name by `app.Model`; ``fields``: by (`app.Model`, column)."""

    words: Table
    models: Mapping[str, tuple[str, str]]
    fields: Mapping[tuple[str, str], Told]
    faults: tuple[str, ...] = ()

    def of(self, model: str, column: str) -> Told | None:
        """What is declared of a column, by its own line or by one that holds everywhere; None for nothing."""
        told = self.fields.get((model, column))
        if told is None and model in self.models and column in self.words["everywhere"]:
            return _told(self.words["everywhere"][column])
        return told


def read(folder: Path) -> Privacy:
    """Read the declarations of a catalogue folder; what is wrong with them is in ``faults``, as sentences."""
    words = tomllib.loads((folder / FOLDER / WORDS).read_text(encoding="utf-8"))
    models, fields, faults = dict[str, tuple[str, str]](), dict[tuple[str, str], Told](), list[str]()
    for path in sorted((folder / FOLDER).glob("*.toml")):
        if path.name == WORDS:
            continue
        for name, model in tomllib.loads(path.read_text(encoding="utf-8")).items():
            label = name if path.name == SYSTEM else f"{path.stem}.{name}"
            models[label] = (model["name"], model["name_en"])
            for line in model["of"]:
                faults += _faults(label, line, words)
                for column in line["fields"]:
                    if (label, column) in fields:
                        faults.append(f"{label}.{column} is declared twice.")
                    fields[label, column] = _told(line)
    for line in words["everywhere"].values():
        faults += _faults("everywhere", line, words)
    return Privacy(words, models, fields, tuple(faults))


def term(name: str) -> timedelta:
    """How long, by the name of a line of `[term]` in the catalogue in use. Raises KeyError for a name that is none."""
    return read_term(Path(settings.BAIYING_CATALOGUE), name)


def read_term(folder: Path, name: str) -> timedelta:
    """The same of a catalogue folder, for the command line. Raises KeyError, OSError."""
    return _terms(folder)[name]


@lru_cache(maxsize=8)
def _terms(folder: Path) -> Mapping[str, timedelta]:
    words = tomllib.loads((folder / FOLDER / WORDS).read_text(encoding="utf-8"))
    return {name: length(line["length"]) for name, line in words["term"].items()}


def length(told: str) -> timedelta:
    """A length as words.toml writes it: a whole number and hours, days, months (30 days) or years (365 days)."""
    number, unit = told.split()
    return timedelta(days=int(number) * DAYS[unit])


def _told(line: Table) -> Told:
    return Told(line["for"], line["class"], line["who"], line["keep"], line["ground"])


def _faults(label: str, line: Table, words: Table) -> Iterator[str]:
    if line["class"] not in CLASSES:
        yield f"{label}: {line['class']} is no class; there are {', '.join(CLASSES)}."
    for word, table in TABLES.items():
        if line[word] not in words[table]:
            yield f"{label}: {word} = {line[word]} stands nowhere in [{table}] of {WORDS}."
