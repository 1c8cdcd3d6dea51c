"""The one error of this package: a sentence a person can act on, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ClockError(ValueError):
    """Something given to the clock cannot be used; `sentence` (English) and `sentence_zh` say what to do."""

    def __init__(self, sentence: str, sentence_zh: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.sentence_zh = sentence_zh

    def __reduce__(self) -> tuple[type[ClockError], tuple[str, str]]:
        return type(self), (self.sentence, self.sentence_zh)


def unknown_word(what: str, what_zh: str, word: str, known: Iterable[str]) -> ClockError:
    """An error that names the nearest known word, or all of them when none is near."""
    words = list(known)
    near = get_close_matches(word.lower(), words, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(words)}."
    hint_zh = f"是否应为“{near[0]}”？" if near else f"可用的有：{'、'.join(words)}。"
    return ClockError(f"There is no {what} called '{word}'; {hint}", f"没有名为“{word}”的{what_zh}；{hint_zh}")
