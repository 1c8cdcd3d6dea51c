"""Reading people's words straight from a catalogue folder: without a database, for the command line and the bench."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from baiying.engine import loader
from baiying.engine.loader.reading import read
from baiying.engine.text import Danger, Model, Suggestion, Topics, find, load, suggest


@dataclass(frozen=True)
class Listener:
    """All that it takes to say what words are about."""

    topics: Topics
    danger: Danger
    model: Model

    def suggest(self, words: str) -> Suggestion:
        return suggest(self.topics, words, self.model)

    def is_danger(self, words: str) -> bool:
        """Whether they speak of danger."""
        return bool(find(self.danger, words))


class Unreadable(Exception):
    """A file of the catalogue has faults; all of them are in the sentence."""


def listener(folder: Path) -> Listener:
    """Read topics, words of danger and the model of a catalogue folder. Raises Unreadable for a file that cannot be
    read (`baiying catalogue check` tells what else is wrong with it), engine.text.BadModel, and OSError."""
    topics = loader.topics(_table(folder, "topics.toml"))
    danger = loader.danger(
        loader.with_weights(_table(folder, "danger.toml"), _table(folder, "text/danger_weights.toml")))
    return Listener(topics, danger, load(folder / "text", topics))


def _table(folder: Path, file: str) -> loader.Table:
    source = read(file, (folder / file).read_bytes())
    if source.faults:
        raise Unreadable("; ".join(map(str, source.faults)))
    return source.table
