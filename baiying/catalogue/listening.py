"""Reading people's words straight from a catalogue folder: without a database, for the command line and the bench."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from baiying.engine import loader
from baiying.engine.loader.reading import read
from baiying.engine.text import Danger, Model, Suggestion, Topics, load, suggest


@dataclass(frozen=True)
class Listener:
    """All that it takes to say what words are about."""

    topics: Topics
    danger: Danger
    model: Model

    def suggest(self, words: str) -> Suggestion:
        return suggest(self.topics, self.danger, words, self.model)


def listener(folder: Path) -> Listener:
    """Read topics, words of danger and the model of a catalogue folder. Raises engine.text.BadModel, and OSError when
    a file is missing; the catalogue's own check tells faults of what is written in it."""
    topics = loader.topics(read("topics.toml", (folder / "topics.toml").read_bytes()).table)
    danger = loader.danger(read("danger.toml", (folder / "danger.toml").read_bytes()).table)
    return Listener(topics, danger, load(folder / "text", topics))
