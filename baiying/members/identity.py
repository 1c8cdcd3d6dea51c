"""Who somebody is, on paper: names, papers and telephones read as they are really written, each in one form.

Pure rules without tables. What cannot be right is refused with a sentence that says what happened, why and what to do;
what a spreadsheet has ruined is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit import moment, sealing
from baiying.kit.errors import Refusal
from baiying.kit.sealing.people import CHECKS, WEIGHTS

LONGEST_NAME, LONGEST_NUMBER = 80, 40
GUARDIAN_UNDER = 14  # years: below, a guardian consents (Personal Information Protection Law, art. 31)
DOT = "\u00b7"
DOTS = re.compile("\\s*[\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\u0387]+\\s*")
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
POINT_IN_HAN = re.compile(f"(?<=[{HAN}])\\s*[.\uff0e]\\s*(?=[{HAN}])")
SPACE_IN_HAN = re.compile(f"(?<=[{HAN}])\\s+(?=[{HAN}])")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
BETWEEN = re.compile("[\\s\\-\u2010-\u2015\u2212()]+")
RUINED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}")
WHOLE_AS_DECIMAL = re.compile(r"([0-9]{6,})\.0+")

RESIDENT = re.compile(r"[1-9][0-9]{16}[0-9X]")
OLD_RESIDENT = re.compile(r"[1-8][0-9]{14}")
OLD_PERMANENT = re.compile(r"[A-Z]{3}[0-9]{12}")
HONG_KONG_MACAO = re.compile(r"([HM][0-9]{8})(?:[0-9]{2})?")
TAIWAN = re.compile(r"([0-9]{8})(?:[0-9]{2}[A-Z]?)?")
PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,14}")

ID18, ID15, PASSPORT_KIND, PERMANENT = "id18", "id15", "passport", "permanent"
HM_PERMIT, TW_PERMIT, RESIDENCE = "hm_permit", "tw_permit", "hmt_residence"
#: Every kind of paper, as pages name it. Somebody without any has simply no row.
KINDS = {
    ID18: _("resident identity card"),
    ID15: _("resident identity card of the first generation (15 digits)"),
    PASSPORT_KIND: _("passport"),
    PERMANENT: _("foreign permanent resident identity card"),
    HM_PERMIT: _("mainland travel permit for Hong Kong and Macao residents"),
    TW_PERMIT: _("mainland travel permit for Taiwan residents"),
    RESIDENCE: _("residence permit for Hong Kong, Macao and Taiwan residents"),
}
#: Kinds whose number is of the common register: 18 characters with birth date and check character (GB 11643).
REGISTERED = (ID18, ID15, RESIDENCE, PERMANENT)


@dataclass(frozen=True)
class CheckedPaper:
    """A paper in its one form. ``number`` is what the card says, ``match`` what two writings of it have in common."""

    kind: str
    number: str
    match: str

    @property
    def born_on(self) -> date | None:
        """The birth date that the number carries; used at once, never stored."""
        if not RESIDENT.fullmatch(self.match):
            return None
        return date(int(self.match[6:10]), int(self.match[10:12]), int(self.match[12:14]))

    @property
    def needs_name(self) -> bool:
        """Numbers of passports are given out by each country for itself: two people may have the same."""
        return self.kind == PASSPORT_KIND


@dataclass(frozen=True)
class NewMember:
    """One row of a list of members. ``line`` is where it stood, for sentences; ``papers`` are (kind, number)."""

    line: int
    name: str
    unit_id: UUID
    papers: tuple[tuple[str, str], ...] = ()
    telephone: str = ""
    member_number: str = ""
    since: date | None = None
    text_only: bool = False


def check_name(text: str) -> str:
    """A name in its one form: invisible signs gone, every middle dot U+00B7, no spaces between Chinese characters.

    One part is enough, rare characters stay as they are. Raises Refusal.
    """
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Cc") or sign in "\t\n\u200d")
    plain = " ".join(seen.replace("\u200d", "").translate(FULL_WIDTH).split())
    plain = DOTS.sub(DOT, POINT_IN_HAN.sub(DOT, SPACE_IN_HAN.sub("", plain)))
    if not plain.strip(DOT + " "):
        raise Refusal(_("There is no name. Please type it as it stands on the paper; one part is enough."))
    if len(plain) > LONGEST_NAME:
        raise Refusal(_("A name has at most %(most)d characters; this one has %(found)d. "
                        "Perhaps two cells ran together."),
                      most=LONGEST_NAME, found=len(plain))
    for sign in plain:
        _refuse_sign(sign)
    if plain[0] == DOT or plain[-1] == DOT:
        raise Refusal(_("The name begins or ends with a middle dot, so a part is missing. Please type all of it."))
    return plain


def _refuse_sign(sign: str) -> None:
    """Raises Refusal for a sign that is part of no name."""
    kind = unicodedata.category(sign)
    if kind == "Co":
        raise Refusal(_("The name holds a character that exists only in the font of the machine it was typed on "
                        "(private use, %(code)s). Elsewhere it is empty. Type the character of the national standard, "
                        "or its letters in pinyin."), code=f"U+{ord(sign):04X}")
    if sign in "?\ufffd":
        raise Refusal(_("A character of the name was lost when the list was converted: “%(sign)s” stands in its place. "
                        "Take the name from the original list and type it again."), sign=sign)
    if not (kind[0] in "LM" or sign in f"{DOT} '\u2019-.\u3007" or kind == "Nl"):
        raise Refusal(_("“%(sign)s” is part of no name. Perhaps another column was taken for the names. "
                        "Please compare it with the original."), sign=sign)


def name_match(name: str) -> str:
    """What two writings of one name have in common: no dots, spaces or marks of variants, small letters."""
    kept = (sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign)[0] == "L")
    return "".join(kept).casefold()


def check_telephone(text: str) -> str:
    """A telephone number in its one form; empty when none was given, which is allowed. Raises Refusal."""
    plain = _plain(text)
    if not plain:
        return ""
    if RUINED.fullmatch(plain):
        raise Refusal(_("A spreadsheet has shortened this telephone number to “%(found)s”, so its last digits are "
                        "lost. Format the column as text and type the numbers again."), found=plain)
    return sealing.phone(plain)


def check_paper(kind: str, text: str, *, by_hand: bool = False) -> CheckedPaper:
    """A paper with its number, checked, in its one form; ``kind`` is one of KINDS, or `id` for any identity number.

    ``by_hand``: somebody typed it and no spreadsheet had it, so that three zeros at its end are believed.
    Raises Refusal; a number that a spreadsheet has ruined is told as such.
    """
    plain = _plain(text).upper()
    _refuse_ruined(plain, by_hand)
    if kind in ("id", *REGISTERED):
        return _registered(kind, plain)
    shapes = {PASSPORT_KIND: PASSPORT, HM_PERMIT: HONG_KONG_MACAO, TW_PERMIT: TAIWAN}
    if kind not in shapes:
        raise Refusal(_("No kind of paper is called “%(kind)s”."), kind=kind)
    found = shapes[kind].fullmatch(plain)
    if found is None:
        raise Refusal(_SENTENCES[kind])
    return CheckedPaper(kind, plain, found[1] if found.groups() else plain)


_SENTENCES = {
    PASSPORT_KIND: _("A passport number has 5 to 14 letters and digits, among them a digit. "
                     "Please compare it with the page that has the photograph."),
    HM_PERMIT: _("The number of this permit is H (Hong Kong) or M (Macao) with 8 digits, on older cards 10. "
                 "Please compare it with the card."),
    TW_PERMIT: _("The number of this permit has 8 digits, on older booklets 10 and perhaps a letter. "
                 "Please compare it with the card."),
}


def is_under_guard(paper: CheckedPaper, on: date) -> bool:
    """Whether the number says that its bearer is too young to consent for herself."""
    born = paper.born_on
    return born is not None and on < of_age_on(born)


def of_age_on(born: date) -> date:
    """The day on which somebody can consent for herself; who was born on 29 February, on 1 March."""
    year = born.year + GUARDIAN_UNDER
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def mask(kind: str, number: str) -> str:
    """A paper as pages show it: the first three and the last characters at most."""
    if len(number) == 18:
        return sealing.mask_identity(number)
    return number[:2] + "*" * max(len(number) - 4, 4) + number[-2:] if len(number) > 6 else "*" * 8


def _refuse_ruined(plain: str, by_hand: bool) -> None:
    """Raises Refusal for what a spreadsheet leaves of a long number: it keeps 15 digits."""
    ends_empty = len(plain) == 18 and plain.isdecimal() and plain.endswith("000")
    if RUINED.fullmatch(plain) or (ends_empty and not by_hand):
        raise Refusal(_("A spreadsheet has ruined this number (“%(found)s”): it keeps 15 digits of a long number and "
                        "loses the rest, which nobody can guess. Format the column as text and type the numbers again "
                        "from the cards or from the original list."),
                      found=plain if RUINED.fullmatch(plain) else sealing.mask_identity(plain))


def _registered(kind: str, plain: str) -> CheckedPaper:
    """A number of the common register, and which paper it really is. Raises Refusal."""
    if kind in ("id", PERMANENT) and OLD_PERMANENT.fullmatch(plain):
        return CheckedPaper(PERMANENT, plain, plain)
    if OLD_RESIDENT.fullmatch(plain):
        match = sealing.identity(upgraded(plain))
        return CheckedPaper(ID15, plain, match)
    number = sealing.identity(plain)
    paper = CheckedPaper(_kind_of(number), number, number)
    if paper.born_on is not None and paper.born_on > moment.today():
        raise Refusal(_("The date of birth inside this identity number is still to come. "
                        "Please compare it with the card."))
    return paper


def _kind_of(number: str) -> str:
    """Numbers of Hong Kong, Macao and Taiwan begin with 81, 82, 83, those of foreigners with 9."""
    if number[:2] in ("81", "82", "83"):
        return RESIDENCE
    return PERMANENT if number[0] == "9" else ID18


def upgraded(fifteen: str) -> str:
    """A 15-digit number as the 18 characters that replaced it: the century put in, the check character added."""
    body = fifteen[:6] + "19" + fifteen[6:]
    return body + CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True)) % 11]


def _plain(text: str) -> str:
    """Without spaces, hyphens, brackets and invisible signs; a whole number that became a decimal is whole again."""
    wide = unicodedata.normalize("NFKC", str(text)[:200])
    seen = "".join(sign for sign in wide if unicodedata.category(sign) not in ("Cf", "Cc"))
    plain = BETWEEN.sub("", seen).lstrip("'\u2019`")  # a spreadsheet's mark of text
    whole = WHOLE_AS_DECIMAL.fullmatch(plain)
    return whole[1] if whole else plain


@dataclass(frozen=True)
class CheckedMember:
    """A row of a list whose every part is in its one form."""

    row: NewMember
    name: str
    papers: tuple[CheckedPaper, ...]
    telephone: str
    number: str

    @property
    def told_apart(self) -> bool:
        """Whether the row says more than a name."""
        return bool(self.papers or self.telephone or self.number)


def check_member(row: NewMember, *, by_hand: bool = False, alone: bool = False) -> CheckedMember:
    """One row by itself; ``alone``: entered with her guardian, if she needs one, and not by a list.

    :raises Refusal: something in it cannot be right, or she is too young to be listed.
    """
    papers = tuple(check_paper(kind, number, by_hand=by_hand) for kind, number in row.papers if number.strip())
    if not alone and any(is_under_guard(paper, moment.today()) for paper in papers):
        raise Refusal(_("By the identity number she is under 14. Her guardian must consent first (Personal Information "
                        "Protection Law, art. 31), so she is entered by herself with the guardian, not by a list."))
    number = "".join(row.member_number.split())
    if len(number) > LONGEST_NUMBER:
        raise Refusal(_("A member number has at most %(most)d characters; this one has %(found)d. "
                        "Please compare it with the original."), most=LONGEST_NUMBER, found=len(number))
    return CheckedMember(row, check_name(row.name), papers, check_telephone(row.telephone), number)


def check_members(rows: Sequence[NewMember]) -> tuple[list[CheckedMember], list[tuple[int, Refusal]]]:
    """All rows of a list: those that can be right, and (line, why not) of the others.

    Of two rows with one name in one unit and nothing else to tell them apart, the second is refused.
    """
    right: list[CheckedMember] = []
    refused: list[tuple[int, Refusal]] = []
    bare: dict[tuple[UUID, str], int] = {}
    for row in rows:
        try:
            checked = check_member(row)
            if not checked.told_apart:
                first = bare.setdefault((row.unit_id, name_match(checked.name)), row.line)
                if first != row.line:
                    raise Refusal(_("Line %(line)d has the same name in the same unit, and nothing tells the two "
                                    "apart. Add a telephone, a member number or a paper."), line=first)
            right.append(checked)
        except Refusal as refusal:
            refused.append((row.line, refusal))
    return right, refused


def mask_name(name: str) -> str:
    """A name as somebody sees it who has only shown that she reads the messages of its bearer's telephone."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else "*"


def plain_digits(text: str) -> str:
    """A code as it was typed, full-width signs made plain, without spaces, hyphens and invisible signs."""
    return _plain(text)
