"""A case brought to its end, for the tests of what follows."""

from __future__ import annotations

from baiying.cases import actions, queries
from baiying.cases.actions import Receipt
from baiying.cases.models import Case
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.network import queries as network
from baiying.network.models import Unit
from tests.cases.conftest import people_of

ANSWER = "已经和单位谈过, 工资周五发放。"


def row(receipt: Receipt) -> Case:
    """The case as it is stored."""
    with door.open(door.Asker(case=receipt.case_id)):
        return Case.objects.select_related("unit").get(id=receipt.case_id)


def lead_of(receipt: Receipt) -> door.Asker:
    """Somebody of the unit that leads now."""
    return people_of(row(receipt).unit_id)


def above(receipt: Receipt) -> Unit:
    """The unit one level above the one that leads now."""
    found = network.upper(row(receipt).unit, moment.today())
    assert found is not None
    return found


def to_the_top(receipt: Receipt) -> Unit:
    """Judge as not solved until nobody stands above; gives the unit that leads there."""
    from tests.cases.conftest import entry

    for turn in range(5):
        unit = row(receipt).unit
        if network.upper(unit, moment.today()) is None:
            return unit
        answer(receipt)
        actions.judge(entry(receipt), "not_solved", None, "", f"up-{turn}")
    raise AssertionError("no top")


def answer(receipt: Receipt, text: str = ANSWER) -> None:
    """The unit that leads takes the shortest way of the file to an answer."""
    asker = lead_of(receipt)
    for turn in range(20):
        view = queries.open_case(asker, receipt.number)
        if view.case.stage in flow.WAITING and not view.case.verdict:
            return
        far = distances(view.matter)
        offer = min((one for one in view.offers if not one.missing and len(one.awaits) < 2),
                    key=lambda one: far.get(one.move.to, 99))
        reason = offer.move.reasons[0].label if offer.move.reasons else ""
        actions.move(asker, receipt.number, offer.move.key, text, reason, f"turn-{turn}-{view.case.version}",
                     view.case.version)
    raise AssertionError("no way to an answer")


def distances(matter: flow.Matter) -> dict[str, int]:
    """How many moves each stage is away from one that waits for her word."""
    far = dict.fromkeys(flow.WAITING, 0)
    for _ in matter.stages:
        for key, stage in matter.stages.items():
            for move in stage.moves:
                if move.to in far and len(move.agree) < 2:
                    far[key] = min(far.get(key, 99), far[move.to] + 1)
    return far
