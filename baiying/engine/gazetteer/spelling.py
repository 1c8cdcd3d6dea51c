"""How one name is written by people: with and without 街道, 社区, 居委会, numbers as signs or digits, in short."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Between two parts of a sentence: no name reaches across it.
GAP = "|"
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_TENS = {"十": 10, "百": 100}
_NUMERAL = re.compile("[零〇一二三四五六七八九十百]+")
_JOINED = str.maketrans("", "", "-–—_·・.'’\"“”《》<>()[]【】、/#~ \t\r\u3000\u200b\ufeff")
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_OTHER = re.compile(r"\W+")

#: What a community is called by office, behind its own name.
COMMUNITY_SUFFIX = re.compile("(社区居民委员会|社区居委会|居民委员会|社区村|社区|居委会|村民委员会|村委会|家委会)$")
STREET_SUFFIX = re.compile("(街道办事处|地区办事处|街道办|街道|地区|镇|乡)$")
#: What tells communities of one estate apart: a number, a side, both.
_PART = re.compile(r"(第?\d+(区|村|里)?|村|[东西南北中上下前后](里|区|苑|院|路|街|村|小区)?)+$")
#: The unit of an employer carries the employer's name in front.
_UNIT_SUFFIX = re.compile("(工会联合会|联合工会|基层工会|工会委员会|总工会|工会|工会小组|妇女联合会|妇联|妇女小组)$")
#: A name that ends so is where people live: nobody says it of anything else.
_LIVED_IN = re.compile(r"(里|园|苑|家园|花园|新村|大厦|宿舍|公寓|\d区|里\d|园\d)$")
_CHINESE = re.compile("[㐀-鿿]")
#: Districts of other cities that are called what every town has.
_COMMON = frozenset({"老城区", "新城区", "城中区", "城东区", "城西区", "城北区", "城南区", "江南区", "江北区"})
SHORT = 3  # signs; a bare name that is no longer may be part of any other word


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a name. ``sure``: it means this and nothing else, wherever it stands; ``whole``: only where it
    is not the end of a longer name (丰体时代花园 is not 时代花园)."""

    text: str
    sure: bool
    whole: bool = False


def plain(text: str) -> str:
    """A text as names are compared in it: NFKC, small letters, Chinese numbers as digits, no spaces and joining signs;
    every other sign is a gap."""
    found = unicodedata.normalize("NFKC", text).lower().translate(_JOINED)
    return _OTHER.sub(GAP, _NUMERAL.sub(lambda run: _number(run.group()), found))


def _number(run: str) -> str:
    """A run of Chinese numerals in digits: 十一 is 11, 二十 20, 一百二十 120, 一二三 123."""
    if not any(sign in _TENS for sign in run):
        return "".join(_DIGITS[sign] for sign in run)
    total, value = 0, 0
    for index, sign in enumerate(run):
        if sign in _TENS:
            total += (value if value or index else 1) * _TENS[sign]
            value = 0
        else:
            value = int(_DIGITS[sign])
    return str(total + value)


def street(name: str) -> list[Spelling]:
    """A street or township: 八角街道, 八角街道办, 八角."""
    full = plain(name)
    bare = STREET_SUFFIX.sub("", full)
    ways = [Spelling(full, True)]
    if bare != full:
        ways += [Spelling(bare + "街道", True), Spelling(bare + "地区", True)]
        if len(bare) >= 2:
            ways.append(Spelling(bare, len(bare) > SHORT))
    return ways


def community(name: str, of_street: str) -> list[Spelling]:
    """A community: 八角北里社区, 八角北里居委会, 八角北里; 西山枫林第一社区, 西山枫林一区."""
    full = plain(name)
    bare = COMMUNITY_SUFFIX.sub("", full)
    ways = [Spelling(full, True)]
    if bare == full or len(bare) < 2:
        return ways
    near = STREET_SUFFIX.sub("", plain(of_street))
    with_street = len(bare) > len(near) and bare.startswith(near)
    sure = with_street or _is_lived_in(bare)
    numbered = re.fullmatch(r"(.+?)第?(\d+)", bare)
    if numbered and _CHINESE.search(numbered[1][-1]):
        before, digits = numbered[1], numbered[2]
        ways += [Spelling(f"{before}{digits}区", True), Spelling(f"{before}{digits}社区", True),
                 Spelling(f"{before}第{digits}", sure or len(before) >= SHORT),
                 Spelling(before + digits, sure or len(before) >= SHORT)]
    return [*ways, Spelling(bare, sure, whole=not with_street),
            *(Spelling(bare + office, True) for office in ("社区", "居委会", "小区"))]


def _is_lived_in(bare: str) -> bool:
    return len(bare) > SHORT and not bare[0].isdigit() and _LIVED_IN.search(bare) is not None


def stems(names: Mapping[str, str]) -> dict[str, set[str]]:
    """What several communities share before their number or side, with their keys: 模式口, 西山枫林.

    :param names: names of communities by key.
    """
    shared: dict[str, set[str]] = defaultdict(set)
    for key, name in names.items():
        bare = COMMUNITY_SUFFIX.sub("", plain(name))
        stem = _PART.sub("", bare)
        for one in {stem, bare}:
            if len(one) >= 2:
                shared[one].add(key)
    return {stem: keys for stem, keys in shared.items() if len(keys) > 1}


def employer(name: str, around: Iterable[str]) -> list[Spelling]:
    """A unit by its own name, its employer's, and what stands before the area in it: 轻骑快送石景山站点工会, 轻骑快送.

    :param around: bare names of the areas that may stand in the middle of it.
    """
    full = plain(name)
    bare = _UNIT_SUFFIX.sub("", full)
    ways = {full: Spelling(full, True)}
    if len(bare) > SHORT:
        ways[bare] = Spelling(bare, True)
    for area in around:
        head, middle, _tail = bare.partition(area)
        if middle and len(head) > SHORT:
            ways.setdefault(head, Spelling(head, True))
    return list(ways.values())


def own(name: str, vague: bool = False) -> list[Spelling]:
    """A name that was brought in, without a remark in brackets behind it. ``vague``: it means other things too."""
    full = plain(_REMARK.sub("", name))
    return [Spelling(full, not vague and len(full) >= SHORT)] if len(full) >= 2 else []


def outside(name: str) -> list[Spelling]:
    """A district, city or province elsewhere: 海淀区, 海淀. Names of two signs in full mean too much to be one."""
    full = plain(name)
    bare = re.sub("(特别行政区|自治区|自治州|自治县|自治旗|地区|街道|新区|区|市|县|省|盟|旗|镇|乡)$", "", full)
    ways = [Spelling(full, full not in _COMMON)] if len(full) >= SHORT else []
    if bare != full and len(bare) >= 2:
        ways.append(Spelling(bare, False))
    return ways
