"""Identity numbers and telephones: read leniently, kept in one form, found by a blind index, masked on every page."""

from __future__ import annotations

import hmac
import re
import unicodedata
from datetime import date

from django.utils.translation import gettext_lazy as _

from baiying.kit.errors import Refusal
from baiying.kit.keys import keyring

BETWEEN = re.compile("[\\s\\-().·\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2212\u2066-\u2069\ufeff]+")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
FIXED = re.compile(r"0[0-9]{9,11}")
ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
CHINA = re.compile(r"(?:\+86|0086|86)(?=1[3-9][0-9]{9}$)")
CHINA_FIXED = re.compile(r"(?:\+86|0086)0?(?=[1-9][0-9]{8,10}$)")
IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9X]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # 2^(17-i) mod 11, GB 11643-1999
CHECKS = "10X98765432"


def phone(typed: str) -> str:
    """A telephone number in its one form: 11 digits, 0 with area code, or + and country. Raises Refusal.

    Mainland mobiles and fixed lines lose +86, so that one telephone has one blind index.
    """
    plain = _plain(typed)
    plain = CHINA.sub("", plain)
    plain = CHINA_FIXED.sub("0", plain)
    if MOBILE.fullmatch(plain) or FIXED.fullmatch(plain) or ABROAD.fullmatch(plain):
        return plain
    raise Refusal(_("This is not a telephone number that can be called: a mobile number has 11 digits, a fixed line "
                    "begins with 0 and the area code, a number abroad with + and the country. Please type it again."))


def identity(typed: str) -> str:
    """A resident identity number of 18 characters (GB 11643), checked. Raises Refusal.

    Spreadsheets turn these numbers into 1.1E+17 and zeros; such a one fails here and is not guessed.
    """
    plain = _plain(typed).upper()
    if not IDENTITY.fullmatch(plain):
        raise Refusal(_("An identity number has 17 digits and then a digit or X. "
                        "If it came from a spreadsheet, its column must be text. Please type all 18 characters."))
    try:
        date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        raise Refusal(_("The date of birth inside this identity number does not exist. "
                        "Please compare it with the card.")) from None
    if CHECKS[sum(w * int(digit) for w, digit in zip(WEIGHTS, plain, strict=False)) % 11] != plain[17]:
        raise Refusal(_("The last character of this identity number does not fit the others, so one of them is wrong. "
                        "Please compare it with the card."))
    return plain


NORMAL_FORMS = {"phone": phone, "identity": identity}


def blind_index(kind: str, value: str) -> bytes:
    """32 bytes by which a value is found again and nobody without the index key can tell it (HMAC-SHA256).

    ``phone`` and ``identity`` are brought to their one form first (Refusal when they have none); each kind has
    a key of its own, so that equal values of two kinds cannot be matched.
    """
    normal = NORMAL_FORMS.get(kind, _plain)(value)
    return hmac.digest(keyring().subkey("blind:" + kind), normal.encode(), "sha256")


def mask_phone(value: str) -> str:
    """138****5678; a short or strange number shows its last two characters at most."""
    plain = _plain(value)
    if len(plain) < 9:
        return "*" * max(len(plain) - 2, 4) + (plain[-2:] if len(plain) > 4 else "")
    return plain[:3] + "*" * (len(plain) - 7) + plain[-4:]


def mask_identity(value: str) -> str:
    """110***********123X; anything that is not 18 characters long is masked whole."""
    plain = _plain(value).upper()
    if len(plain) != 18:
        return "*" * 18
    return plain[:3] + "*" * 11 + plain[-4:]


def _plain(typed: str) -> str:
    """Without spaces, hyphens, brackets and invisible characters, full-width forms made plain."""
    return BETWEEN.sub("", unicodedata.normalize("NFKC", typed[:200]))
