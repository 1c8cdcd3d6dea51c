"""The words of a fact in `facts.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from baiying.engine.loader.word import Word
from baiying.engine.services.facts import FACT_CLASSES, PURPOSES, SOURCES, TYPES, UNITS

BLOCKS: Mapping[str, Mapping[str, Word]] = {
    "known_fact": {
        "label": Word(needed=True, most=60),
        "label_en": Word(needed=True, most=120),
        "type": Word(needed=True, choices=TYPES),
        "unit": Word(choices=UNITS),
        "class": Word(needed=True, choices=FACT_CLASSES),
        "source": Word(needed=True, choices=SOURCES),
        "app": Word(needed=True, most=20),
        "purpose": Word(choices=PURPOSES),
        "of": Word("texts", most=6),
        "question": Word(most=60),
        "question_en": Word(most=120),
        "options": Word("options", most=60),
    },
}
