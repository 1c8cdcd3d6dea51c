"""It was taken for something else than it is: put right, by her or by the unit, with the clocks from the submission."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baiying.cases import actions, queries
from baiying.cases.actions import Another
from baiying.cases.models import Case, Clock, Move
from baiying.catalogue import queries as catalogue
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal
from tests.cases.conftest import entry, matters_where, people_of

WAGES = "三个月没有发工资了, 老板拖欠工钱。"


def kept(receipt) -> Case:
    with door.open(door.Asker(door=entry(receipt))):
        return Case.objects.select_related("unit").get()


def rows(receipt, model):
    with door.open(door.Asker(door=entry(receipt))):
        door.look_at(receipt.case_id)
        return list(model.objects.filter(case_id=receipt.case_id))


def of_women() -> str:
    return matters_where(lambda one: one.org == "women" and one.safe)


def plain_other(receipt) -> str:
    return matters_where(lambda one: one.org == "union" and one.privacy == "P2" and one.key != receipt.matter.key
                         and not one.lead_level)


def test_her_word_brings_it_to_the_matter_and_the_unit_that_leads_it(send):
    receipt = send(words=WAGES)
    assert receipt.unit.organisation == "union"
    actions.retake(entry(receipt), Another(matter=of_women()), "k")
    case, story = kept(receipt), queries.story(entry(receipt))
    assert case.unit.organisation == "women" and story.matter.key == of_women()
    assert [line.verb for line in story.lines] == ["retaken"] and story.lines[0].by_her
    assert story.lines[0].reason == story.matter.name


def test_the_clocks_of_the_new_matter_run_from_the_submission_and_the_old_ones_are_gone(send):
    receipt = send(words=WAGES)
    with moment.frozen(moment.now() + timedelta(hours=5)):
        actions.retake(entry(receipt), Another(matter=of_women()), "k")
    named = [row for row in rows(receipt, Clock) if row.name != Clock.VOID]
    fresh = send(key="fresh", words="有人吗", matter=of_women())
    assert {row.name for row in named} == {row.name for row in fresh.clocks}
    assert all(row.started_at == kept(receipt).received_at for row in named)
    assert all(row.met_at is not None and row.due_at is None for row in rows(receipt, Clock) if row.name == Clock.VOID)
    shown = {view.row.name for view in queries.story(entry(receipt)).clocks}
    assert Clock.VOID not in shown and kept(receipt).next_clock in shown


def test_a_matter_of_class_p3_seals_what_was_told_and_keeps_no_topic(send):
    receipt = send(words=WAGES)
    assert kept(receipt).words == WAGES and kept(receipt).topic
    actions.retake(entry(receipt), Another(matter=of_women()), "k")
    case = kept(receipt)
    assert case.guarded and not case.danger and (case.words, case.topic, case.asker_id) == ("", "", None)
    assert queries.story(entry(receipt)).words == WAGES


def test_the_same_word_twice_is_once(send):
    receipt = send(words=WAGES)
    for _turn in range(2):
        actions.retake(entry(receipt), Another(matter=of_women()), "k")
    assert len(rows(receipt, Move)) == 1


def test_a_kind_of_need_alone_changes_no_matter_that_fits_it_too(send):
    receipt = send(words=WAGES)
    other = next(one.key for one in catalogue.topics()
                 if receipt.matter.key in one.matters and one.key != receipt.topic)
    actions.retake(entry(receipt), Another(topic=other), "k")
    case = kept(receipt)
    assert (case.topic, case.topic_by, case.confidence) == (other, "asker", None)
    assert rows(receipt, Move) == [] and case.declaration_id == catalogue.declaration_of(receipt.matter.key)


def test_a_case_in_work_keeps_its_matter_and_says_why(send):
    receipt = send(words=WAGES)
    staff = people_of(receipt.unit.id)
    actions.pause(staff, receipt.number, "force_majeure", moment.today() + timedelta(days=1), "停电", "p")
    with pytest.raises(Refusal, match="."):
        actions.retake(entry(receipt), Another(matter=of_women()), "k")


def test_the_unit_puts_right_the_kind_at_any_time(send):
    receipt = send(words=WAGES)
    staff = people_of(receipt.unit.id)
    actions.pause(staff, receipt.number, "force_majeure", moment.today() + timedelta(days=1), "停电", "p")
    other = next(one.key for one in catalogue.topics()
                 if receipt.matter.key in one.matters and one.key != receipt.topic)
    actions.retake_for(staff, receipt.number, Another(topic=other), "", "k")
    assert (kept(receipt).topic, kept(receipt).topic_by) == (other, "unit")


def test_the_unit_gives_a_reason_she_reads_and_it_counts_as_one_not_ours(send):
    receipt = send(words=WAGES)
    staff = people_of(receipt.unit.id)
    with pytest.raises(Refusal):
        actions.retake_for(staff, receipt.number, Another(matter=of_women()), " ", "k")
    actions.retake_for(staff, receipt.number, Another(matter=of_women()), "这是妇女权益的事, 由妇联来办。", "k")
    case, story = kept(receipt), queries.story(entry(receipt))
    assert case.unit.organisation == "women" and case.returns == 1
    assert "由妇联来办" in story.lines[0].words and not story.lines[0].by_her


def test_a_unit_cannot_push_it_on_a_third_time(send):
    receipt = send(words=WAGES)
    door_of = entry(receipt)
    with door.open(door.Asker(door=door_of)):
        Case.objects.update(returns=2, ruled=True)
    with pytest.raises(Refusal):
        actions.retake_for(people_of(receipt.unit.id), receipt.number, Another(matter=of_women()), "不归我们", "k")
    assert kept(receipt).unit_id == receipt.unit.id


def test_what_she_said_herself_is_not_overruled(send):
    receipt = send(words=WAGES)
    actions.retake(entry(receipt), Another(matter=plain_other(receipt)), "k")
    with pytest.raises(Refusal):
        actions.retake_for(people_of(kept(receipt).unit_id), receipt.number, Another(matter=of_women()), "不对", "k2")


def test_she_says_it_three_times_and_then_a_person_must_ask(send):
    receipt = send(words=WAGES)
    here, there = receipt.matter.key, plain_other(receipt)
    for turn, matter in enumerate([there, here, there]):
        actions.retake(entry(receipt), Another(matter=matter), f"k{turn}")
    with pytest.raises(Refusal):
        actions.retake(entry(receipt), Another(matter=here), "k9")


def test_an_unknown_kind_is_refused_and_nothing_is_changed(send):
    receipt = send(words=WAGES)
    for another in (Another(matter="no.such"), Another(topic="nothing"), Another(topic="nothing", matter=of_women())):
        with pytest.raises(Refusal):
            actions.retake(entry(receipt), another, "k")
    assert kept(receipt).version == 1


def test_the_log_holds_a_line_without_words(send):
    receipt = send(words=WAGES)
    actions.retake(entry(receipt), Another(matter=of_women()), "k")
    with door.open(door.Asker(door=entry(receipt))):
        door.look_at(receipt.case_id)
        lines = [line for line in log.lines_about(receipt.case_id, kept_key(receipt)) if line.verb == "case.retaken"]
    assert len(lines) == 1 and lines[0].payload["matter"] == of_women()


def kept_key(receipt) -> bytes | None:
    return Case.objects.get(id=receipt.case_id).wrapped
