"""A move that another person must take: whoever took the step before it, or asked herself, is refused."""

from __future__ import annotations

import pytest

from baiying.engine import flow
from tests.engine.flow.real import matters as real_matters

LEAD = frozenset({flow.LEAD})
PROPOSE = flow.Move("decide", "decide", (flow.LEAD,), "提请", marks=("proposed",), other_than=("submitted",), up=True)
AGREE = flow.Move("answered", flow.ANSWERED, (flow.LEAD,), "同意", other_than=("submitted", "proposed"))
MATTER = flow.Matter(
    key="union.trial.eyes", name="试用", name_en="Trial", org="union", privacy="P2", closing=flow.Closing("?", "?"),
    stages={
        "look": flow.Stage("look", "看", "Look", (flow.LEAD,), (PROPOSE,)),
        "decide": flow.Stage("decide", "定", "Decide", (flow.LEAD,), (AGREE,)),
    },
)  # fmt: skip


def test_who_proposed_is_refused_with_a_sentence_and_another_person_goes_on():
    with pytest.raises(flow.Refused) as refused:
        flow.step(MATTER, "decide", "answered", LEAD, {}, text="好", own=frozenset({"proposed"}))
    assert "另一个人" in refused.value.zh
    assert flow.step(MATTER, "decide", "answered", LEAD, {}, text="好", own=frozenset({"reopened"})).to == "answered"
    (offer,) = flow.offers(MATTER, "decide", LEAD, {}, own=frozenset({"proposed"}))
    assert offer.another and not flow.offers(MATTER, "decide", LEAD, {})[0].another


def test_nobody_has_a_hand_in_her_own_request_and_a_move_up_leads_one_level_up():
    with pytest.raises(flow.Refused):
        flow.step(MATTER, "look", "decide", LEAD, {}, own=frozenset({"submitted"}))
    assert flow.step(MATTER, "look", "decide", LEAD, {}).upper


def test_every_grant_and_refusal_of_a_request_is_somebody_elses_than_the_proposers_or_her_own():
    matters = [one for one in real_matters() if one.of_services]
    moves = [move for one in matters for stage in one.stages.values() for move in stage.moves]
    assert len(matters) == 2 and moves
    for move in moves:
        wanted = {"submitted", "proposed"} if "grant" in move.then and move.to != flow.ANSWERED else {"submitted"}
        if "grant" in move.then or move.to == flow.REFUSED or "proposed" in move.marks:
            assert wanted <= set(move.other_than), move.label
