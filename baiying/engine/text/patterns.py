"""Patterns over parts of speech: who does what to whom, in a text that was cut into known words.

Each known word becomes one sign, everything else a dot, the end of a clause a comma, of a sentence a semicolon; a
pattern is then a short regular expression over signs. It is written as a line of words with blanks between them:

    man|he ~4 hit me        one of the parts, at most 4 signs of the same clause, then the others
    news ~~20-now hurt      at most 20 signs of the same sentence, none of them of the part `now`
    news ~~~40 hurt         at most 40 signs, whatever ends between them
    again? hit              may be there or not
    hit !call               not followed by
    hit !~~8:joke           none of it within the next 8 signs
    hit end                 the clause or the text is over

The first word is always a part: only there a pattern is tried. Gaps are bounded, so the work is too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from baiying.engine.text.spelling import AS_IT_SOUNDS

MOST_GAP = 40
FIRST_SIGN = 0xE000  # private use: no text of anybody's is mistaken for a sign
OTHER = "."
END = "end"
PART = "@"  # before the name of a part that stands among the words of another

_WORDS = r"[a-z][a-z_0-9]*(?:\|[a-z][a-z_0-9]*)*"
_TOKEN = re.compile(
    rf"(?P<end>{END})"
    rf"|(?P<part>{_WORDS})(?P<maybe>\?)?"
    rf"|(?P<gap>~~?~?)(?P<most>\d+)(?:-(?P<without>{_WORDS}))?"
    rf"|!(?:(?P<ahead>~~?~?)(?P<far>\d+):)?(?P<never>{_WORDS})"
)


class BadPattern(ValueError):
    """A pattern that cannot be read; its text is the word that is wrong."""


def signs_of(parts: Mapping[str, Iterable[str]]) -> tuple[dict[str, str], dict[str, str]]:
    """(word -> its sign, part -> its signs). A word of several parts has a sign of its own, which belongs to each.

    A part may hold others: `@hit` among the words of a part stands for all words of `hit`. Raises BadPattern.
    """
    held: dict[str, list[str]] = {}
    written: dict[str, str] = {}  # as it is written -> the word itself
    for part in parts:
        for line in _words_of(part, parts):
            word = written.setdefault(line, line.removeprefix(AS_IT_SOUNDS))
            names = held.setdefault(word, [])
            if part not in names:
                names.append(part)
    numbers: dict[tuple[str, ...], str] = {}
    of_word = {word: numbers.setdefault(tuple(names), chr(FIRST_SIGN + len(numbers))) for word, names in held.items()}
    signs = {line: of_word[word] for line, word in written.items()}
    of_part = {part: "".join(sign for names, sign in numbers.items() if part in names) for part in parts}
    return signs, of_part


def compiled(pattern: str, of_part: Mapping[str, str]) -> tuple[str, str]:
    """(the signs it can begin with, its regular expression). Raises BadPattern."""
    tokens = [_read(word, pattern) for word in pattern.split()]
    if not tokens or not tokens[0]["part"] or tokens[0]["maybe"]:
        raise BadPattern(pattern)
    return _signs(tokens[0]["part"], of_part), "".join(_expression(token, of_part) for token in tokens)


def _words_of(part: str, parts: Mapping[str, Iterable[str]], within: tuple[str, ...] = ()) -> Iterator[str]:
    if part not in parts or part in within:
        raise BadPattern(PART + part)
    for word in parts[part]:
        if word.startswith(PART):
            yield from _words_of(word.removeprefix(PART), parts, (*within, part))
        else:
            yield word


def _read(word: str, pattern: str) -> re.Match[str]:
    found = _TOKEN.fullmatch(word)
    if found is None or int(found["most"] or found["far"] or 0) > MOST_GAP:
        raise BadPattern(word or pattern)
    return found


def _expression(token: re.Match[str], of_part: Mapping[str, str]) -> str:
    if token["end"]:
        return "(?=[,;]|$)"
    if token["part"]:
        return f"[{_signs(token['part'], of_part)}]" + ("?" if token["maybe"] else "")
    if token["never"]:
        gap = _gap(token["ahead"], token["far"], "") if token["ahead"] else ""
        return f"(?!{gap}[{_signs(token['never'], of_part)}])"
    return _gap(token["gap"], token["most"], _signs(token["without"], of_part) if token["without"] else "")


def _gap(kind: str, most: str, without: str) -> str:
    without += {"~": ",;", "~~": ";", "~~~": ""}[kind]
    return (f"[^{without}]" if without else ".") + f"{{0,{most}}}"


def _signs(names: str, of_part: Mapping[str, str]) -> str:
    found = "".join(of_part.get(name, "") for name in names.split("|"))
    unknown = next((name for name in names.split("|") if name not in of_part), None)
    if unknown is not None or not found:
        raise BadPattern(unknown or names)
    return found
