"""The way of one request: from her words to her verdict, and one level up when it is not solved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from baiying.cases import actions, queries
from baiying.cases.actions.move import Stale
from baiying.engine import flow
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal, Unseen
from tests.cases.conftest import entry, people_of

NOON = moment.shanghai(__import__("datetime").datetime(2026, 3, 2, 12, 0))


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def answer(receipt, asker, text="已经和单位谈过, 工资周五发放。"):
    """The handler takes the shortest way of the file to an answer."""
    for turn in range(10):
        view = queries.open_case(asker, receipt.number)
        if view.case.stage == flow.ANSWERED:
            return
        offer = next((one for one in view.offers if one.move.to == flow.ANSWERED), None) or view.offers[0]
        actions.move(asker, receipt.number, offer.move.key, text, "", f"turn-{turn}-{view.case.version}",
                     view.case.version)
    raise AssertionError("no way to an answer")


def test_the_case_stands_on_the_list_of_the_unit_that_leads_and_of_no_other(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    assert [row.address for row in queries.today(handler)] == [receipt.number]
    stranger = door.Asker(who=handler.who, units=frozenset(), roles=frozenset())
    assert queries.today(stranger) == []
    with pytest.raises(Unseen):
        queries.open_case(stranger, receipt.number)


def test_the_clock_that_runs_out_first_stands_on_top(send):
    first = send(key="one")
    with moment.frozen(NOON - timedelta(hours=5)):
        second = send(key="two")
    rows = queries.today(people_of(first.unit.id))
    assert [row.address for row in rows] == [second.number, first.number]


def test_an_answer_waits_for_her_word_and_only_her_word_closes(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    answer(receipt, handler)
    story = queries.story(entry(receipt))
    assert story.may_judge and not story.case.ended
    assert any("工资周五发放" in line.words for line in story.lines)
    view = queries.open_case(handler, receipt.number)
    assert not view.offers, "nobody of the unit can close it"
    actions.judge(entry(receipt), "solved", True, "", "k1")
    story = queries.story(entry(receipt))
    assert story.case.ended and story.case.verdict == "solved" and story.case.contacted is True


def test_partly_is_a_verdict_of_its_own(send):
    receipt = send()
    answer(receipt, people_of(receipt.unit.id))
    actions.judge(entry(receipt), "partly", False, "还差一个月", "k1")
    assert queries.story(entry(receipt)).case.verdict == "partly"


def test_not_solved_reopens_one_level_up_and_the_clocks_start_anew(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    answer(receipt, handler)
    with moment.frozen(NOON + timedelta(days=3)):
        actions.judge(entry(receipt), "not_solved", False, "没有人来过", "k1")
        story = queries.story(entry(receipt))
        assert story.unit.id != receipt.unit.id
        assert not story.case.ended and story.case.times_reopened == 1
        assert story.case.next_due_at is not None
        assert story.case.next_due_at > NOON + timedelta(days=3)
        upper = people_of(story.unit.id)
        assert [row.address for row in queries.today(upper)] == [receipt.number]
        assert queries.today(handler) == []
        with pytest.raises(Unseen):
            queries.open_case(handler, receipt.number)


def test_her_word_sent_twice_counts_once(send):
    receipt = send()
    answer(receipt, people_of(receipt.unit.id))
    for _ in range(2):
        actions.judge(entry(receipt), "not_solved", None, "", "same")
    assert queries.story(entry(receipt)).case.times_reopened == 1


def test_another_word_under_the_same_key_is_not_taken_for_the_first_one(send):
    receipt = send()
    answer(receipt, people_of(receipt.unit.id))
    actions.judge(entry(receipt), "not_solved", None, "", "same")
    with pytest.raises(Refusal):  # it is no longer her turn; silence would have lost her words
        actions.judge(entry(receipt), "solved", True, "后来解决了", "same")
    handler = people_of(queries.story(entry(receipt)).unit.id)
    view = queries.open_case(handler, receipt.number)
    actions.move(handler, receipt.number, view.offers[0].move.key, "一", "", "a", view.case.version)
    with pytest.raises(Stale):
        actions.move(handler, receipt.number, view.offers[0].move.key, "二", "", "a", view.case.version)


def test_danger_spoken_of_later_seals_all_of_hers_and_guards_the_case_from_then_on(send):
    from baiying.cases.models import Move

    receipt = send("孩子的学费交不起。")
    handler = people_of(receipt.unit.id)
    answer(receipt, handler)
    assert not queries.story(entry(receipt)).hidden
    actions.judge(entry(receipt), "not_solved", None, "昨晚他又打我了", "k1")
    story = queries.story(entry(receipt))
    assert story.hidden and story.case.guarded and story.words == "孩子的学费交不起。" and story.case.words == ""
    assert "昨晚他又打我了" in [line.words for line in story.lines]
    with door.open(door.Asker(case=story.case.id)):
        assert not Move.objects.filter(words__contains="打我").exists()


def test_there_is_nothing_to_judge_before_an_answer(send):
    receipt = send()
    with pytest.raises(Refusal):
        actions.judge(entry(receipt), "solved", True, "", "k1")


def test_a_form_made_before_somebody_else_moved_the_case_is_stale_and_changes_nothing(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    view = queries.open_case(handler, receipt.number)
    first = view.offers[0].move.key
    actions.move(handler, receipt.number, first, "一", "", "a", view.case.version)
    with pytest.raises(Stale):
        actions.move(handler, receipt.number, first, "二", "", "b", view.case.version)
    assert len(queries.story(entry(receipt)).lines) == 1


def test_the_same_move_sent_twice_is_one_move(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    view = queries.open_case(handler, receipt.number)
    for _ in range(2):
        actions.move(handler, receipt.number, view.offers[0].move.key, "一", "", "a", view.case.version)
    assert len(queries.story(entry(receipt)).lines) == 1


def test_she_can_take_it_back_and_that_counts_as_nothing(send):
    receipt = send()
    actions.withdraw(entry(receipt), "k")
    story = queries.story(entry(receipt))
    assert story.case.ended and story.case.verdict == "" and story.case.stage == flow.WITHDRAWN


def test_every_opening_of_a_guarded_case_is_shown_to_her(send, guarded_matter):
    receipt = send(matter=guarded_matter)
    handler = people_of(receipt.unit.id)
    assert queries.story(entry(receipt)).readings == []
    queries.open_case(handler, receipt.number)
    queries.open_case(handler, receipt.number)
    readings = queries.story(entry(receipt)).readings
    assert [one.what for one in readings] == ["read", "read", "taken"]  # the first opening took it up (decision 0035)
    assert {one.unit for one in readings} == {receipt.unit.name}


def test_looking_at_her_telephone_is_a_reading_too(send):
    receipt = send(phone="13800000000")
    handler = people_of(receipt.unit.id)
    assert queries.open_case(handler, receipt.number).phone_masked != "13800000000"
    before = len(queries.story(entry(receipt)).readings)
    assert queries.reach(handler, receipt.number) == "13800000000"
    assert len(queries.story(entry(receipt)).readings) == before + 1


def test_an_opening_of_an_ordinary_case_is_a_reading_with_and_without_sealed_fields(send):
    named, bare = send(key="named", name="石小工", contact="只在上午"), send(key="bare")
    handler = people_of(named.unit.id)
    assert queries.open_case(handler, named.number).logged and len(queries.story(entry(named)).readings) == 1
    assert queries.open_case(handler, bare.number).logged and len(queries.story(entry(bare)).readings) == 1


def test_who_opened_and_who_moved_is_said_in_the_readers_language(send, guarded_matter):
    receipt = send(matter=guarded_matter)
    handler = people_of(receipt.unit.id)
    view = queries.open_case(handler, receipt.number)
    move = next(offer.move for offer in view.offers if not offer.missing and not offer.move.reasons)
    actions.move(handler, receipt.number, move.key, "我们明天下午去看您", "", "a", view.case.version)
    assert receipt.unit.name_en and receipt.unit.name_en != receipt.unit.name
    for language, name, office in (("zh-hans", receipt.unit.name, "办理人"), ("en", receipt.unit.name_en, "Handler")):
        with translation.override(language):
            story = queries.story(entry(receipt))
            assert (story.readings[0].unit, story.lines[0].unit) == (name, name)
            assert office in story.readings[0].role


def test_words_of_a_move_in_a_guarded_case_are_sealed_and_she_reads_them(send, guarded_matter):
    receipt = send(matter=guarded_matter)
    handler = people_of(receipt.unit.id)
    view = queries.open_case(handler, receipt.number)
    move = next(offer.move for offer in view.offers if not offer.missing and not offer.move.reasons)
    actions.move(handler, receipt.number, move.key, "我们明天下午去看您", "", "a", view.case.version)
    story = queries.story(entry(receipt))
    assert any("我们明天下午" in line.words for line in story.lines)
    with door.open(door.Asker(case=story.case.id)):
        from baiying.cases.models import Move

        assert all(one.words == "" for one in Move.objects.all())


def test_a_clock_that_ran_out_is_noted_once(send):
    receipt = send()
    with moment.frozen(NOON + timedelta(days=30)):
        assert actions.climb() == 1
        assert actions.climb() == 0
    with door.open(door.Asker(case=receipt.case_id)):
        assert [line.verb for line in log.lines_about(receipt.case_id)].count("clock.ran_out") == len(receipt.clocks)


def test_an_erased_case_keeps_its_count_and_its_place_in_the_log(send):
    receipt = send(phone="13800000000", words="他打我")
    with door.open(door.Asker(door=entry(receipt), case=receipt.case_id)):
        from baiying.cases.models import Case

        Case.objects.filter(id=receipt.case_id).update(key=None)
    story = queries.story(entry(receipt))
    assert story.words == "" and story.number


def test_a_new_answer_waits_for_a_new_word_and_the_old_one_stands_in_the_story(send):
    receipt = send()
    answer(receipt, people_of(receipt.unit.id))
    actions.judge(entry(receipt), "not_solved", False, "没有人来过", "k1")
    upper = people_of(queries.story(entry(receipt)).unit.id)
    answer(receipt, upper, "区里已约单位周三面谈。")
    story = queries.story(entry(receipt))
    assert story.may_judge and story.case.verdict == ""
    assert not queries.open_case(upper, receipt.number).offers
    assert "没有人来过" in [line.words for line in story.lines]
    actions.judge(entry(receipt), "solved", True, "", "k2")
    assert queries.story(entry(receipt)).case.verdict == "solved"


def test_not_solved_for_the_last_time_closes_nothing_and_the_level_above_may_take_it_up_again(send):
    receipt = send()
    matter = queries.story(entry(receipt)).matter
    for turn in range(matter.closing.times + 1):
        answer(receipt, people_of(queries.story(entry(receipt)).unit.id), f"答复{turn}")
        actions.judge(entry(receipt), "not_solved", False, "", f"k{turn}")
    story = queries.story(entry(receipt))
    assert not story.case.ended and story.case.verdict == "not_solved" and story.may_judge
    upper = people_of(story.unit.id)
    view, (row,) = queries.open_case(upper, receipt.number), queries.today(upper)
    assert view.offers and not view.waits_for_her and not row.waits_for_her, "her word is there: the unit has the turn"
    actions.judge(entry(receipt), "solved", True, "", "changed her mind")
    assert queries.story(entry(receipt)).case.ended


def test_a_word_of_not_solved_that_no_clock_pushes_stands_on_top_of_the_list(send):
    receipt = send()
    for turn in range(queries.story(entry(receipt)).matter.closing.times + 1):
        answer(receipt, people_of(queries.story(entry(receipt)).unit.id), f"答复{turn}")
        actions.judge(entry(receipt), "not_solved", False, "", f"k{turn}")
    desk = queries.story(entry(receipt)).unit
    fresh = send(key="another", area=None)
    assert fresh.unit.id == desk.id
    assert [row.address for row in queries.today(people_of(desk.id))] == [receipt.number, fresh.number]


def test_the_list_of_a_full_day_takes_no_more_questions_than_that_of_an_empty_one(send, django_assert_max_num_queries):
    handler = people_of(send(key="0").unit.id)
    queries.today(handler)
    for key in range(1, 30):
        send(key=str(key))
    # The test stands in a transaction: two of them are its own. Three groups of the list, and the protected cases that
    # nobody at work today holds (decision 0035), which no row of a list can say: who works here is the network's.
    with django_assert_max_num_queries(6):
        assert len(queries.today(handler)) == 30


@pytest.mark.parametrize(("names", "told"), [("a,b", "a,b"), ("abcd,efgh,i", "abcd,efgh"), ("abcd,efghi,j", "abcd")])
def test_many_clocks_counted_again_at_once_are_named_as_far_as_they_fit(names, told):
    from baiying.cases.actions.calendar import fitting

    assert fitting(names, 9) == told


def test_a_federation_sees_what_is_late_below_it_but_no_guarded_case(send, guarded_matter):
    from baiying.network import queries as network

    receipt = send(key="one")
    hidden = send(key="two", matter=guarded_matter)
    for one in (receipt, hidden):
        desk = network.upper(one.unit, moment.today())
        asker = people_of(desk.id)
        with moment.frozen(NOON + timedelta(days=30)):
            late = [row.address for row in queries.late(asker)]
        assert (one.number in late) is (one is receipt)


def test_every_effect_that_the_words_declare_is_registered_by_an_app():
    import tomllib

    from django.conf import settings

    from baiying.cases import effects

    declared = tomllib.loads((settings.BAIYING_CATALOGUE / "words.toml").read_text("utf-8")).get("effect", {})
    assert declared.keys() <= effects.names()
