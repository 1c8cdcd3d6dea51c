"""The one way in which the engine says no to a person: a sentence, in both languages."""

from __future__ import annotations


class Refused(Exception):
    """Something that may not be done. `zh` and `en` are the sentence to show."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
