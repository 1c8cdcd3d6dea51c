"""What arrives may hold what no text is: zero characters, halves of characters, nothing that can be seen."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from baiying.kit.errors import Refusal

TELEPHONE = re.compile(r"\+?[0-9][0-9()\- ]{3,22}[0-9]")
ZERO = "\0"  # PostgreSQL keeps none (its documentation, 8.3 Character Types)


def storable(text: str) -> str:
    """The text as it can be kept: without zero characters; halves of a surrogate pair show as U+FFFD."""
    return text.replace(ZERO, "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_answers(answers: Mapping[str, object]) -> dict[str, object]:
    """Answers to a form, each text of them as it can be kept."""
    return {storable(name): storable(value) if isinstance(value, str) else value for name, value in answers.items()}


def says_something(text: str) -> bool:
    """Whether anything of it can be seen: spaces and invisible characters (zero width, marks of direction) do not
    count."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)


def telephone(typed: str) -> str:
    """A telephone number as it is kept: full-width digits as plain ones; empty stays empty. Raises Refusal."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if plain and not TELEPHONE.fullmatch(plain):
        raise Refusal(_("This does not look like a telephone number. Please write digits only, or leave it empty."))
    return plain


def key_of(key: str, told: Mapping[str, object]) -> str:
    """The key of a submission: of one filling-in (``key``) and of everything that was written in it. The same twice is
    one case; a second need written over the first on a page gone back to is a case of its own."""
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    return f"{key}:{digest.hexdigest()[:32]}"
