"""How sure a rate is, and which rates cannot be told apart (promise 9)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

SURE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with the range in which it may well lie; all three between 0 and 1."""

    share: float
    low: float
    high: float


def wilson(part: int, whole: int, sure: float = SURE) -> Interval | None:
    """The score interval of a share (E. B. Wilson, JASA 22 (1927), 209-212); nothing where nobody was counted.

    It never leaves 0 to 1 and stays honest for few cases, where the textbook one says "100 %, quite sure".
    """
    if not whole:
        return None
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    z = NormalDist().inv_cdf((1 + sure) / 2)
    share, scale = part / whole, 1 + z * z / whole
    middle = (share + z * z / (2 * whole)) / scale
    reach = z / scale * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return Interval(share, max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def apart(part: int, whole: int, all_part: int, all_whole: int, compared: int = 1) -> int:
    """Whether one of several compared is surely above (1) or below (-1) the others together; 0: nobody can tell.

    The more are compared at once the surer it must be (Bonferroni), else one in twenty would always stand out by
    chance. `all_part` of `all_whole` is the sum over all, this one included.
    """
    rest = wilson(all_part - part, all_whole - whole, 1 - (1 - SURE) / max(compared, 1))
    own = wilson(part, whole, 1 - (1 - SURE) / max(compared, 1))
    if rest is None or own is None:
        return 0
    return int(own.low > rest.high) - int(own.high < rest.low)
