"""What the level above and time itself do to a case: an end for a ground, her contest of it, a clock that ran out."""

from __future__ import annotations

from baiying.engine.flow.house import SET_ASIDE_GROUNDS
from baiying.engine.flow.matter import ASKER, BUILT_IN, ENDED, SET_ASIDE, Matter
from baiying.engine.flow.refusing import Refused
from baiying.engine.flow.steps import Step, reopens_at


def set_aside(stage: str, ground: str) -> Step:
    """The level above ends the case for a ground of SET_ASIDE_GROUNDS. Raises Refused.

    That two people decide it, and none of the unit that leads, is for the caller to see to.
    """
    if stage in ENDED:
        raise Refused("这一件已经结束了。", "This case is at its end already.")
    if ground not in SET_ASIDE_GROUNDS:
        raise Refused("请从列表中选一个理由。", "Choose a ground from the list.")
    return Step(to=SET_ASIDE, marks=(SET_ASIDE,))


def contest(matter: Matter, stage: str, contested: bool) -> Step:
    """She says that this end is wrong: the case is open again, one level up. Once. Raises Refused."""
    if stage != SET_ASIDE:
        raise Refused("这一件没有被上一级终结, 不用提异议。", "The level above has not ended this case.")
    if contested:
        raise Refused(
            "您已经提过一次异议, 上一级看过了。您还可以另提一件。",
            "You have contested this once, and it was looked at again. You can still send a new request.",
        )
    return Step(to=reopens_at(matter), marks=("contested", "reopened"), reopened=True, upper=True)


def expire(matter: Matter, clock_key: str, stage: str) -> Step:
    """What follows when this clock runs out unmet while the case is in `stage`.

    The case moves only where the file says so, the clock is not hers, and somebody is still working on it: what waits
    for her word, or is at its end, is moved by no clock. Effects and the letter offered come in any case but the last.
    """
    expired = matter.clocks[clock_key].expired
    if stage in ENDED:
        return Step(to=stage, moved=False)
    goes = bool(expired.to) and stage not in BUILT_IN and matter.clocks[clock_key].owner != ASKER
    return Step(
        to=expired.to if goes else stage, effects=expired.then, letter=expired.letter or None, moved=goes
    )
