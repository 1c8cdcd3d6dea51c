"""No ping-pong: two returns with a ground, then a ruling; what the law sends elsewhere counts toward no limit."""

from __future__ import annotations

from datetime import datetime

import pytest

from baiying.cases import actions, queries
from baiying.engine import flow
from baiying.kit import moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import actions as network_actions
from baiying.network import queries as network
from tests.cases.conftest import entry, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
GROUND, WHY = "不属于本组织的职责", "这件事归产业工会管。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def unit_now(receipt):
    return queries.story(entry(receipt)).unit


def give_back(receipt, key: str) -> None:
    actions.give_back(people_of(unit_now(receipt).id), receipt.number, GROUND, WHY, key)


def name(receipt, unit, key: str) -> None:
    actions.assign(people_of(unit_now(receipt).id), receipt.number, unit.id, "请你们办。", key)


def may_be_named(receipt):
    """Living units below the one that names, of its organisation."""
    above = unit_now(receipt)
    return [one for one in network.lower(above.id, moment.today())
            if one.organisation == above.organisation and network.is_living(one.id, one.district, moment.today())]


def test_a_return_goes_one_level_up_with_its_ground_and_her_clocks_run_on(send):
    receipt = send()
    before = {clock.row.name: clock.due_at for clock in queries.story(entry(receipt)).clocks}
    first = unit_now(receipt)
    give_back(receipt, "one")
    story = queries.story(entry(receipt))
    assert story.unit == network.upper(first, moment.today())
    assert (story.lines[-1].verb, story.lines[-1].reason, story.lines[-1].words) == ("returned", GROUND, WHY)
    assert {clock.row.name: clock.due_at for clock in story.clocks} == before
    with pytest.raises(Unseen):
        queries.open_case(people_of(first.id), receipt.number)


def test_until_a_lead_is_named_nobody_moves_the_case(send):
    receipt = send()
    give_back(receipt, "one")
    above = people_of(unit_now(receipt).id)
    assert queries.open_case(above, receipt.number).offers == ()
    assert [row.task.kind for row in queries.tasks(above)] == ["assign"]


def test_who_gave_it_back_is_not_named_again_but_by_a_ruling(send):
    receipt = send()
    first = unit_now(receipt)
    give_back(receipt, "one")
    with pytest.raises(Refusal):
        name(receipt, first, "name")


def test_after_two_returns_the_third_is_a_ruling_and_nobody_gives_it_back_any_more(send):
    receipt = send()
    ruled = False
    for turn in range(3):
        holder = unit_now(receipt)
        give_back(receipt, f"back-{turn}")
        above = people_of(unit_now(receipt).id)
        (row,) = queries.tasks(above, ["assign", "rule"])
        ruled = row.task.kind == "rule"
        assert ruled == (turn == 2)
        if ruled:
            name(receipt, holder, f"name-{turn}")  # a ruling may name whoever gave it back
        else:
            gave = {line.unit for line in queries.story(entry(receipt)).lines if line.verb == "returned"}
            free = [one for one in may_be_named(receipt) if network.unit_said(one) not in gave]
            name(receipt, free[0] if free else unit_now(receipt), f"name-{turn}")
    with pytest.raises(Refusal):
        give_back(receipt, "fourth")
    assert not queries.open_case(people_of(unit_now(receipt).id), receipt.number).may_give_back
    assert queries.story(entry(receipt)).lines[-1].verb == "ruled"


def test_a_return_needs_a_ground_from_the_list_and_words(send):
    receipt = send()
    for ground, words in [("太忙", WHY), (GROUND, " "), ("", WHY)]:
        with pytest.raises(Refusal):
            actions.give_back(people_of(receipt.unit.id), receipt.number, ground, words, "one")
    assert unit_now(receipt) == receipt.unit


def test_the_same_return_sent_twice_is_one(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    give_back(receipt, "one")
    with pytest.raises(Unseen):
        actions.give_back(handler, receipt.number, GROUND, WHY, "one")
    assert [line.verb for line in queries.story(entry(receipt)).lines] == ["returned"]


def test_nobody_names_a_lead_who_was_not_asked_to(send):
    receipt = send()
    with pytest.raises(Unseen):
        actions.assign(people_of(receipt.unit.id), receipt.number, receipt.unit.id, "", "one")


def test_whoever_names_may_keep_it_and_then_works_on_it(send):
    receipt = send()
    give_back(receipt, "one")
    name(receipt, unit_now(receipt), "keep")
    assert queries.open_case(people_of(unit_now(receipt).id), receipt.number).offers


@pytest.mark.parametrize("ground", [key for key, one in flow.TRANSFERS.items() if one.goes == "external"])
def test_a_transfer_that_the_law_demands_names_its_article_and_waits_for_her_word(send, ground):
    receipt = send()
    actions.transfer(people_of(receipt.unit.id), receipt.number, ground, "请到所在地的工会办理。", "one")
    story = queries.story(entry(receipt))
    assert story.stage.key == flow.EXTERNAL and story.may_judge
    assert flow.TRANSFERS[ground].basis_zh in story.lines[-1].reason
    assert story.case.returns == 0


def test_a_transfer_for_recusal_goes_up_and_counts_as_no_return(send):
    receipt = send()
    actions.transfer(people_of(receipt.unit.id), receipt.number, "recusal", "全部承办人都是当事人的亲属。", "one")
    story = queries.story(entry(receipt))
    assert story.unit == network.upper(receipt.unit, moment.today()) and story.case.returns == 0


def test_who_keeps_out_of_a_case_finds_it_nowhere(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    actions.recuse(handler, receipt.number, "one")
    assert queries.today(handler) == [] and queries.tasks(handler) == []
    with pytest.raises(Unseen):
        queries.open_case(handler, receipt.number)


def test_where_the_last_person_keeps_out_the_level_above_names_a_lead(send):
    receipt = send()
    holders = [post.holder_id for post in network.posts_in(receipt.unit.id, moment.today()) if post.receives]
    for holder in dict.fromkeys(holders):
        handler = people_of(receipt.unit.id).__class__(who=holder, units=frozenset({receipt.unit.id}))
        actions.recuse(handler, receipt.number, "one")
    assert unit_now(receipt) == network.upper(receipt.unit, moment.today())
    naming = queries.naming(people_of(unit_now(receipt).id), receipt.number)
    assert receipt.unit.id not in {one.unit.id for one in naming.candidates}, "nobody there could open it"
    with pytest.raises(Refusal):
        name(receipt, receipt.unit, "back")


def test_a_unit_that_hands_over_is_not_called_the_level_above(send):
    receipt = send()
    network_actions.close_unit(receipt.unit, moment.today())
    line = queries.story(entry(receipt)).lines[-1]
    assert (line.verb, line.unit, line.party) == ("passed_on", network.unit_said(receipt.unit), "")


def test_a_transfer_to_another_district_names_it_and_its_lines(send):
    receipt = send()
    actions.transfer(people_of(receipt.unit.id), receipt.number, "another_district", "请到那里办。", "one", "110108")
    line = queries.story(entry(receipt)).lines[-1]
    assert all(word in line.reason for word in ("北京市海淀区", "12351", "12338", "第11条"))


@pytest.mark.parametrize("district", ["110107", "999999", "nonsense"])
def test_a_transfer_to_a_district_that_is_none_changes_nothing(send, district):
    receipt = send()
    with pytest.raises(Refusal):
        actions.transfer(people_of(receipt.unit.id), receipt.number, "another_district", "请到那里办。", "one",
                         district)
    assert not queries.story(entry(receipt)).lines


def test_a_district_beside_another_ground_is_not_told(send):
    receipt = send()
    actions.transfer(people_of(receipt.unit.id), receipt.number, "no_competence", "请到那里办。", "one", "110108")
    assert "海淀" not in queries.story(entry(receipt)).lines[-1].reason
