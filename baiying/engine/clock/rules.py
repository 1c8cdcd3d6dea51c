"""A rule: how long, in which unit, and which kind of clock it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .faults import ClockError, unknown_word

UNITS = ("hour", "calendar_day", "working_day", "month", "year")

# deadline     the last day rolls to a working day (民法典 art. 203)
# backward     counts back from an event: the latest day by which
# waiting      something may only happen after it; never rolled
# validity     something holds until it ends; never rolled
# recurring    comes again and again; each last day rolls
# limitation   the member's time to claim; rolls; interrupted and suspended by law (see `limitation`)
KINDS = ("deadline", "backward", "waiting", "validity", "recurring", "limitation")
ROLLED_KINDS = frozenset({"deadline", "recurring", "limitation"})

LONGEST = 100_000

# What people and the catalogue write, beside the five names themselves. A bare day is a calendar day.
WORDS = {
    "day": "calendar_day",
    "calendar day": "calendar_day",
    "working day": "working_day",
    "小时": "hour",
    "日": "calendar_day",
    "天": "calendar_day",
    "自然日": "calendar_day",
    "工作日": "working_day",
    "月": "month",
    "年": "year",
}

_WRITTEN = re.compile(r"\s*([+-]?\d+)\s*个?\s*(\D*?)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rule:
    """A length of time that makes a clock. `on_day` (1-31) is for a monthly or yearly recurring rule: by the 15th."""

    length: int
    unit: str
    kind: str = "deadline"
    on_day: int | None = None

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise unknown_word("unit", "单位", self.unit, UNITS)
        if self.kind not in KINDS:
            raise unknown_word("kind of clock", "时限种类", self.kind, KINDS)
        if not 1 <= self.length <= LONGEST:
            raise ClockError(
                f"A length of time is a whole number from 1 to {LONGEST}, not {self.length}.",
                f"时长须为1至{LONGEST}的整数，不能是{self.length}。",
            )
        if self.on_day is not None and not (
            1 <= self.on_day <= 31 and self.kind == "recurring" and self.unit in ("month", "year")
        ):
            raise ClockError(
                "A day of the month (1-31) belongs only to a recurring rule of months or years.",
                "“每月几日”只用于按月或按年重复的时限，且须为1至31。",
            )

    @classmethod
    def parse(cls, text: str, kind: str = "deadline", on_day: int | None = None) -> Rule:
        """Read '15 calendar_day', '3 working days', '72 hours', '6 months', '1 year', '15日', '3个工作日'.

        Raises ClockError with the nearest known word.
        """
        length, unit = _read(text)
        return cls(length, unit, kind, on_day)

    def __str__(self) -> str:
        return f"{self.length} {self.unit}"

    @property
    def rolls(self) -> bool:
        """Whether a last day that is no working day moves to the next one: never hours, validity, waiting."""
        return self.unit != "hour" and self.kind in ROLLED_KINDS


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[int, str]:
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise ClockError(
            f"'{text}' is no length of time; write a whole number and a unit, such as '15 calendar_day'.",
            f"“{text}”不是时长；请写整数和单位，例如“15 calendar_day”或“15日”。",
        )
    return int(found[1][:12]), _unit(found[2])


def _unit(word: str) -> str:
    plain = re.sub(r"[\s_]+", " ", word.lower())
    for spelling in (plain, plain.removesuffix("s")):
        if spelling.replace(" ", "_") in UNITS:
            return spelling.replace(" ", "_")
        if spelling in WORDS:
            return WORDS[spelling]
    raise unknown_word("unit", "单位", word, UNITS)
