"""She complains one level up: with a clock, an answer in her story, and no trace for the unit complained about."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from baiying.cases import actions, queries
from baiying.cases.actions.complaint import GRADE
from baiying.catalogue import queries as catalogue
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.cases.answering import above, lead_of, row, to_the_top
from tests.cases.conftest import entry, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
WORDS = "窗口的人叫我别再来问。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def test_it_goes_one_level_up_with_five_working_days(send):
    receipt = send()
    upper = above(receipt)
    actions.complain(entry(receipt), WORDS, "k")
    (found,) = queries.complaints(people_of(upper.id))
    assert found.address == receipt.number and found.unit == network.unit_said(receipt.unit)
    assert found.due_at == datetime(2026, 3, 10, tzinfo=moment.SHANGHAI)  # from Monday the 2nd
    assert queries.complaint(people_of(upper.id), receipt.number).text == WORDS
    assert GRADE in catalogue.words().grades


def test_the_unit_complained_about_sees_no_trace_of_it(send):
    """Its page, list, tasks, the version of its forms: byte by byte the same as before."""
    receipt = send()
    lead = lead_of(receipt)

    def seen():
        view = queries.open_case(lead, receipt.number)
        shown = {key: value for key, value in vars(view).items() if key not in ("case", "matter", "stage", "clocks")}
        told = {field.attname: getattr(view.case, field.attname) for field in view.case._meta.concrete_fields}
        listed = [(line.address, line.due_at, line.gist) for line in queries.today(lead)]
        return repr(shown), told, listed, queries.tasks(lead), queries.complaints(lead)

    before = seen()
    with moment.frozen(NOON + timedelta(minutes=5)):
        actions.complain(entry(receipt), WORDS, "k")
        actions.answer_complaint(people_of(above(receipt).id), receipt.number, "已经约谈。", "a")
        assert seen() == before
    with pytest.raises(Unseen):
        queries.complaint(lead, receipt.number)
    with pytest.raises(Unseen):
        actions.answer_complaint(lead, receipt.number, "没有的事", "b")


def test_the_database_itself_keeps_it_from_whoever_opens_the_case(send):
    from baiying.cases.models import Task

    receipt = send()
    actions.complain(entry(receipt), WORDS, "k")
    lead, upper = lead_of(receipt), people_of(above(receipt).id)

    def seen(asker):
        with door.open(asker):
            door.look_at(receipt.case_id)
            return Task.objects.filter(kind="complaint").count()
    assert (seen(lead), seen(upper), seen(door.Asker(door=entry(receipt)))) == (0, 1, 1)


def test_a_complaint_never_passes_to_the_unit_it_is_about(send, monkeypatch):
    """The unit that has to answer closes, and its work goes to the very unit complained about: all but this."""
    receipt = send()
    upper, lead = above(receipt), row(receipt).unit
    actions.complain(entry(receipt), WORDS, "k")
    third = next(unit for unit in network.units(moment.today()) if unit.id not in (upper.id, lead.id)
                 and network.is_living(unit.id, unit.district, moment.today()))
    monkeypatch.setattr(network, "upper", lambda unit, on: third if unit.id == lead.id else None)
    actions.pass_on(upper.id, lead.id, moment.today())
    assert queries.complaints(people_of(lead.id)) == []
    assert len(queries.complaints(people_of(third.id))) == 1


def test_a_complaint_changes_nothing_about_what_an_opening_notes(send):
    """Its words are sealed in the same case, and opening a case notes what came into view: not these."""
    receipt = send()
    lead = lead_of(receipt)

    def noted():
        before = len(queries.story(entry(receipt)).readings)
        logged = queries.open_case(lead, receipt.number).logged
        after = queries.story(entry(receipt)).readings
        return logged, [(one.unit, one.role, one.what, one.why) for one in after[:len(after) - before]]

    first = noted()
    assert first[0] and len(first[1]) == 1
    actions.complain(entry(receipt), WORDS, "k")
    assert noted() == first


def test_the_answer_stands_in_her_story(send):
    receipt = send()
    actions.complain(entry(receipt), WORDS, "k")
    (mine,) = queries.her_ways(entry(receipt)).complaints
    assert (mine.words, mine.answer, mine.open) == (WORDS, "", True)
    upper = people_of(above(receipt).id)
    for _ in range(2):
        actions.answer_complaint(upper, receipt.number, "已经约谈, 今天有人联系您。", "a")
    (mine,) = queries.her_ways(entry(receipt)).complaints
    assert (mine.answer, mine.open) == ("已经约谈, 今天有人联系您。", False)
    with pytest.raises(Unseen):
        actions.answer_complaint(upper, receipt.number, "另一句", "b")


def test_one_complaint_at_a_time_and_the_same_one_twice_is_one(send):
    receipt = send()
    actions.complain(entry(receipt), WORDS, "k")
    actions.complain(entry(receipt), WORDS, "k")
    assert not queries.her_ways(entry(receipt)).may_complain
    with pytest.raises(Refusal):
        actions.complain(entry(receipt), "还有一句", "k2")
    upper = people_of(above(receipt).id)
    actions.answer_complaint(upper, receipt.number, "收到。", "a")
    with moment.frozen(NOON + timedelta(days=1)):
        actions.complain(entry(receipt), "还是没有人来", "k3")
    assert [one.words for one in queries.her_ways(entry(receipt)).complaints] == [WORDS, "还是没有人来"]


def test_a_complaint_that_comes_again_after_its_answer_is_still_the_same_one(send):
    receipt = send()
    actions.complain(entry(receipt), WORDS, "k")
    actions.answer_complaint(people_of(above(receipt).id), receipt.number, "收到。", "a")
    actions.complain(entry(receipt), WORDS, "k")
    assert len(queries.her_ways(entry(receipt)).complaints) == 1


def test_at_the_top_she_is_told_in_words_that_nobody_stands_above(send):
    receipt = send()
    to_the_top(receipt)
    assert not queries.her_ways(entry(receipt)).may_complain
    with pytest.raises(Refusal):
        actions.complain(entry(receipt), WORDS, "k")


def test_without_words_there_is_no_complaint(send):
    receipt = send()
    with pytest.raises(Refusal):
        actions.complain(entry(receipt), "  ", "k")
    assert queries.complaints(people_of(above(receipt).id)) == []


def test_her_words_lie_sealed_and_the_opening_is_shown_to_her(send):
    from baiying.cases.models import Sealed

    receipt = send()
    upper = above(receipt)
    actions.complain(entry(receipt), WORDS, "k")
    with door.open(door.Asker(case=receipt.case_id)):
        (found,) = Sealed.objects.filter(field__startswith="task:")
        assert WORDS.encode() not in bytes(found.blob)
    queries.complaint(people_of(upper.id), receipt.number)
    assert queries.story(entry(receipt)).readings[0].unit == network.unit_said(upper)


def test_the_complaint_moves_nothing_in_the_case(send):
    receipt = send()
    before = {key: value for key, value in vars(row(receipt)).items() if not key.startswith("_")}
    with moment.frozen(NOON + timedelta(hours=1)):
        actions.complain(entry(receipt), WORDS, "k")
    assert {key: value for key, value in vars(row(receipt)).items() if not key.startswith("_")} == before
    assert asdict(queries.her_ways(entry(receipt)).complaints[0])["unit"]
