"""The house rules of a case's way that no file may loosen, as pure functions: returns, pauses, extensions, the ladder
before a clock ends, reminders, ends set by the level above, transfers that the law demands.

Each bound is small and fixed, so that no case can be sent round for ever and no clock can be stopped for ever. Where a
law or the city's standard names a number it stands beside it; the others are our own (proposed).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from baiying.engine.flow.matter import (
    FORCE_MAJEURE,
    OUTSIDE_STEP,
    PAUSES,
    WAITING_FOR_ASKER,
    ClockWord,
    Matter,
)
from baiying.engine.flow.refusing import Refused


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of a house list, with the names people are shown."""

    key: str
    label: str
    label_en: str


# Twice a unit may say "not ours", each time with a ground; the third time the level above rules and names the lead.
RETURNS_MOST = 2


def may_return(returns: int, ruled: bool) -> bool:
    """Whether a unit may say once more that the case is not its own. `returns`: how often that was said before."""
    return not ruled and returns <= RETURNS_MOST


def return_goes(returns: int) -> Literal["assign", "rule"]:
    """What the level above is asked, after so many earlier returns: to name another unit, or to rule for good."""
    return "assign" if returns < RETURNS_MOST else "rule"


# Days from the day a pause begins to its last day, at most, by its ground.
PAUSE_DAYS: Mapping[str, int] = MappingProxyType({WAITING_FOR_ASKER: 15, FORCE_MAJEURE: 30, OUTSIDE_STEP: 90})
PAUSES_MOST = 2  # of one ground in one case
PAUSE_GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        one.key: one
        for one in (
            Ground(WAITING_FOR_ASKER, "等本人补充或答复", "Waiting for the person who asked"),
            Ground(OUTSIDE_STEP, "等法定的外部程序 (鉴定、仲裁、诉讼等)", "Waiting for a lawful step outside"),
            Ground(FORCE_MAJEURE, "不可抗力", "Force majeure"),
        )
    }
)


def check_pause(
    matter: Matter, ground: str, since: datetime.date, until: datetime.date, earlier: Sequence[str]
) -> None:
    """Whether our clocks may stand still from `since` to `until`, both included. Raises Refused.

    `earlier`: the grounds of all earlier pauses of this case. Clocks of hers never stand still, whatever is paused.
    """
    if ground not in PAUSES or ground not in matter.pauses:
        raise Refused("这个事项不能因此暂停。", "This kind of case cannot be paused for that ground.")
    label = PAUSE_GROUNDS[ground]
    if earlier.count(ground) >= PAUSES_MOST:
        raise Refused(
            f"因“{label.label}”已经暂停过 {PAUSES_MOST} 次, 不能再停。请接着办, 或请上一级来定。",
            f"It has been paused {PAUSES_MOST} times for this ground ({label.label_en}) and cannot be paused again. "
            "Go on with it, or ask the unit above.",
        )
    if until < since:
        raise Refused("暂停的最后一天不能早于今天。", "The last day of a pause cannot lie before today.")
    most = PAUSE_DAYS[ground]
    if (until - since).days > most:
        latest = since + datetime.timedelta(days=most)
        raise Refused(
            f"因“{label.label}”最多停 {most} 天, 请选 {latest} 或更早的一天。",
            f"For this ground ({label.label_en}) at most {most} days: choose {latest} or an earlier day.",
        )


def check_extension(clock: ClockWord, granted_before: int) -> None:
    """Whether more time may be asked for this clock. Raises Refused. `granted_before`: how often it was."""
    if clock.owner != "ours":
        raise Refused(
            "这不是我们自己的时限, 不能由我们延长。",
            "This is no deadline of ours, so it is not ours to extend.",
        )
    if not clock.extend:
        raise Refused(f"“{clock.label}”不能延长。", f"{clock.label_en}: this deadline cannot be extended.")
    if granted_before:
        raise Refused(
            f"“{clock.label}”已经延长过一次, 不能再延。",
            f"{clock.label_en}: it has been extended once, and cannot be again.",
        )


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: when, and who is told, the unit whose turn it is or the level above."""

    at: datetime.datetime
    to: Literal["unit", "upper"]


def rungs(started_at: datetime.datetime, due_at: datetime.datetime, warn: Sequence[int] = ()) -> tuple[Rung, ...]:
    """The rungs before a clock ends, in order; all lie after its start and before its end.

    `warn` in days before the end: at each the unit is told, at the last one the level above too. Without `warn`, or
    where the clock is shorter than every one of them: the unit at half of the time, the level above at three quarters.
    """
    days = sorted({due_at - datetime.timedelta(days=one) for one in warn if one > 0})
    ahead = [at for at in days if started_at < at < due_at]
    if ahead:
        return (*(Rung(at, "unit") for at in ahead), Rung(ahead[-1], "upper"))
    half, late = (started_at + (due_at - started_at) * part / 4 for part in (2, 3))
    found = (Rung(half, "unit"), Rung(late, "upper"))
    return tuple(one for one in found if started_at < one.at < due_at)


# Days after an answer on which she is reminded, by the safe contact only; then silence goes on the shelf as 未评.
REMIND_DAYS = (3, 7, 14)
SHELF_DAYS = 30

# For which the level above may end a case without her word. She may contest it once; none of it counts as solved.
SET_ASIDE_GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        one.key: one
        for one in (
            Ground("spam", "不是诉求 (广告、骚扰、乱码)", "No request (advertising, nuisance, garble)"),
            Ground("mistake", "误提交", "Sent by mistake"),
            Ground("duplicate", "重复提交, 已并入另一件", "A duplicate, joined to another case"),
            Ground("death", "本人去世", "The person has died"),
            Ground("final_refusal", "最上一级已最终答复不予办理", "Finally refused at the highest level"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer that the law demands. It counts toward no limit of returns.

    `goes`: "external", out of the house by a lawful route she is told; "upper", to the level above, which names who
    leads. `grade` is a word of `words.toml`: how sure the basis is.
    """

    key: str
    label: str
    label_en: str
    basis: str
    basis_zh: str
    basis_en: str
    grade: str
    goes: Literal["external", "upper"]


# L-XF binds mass organisations too (art. 2). L-JSJB speaks to the city's hotline; units follow it (practice).
TRANSFERS: Mapping[str, Transfer] = MappingProxyType(
    {
        one.key: one
        for one in (
            Transfer(
                "another_district", "属于其他区", "It belongs to another district",
                "L-JSJB art.11", "《北京市接诉即办工作条例》第11条 (属地管理)",
                "Beijing Regulations on Swift Response to Public Complaints, art. 11 (territory)",
                "practice", "external",
            ),
            Transfer(
                "no_competence", "超出工会、妇联职责, 应由有权的机关办理", "Beyond our competence",
                "L-XF art.23", "《信访工作条例》第23条", "Regulations on Petition Work, art. 23", "law", "external",
            ),
            Transfer(
                "recusal", "与本事项有直接利害关系, 须回避", "A direct interest in the matter: recusal",
                "L-XF art.28", "《信访工作条例》第28条", "Regulations on Petition Work, art. 28", "law", "upper",
            ),
            Transfer(
                "mandatory_report", "须依法向公安机关报告", "The law demands a report to the police",
                "L-FJB art.14",
                "《反家庭暴力法》第14条 (所列机构不含工会、妇联; 未成年人另见《未成年人保护法》第11条, 原文未核)",
                "Anti-Domestic Violence Law, art. 14 (unions and women's federations are not among the bodies listed; "
                "minors: Protection of Minors Law, art. 11, text not checked)",
                "known_unverified", "external",
            ),
            Transfer(
                "petition", "已进入信访渠道", "Already on its way as a petition",
                "L-JSJB art.11", "《北京市接诉即办工作条例》第11条",
                "Beijing Regulations on Swift Response to Public Complaints, art. 11", "practice", "external",
            ),
        )
    }
)  # fmt: skip
