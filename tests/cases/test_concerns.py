"""The same need of many: suggested, confirmed by a person, answered once and judged by each, apart at any time."""

from __future__ import annotations

import pytest

from baiying.cases import actions, queries
from baiying.cases.actions import concern_answers, concerns
from baiying.cases.actions.step import guard
from baiying.cases.models import ConcernCase
from baiying.cases.queries import concerns as seen
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.cases.answering import above, lead_of, row
from tests.cases.conftest import entry, people_of

TITLE = "八角南里停暖"
SAME = ["八角南里停暖三天了, 老人受不了, 没人管。", "我们八角南里又停暖了, 找物业也没人管。",
        "八角南里小区停暖, 孩子发烧了, 物业没人管。"]


@pytest.fixture
def three(send):
    return [send(words, key=f"k{place}", phone=f"1380010000{place}") for place, words in enumerate(SAME)]


def numbers(receipts):
    return [one.number for one in receipts]


def held(asker, ref) -> set[str]:
    return {line.row.address for line in seen.concern(asker, ref).lines}


def to_work(receipt) -> None:
    """The unit contacts the person and begins: from here on a plain answer can be given."""
    asker = lead_of(receipt)
    view = queries.open_case(asker, receipt.number)
    offer = next(one for one in view.offers if one.move.to in view.matter.stages and not one.missing)
    actions.move(asker, receipt.number, offer.move.key, "电话里问清楚了。", "", "on", view.case.version)


def test_what_several_people_write_of_one_thing_is_suggested_and_nothing_else(three, send):
    send("孩子上小学要交什么材料, 想问一下报名时间。", key="other")
    asker = lead_of(three[0])
    found = seen.suggested(asker)
    assert [set(one.numbers) for one in found] == [set(numbers(three))]
    assert any("停暖" in run for run in found[0].common)


def test_two_people_are_no_need_of_many_and_one_telephone_is_one_person(send):
    asker = lead_of(send(SAME[0], key="a", phone="13800100000"))
    for place, words in enumerate(SAME[1:]):
        send(words, key=f"b{place}", phone="13800100001")
    assert seen.suggested(asker) == []


def test_the_level_above_reads_what_is_common_and_not_what_one_person_wrote(three):
    upper = people_of(above(three[0]).id)
    own, over = seen.suggested(lead_of(three[0]))[0], seen.suggested(upper)[0]
    assert all(line.gist for line in own.lines)
    assert over.numbers == own.numbers and over.common and not any(line.gist for line in over.lines)


def test_a_concern_leaves_every_case_with_its_owner_its_clocks_and_its_story(three):
    asker = lead_of(three[0])
    before = [queries.story(entry(one)) for one in three]
    concern = concerns.confirm(asker, numbers(three), TITLE, "join")
    assert held(asker, concern.ref) == set(numbers(three))
    for one, was in zip(three, before, strict=True):
        now = queries.story(entry(one))
        assert (now.case.unit_id, now.case.version, now.case.stage) == (was.case.unit_id, was.case.version,
                                                                        was.case.stage)
        assert [(view.row.name, view.row.due_at) for view in now.clocks] == [
            (view.row.name, view.row.due_at) for view in was.clocks]
        assert [line for line in now.lines if line.verb != "joined"] == was.lines


def test_she_is_told_where_her_need_has_gone_and_that_it_stays_hers(three):
    concerns.confirm(lead_of(three[0]), numbers(three), TITLE, "join")
    told = seen.her_concern(entry(three[0]))
    assert told is not None and (told.called, told.others) == (TITLE, 2)
    assert any(TITLE in line.label for line in queries.story(entry(three[0])).lines)


def test_one_answer_goes_to_all_who_can_take_it_and_each_judges_for_herself(three):
    asker = lead_of(three[0])
    for one in three[:2]:
        to_work(one)
    concern = concerns.confirm(asker, numbers(three), TITLE, "join")
    said = concern_answers.answer_all(asker, concern.ref, "供热公司今晚八点恢复供暖。", "all")
    assert set(said.reached) == set(numbers(three[:2]))
    assert said.left == [[three[2].number, seen.NO_WAY]]
    assert [row(one).stage for one in three[:2]] == [flow.ANSWERED] * 2 and row(three[2]).stage != flow.ANSWERED
    actions.judge(entry(three[0]), "solved", None, "", "word")
    assert (row(three[0]).verdict, row(three[1]).verdict) == ("solved", "")
    again = concern_answers.answer_all(asker, concern.ref, "供热公司今晚八点恢复供暖。", "all")
    assert set(again.reached) == set(said.reached) and len(queries.story(entry(three[1])).lines) == 3


def test_the_unit_above_that_answers_for_all_never_writes_a_verdict_down(three):
    upper = above(three[0])
    asker = people_of(upper.id)
    to_work(three[0])
    concern = concerns.confirm(asker, numbers(three[:2]), TITLE, "join")
    concern_answers.answer_all(asker, concern.ref, "已经恢复供暖。", "all")
    last = queries.story(entry(three[0])).lines[-1]
    assert (last.unit, last.words) == (network.unit_said(upper), "已经恢复供暖。")
    assert row(three[0]).unit_id != upper.id
    with pytest.raises(Refusal):
        queries.call_back(asker, three[0].number)


def test_a_case_is_taken_out_by_its_own_unit_at_any_time(three):
    upper = people_of(above(three[0]).id)
    concern = concerns.confirm(upper, numbers(three), TITLE, "join")
    concerns.take_out(lead_of(three[0]), concern.ref, three[0].number)
    assert held(upper, concern.ref) == set(numbers(three[1:]))
    assert seen.her_concern(entry(three[0])) is None
    labels = [line.verb for line in queries.story(entry(three[0])).lines]
    assert labels.count("joined") == labels.count("parted") == 1


def test_what_was_taken_out_is_not_suggested_with_the_others_again(three):
    asker = lead_of(three[0])
    concerns.decline(asker, numbers(three), "no")
    assert seen.suggested(asker) == [] and seen.concerns(asker) == []
    assert [line.verb for line in queries.story(entry(three[0])).lines] == []


def test_split_and_merge_lose_nobody(three, send):
    asker = lead_of(three[0])
    one = concerns.confirm(asker, numbers(three), TITLE, "join")
    two = concerns.split(asker, one.ref, [three[0].number], "停电", "split")
    assert (held(asker, one.ref), held(asker, two.ref)) == (set(numbers(three[1:])), {three[0].number})
    concerns.merge(asker, one.ref, two.ref, "merge")
    assert held(asker, one.ref) == set(numbers(three))
    assert seen.concern(asker, two.ref).goes_on == one.ref
    concerns.close(asker, one.ref)
    assert not seen.concerns(asker) and len(seen.concerns(asker, closed=True)) == 2


def test_a_guarded_case_is_in_no_concern_and_its_number_is_as_one_that_does_not_exist(three, send, guarded_matter):
    asker = lead_of(three[0])
    safe = send("想咨询", key="safe", matter=guarded_matter)
    sentences = []
    for number in (safe.number, "2345672344"):
        with pytest.raises((Refusal, Unseen)) as refused:
            concerns.confirm(lead_of(safe), [three[0].number, number], TITLE, "join")
        sentences.append(str(refused.value).replace(number, "?"))
    assert seen.her_concern(entry(three[0])) is None
    concern = concerns.confirm(asker, numbers(three), TITLE, "join")
    with door.open(door.Asker(case=three[0].case_id)):
        case = row(three[0])
        guard(case)
        case.changed_at = moment.now()
        case.save()
        assert not ConcernCase.objects.filter(case=case, left_at=None).exists()
    view = seen.concern(asker, concern.ref)
    assert three[0].number not in {line.row.address for line in view.lines}
    assert not view.gone and not view.away


def test_nobody_outside_opens_a_concern_or_touches_it(three, send):
    asker = lead_of(three[0])
    concern = concerns.confirm(asker, numbers(three), TITLE, "join")
    there = next(inside.code for street in network.areas() for inside in street.inside
                 if not inside.code.startswith("110107003"))
    stranger = lead_of(send("有事", area=there, key="two"))
    for trying in (lambda: seen.concern(stranger, concern.ref), lambda: concerns.close(stranger, concern.ref),
                   lambda: concerns.take_out(stranger, concern.ref, three[0].number),
                   lambda: concern_answers.answer_all(stranger, concern.ref, "好", "x")):
        with pytest.raises(Unseen):
            trying()
    assert seen.concerns(stranger) == []
    with pytest.raises(Refusal):
        concerns.confirm(stranger, numbers(three), TITLE, "theirs")


def test_a_case_in_one_concern_joins_no_other(three, send):
    asker = lead_of(three[0])
    concerns.confirm(asker, numbers(three[:2]), TITLE, "join")
    with pytest.raises(Refusal):
        concerns.confirm(people_of(above(three[0]).id), numbers(three), TITLE, "above")
    with door.open(asker):
        assert ConcernCase.objects.filter(left_at=None).count() == 2


def test_one_persons_two_requests_are_shown_to_the_handler_and_to_nobody_else(send):
    first = send(SAME[0], key="a", phone="13800100000")
    second = send(SAME[0] + "请快点。", key="b", phone="13800100000")
    send(SAME[0], key="c", phone="13800100009")
    asker = lead_of(first)
    assert [line.row.address for line in seen.same_person(asker, second.number)] == [first.number]
    concern = concerns.confirm(asker, [first.number, second.number], "同一个人", "one", kind="one")
    assert seen.same_person(asker, second.number) == []
    assert seen.her_concern(entry(second)) is None
    assert not any(line.verb == "joined" for line in queries.story(entry(second)).lines)
    assert any(line.verb == "joined" for line in queries.open_case(asker, second.number).lines)
    concerns.take_out(asker, concern.ref, second.number)
    assert [line.row.address for line in seen.same_person(asker, second.number)] == [first.number]


def test_what_a_closed_unit_held_passes_on_with_its_cases(three):
    concern = concerns.confirm(lead_of(three[0]), numbers(three), TITLE, "join")
    upper, before = above(three[0]), row(three[0]).unit_id
    actions.pass_on(before, upper.id, moment.today())
    assert held(people_of(upper.id), concern.ref) == set(numbers(three))
    assert seen.her_concern(entry(three[0])).unit == network.unit_said(upper)
