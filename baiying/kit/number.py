"""The number of a case, and the 查询码 that with it opens the case without an account.

A number says nothing: it is derived, not counted. Its tenth letter is a check: the weighted sum of all ten
(weights 1 to 10) is 0 modulo 31. As 31 is prime and the weights differ, every single wrong letter and every
swap of two letters, adjacent or not, is caught.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit.chance import LETTERS, letters_for
from baiying.kit.errors import Refusal
from baiying.kit.keys import keyring

BODY = 9
LENGTH = BODY + 1
CODE_LENGTH = 8
ORDER = {letter: value for value, letter in enumerate(LETTERS)}
INVERSE_OF_LAST_WEIGHT = pow(LENGTH, -1, len(LETTERS))
BETWEEN = re.compile("[\\s\\-_.·•\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]+")


def number_for(key: str | bytes, attempt: int = 0) -> str:
    """The number that belongs to this key: nine letters and the check letter.

    ``attempt`` is raised by the caller in the rare case that the number is taken already.
    """
    body = letters_for(key, f"number:{attempt}", BODY)
    return body + check_letter(body)


def code_for(key: str | bytes) -> str:
    """The 查询码 of this key: eight letters, shown once (39 bits, behind a rate limit)."""
    return letters_for(key, "code", CODE_LENGTH)


def check_letter(body: str) -> str:
    """The tenth letter to these nine."""
    total = sum(weight * ORDER[letter] for weight, letter in enumerate(body, start=1))
    return LETTERS[-total * INVERSE_OF_LAST_WEIGHT % len(LETTERS)]


def is_whole(letters: str) -> bool:
    """Whether ten letters fit together."""
    return sum(weight * ORDER[letter] for weight, letter in enumerate(letters, start=1)) % len(LETTERS) == 0


def shown(number: str) -> str:
    """The number in groups, as people read and say it: 7K3M-9QXR-TB."""
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def code_shown(code: str) -> str:
    """The 查询码 in two groups: 4HX8-PW2N."""
    return f"{code[:4]}-{code[4:]}"


def read(typed: str) -> str:
    """The number that was typed, with or without groups, in small, capital or full-width letters.

    Raises Refusal with a sentence that says what is wrong with it.
    """
    letters = _letters(typed)
    if len(letters) != LENGTH:
        raise Refusal(_("A number has %(wanted)d letters and digits; this one has %(found)d. "
                        "Look at the slip again and type all of them."), wanted=LENGTH, found=len(letters))
    if not is_whole(letters):
        raise Refusal(_("This number does not fit together: a letter is wrong, or two are swapped. "
                        "Compare it with the slip letter by letter."))
    return letters


def read_code(typed: str) -> str:
    """The 查询码 that was typed, read as leniently as a number. Raises Refusal."""
    letters = _letters(typed)
    if len(letters) != CODE_LENGTH:
        raise Refusal(_("A query code has %(wanted)d letters and digits; this one has %(found)d. "
                        "Look at the slip again and type all of them."), wanted=CODE_LENGTH, found=len(letters))
    return letters


def entry(number: str, code: str) -> bytes:
    """The door of a case: 32 bytes that only number and code together yield, and only with the index key."""
    return hmac.digest(keyring().subkey("entry"), f"{number}:{code}".encode(), "sha256")


def _letters(typed: str) -> str:
    """What was typed in the alphabet's own letters. Raises Refusal at the first that is not one."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", typed[:200])).upper()
    for letter in plain:
        if letter not in ORDER:
            raise Refusal(_("“%(letter)s” is never part of a number or query code, which use no 0, O, 1, I or L. "
                            "Look at the slip again: it may be a letter or digit that looks like it."), letter=letter)
    return plain


def ref_of(key: UUID) -> str:
    """The twelve letters that stand for an internal key in a form: the key itself never leaves the server."""
    return hashlib.sha256(key.bytes).hexdigest()[:12]
