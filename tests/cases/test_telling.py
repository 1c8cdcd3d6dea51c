"""Days that she remembers later move her own clocks, and no others."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from baiying.cases import actions, queries
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from tests.cases.conftest import entry, matters_where, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def dispute(db) -> flow.Matter:
    """A matter with a limitation of hers that later events start anew."""
    return catalogue.matter(matters_where(lambda matter: any(
        clock.kind == "limitation" and len(clock.starts) > 1 for clock in matter.clocks.values())))


def limitation(matter: flow.Matter) -> flow.ClockWord:
    return next(clock for clock in matter.clocks.values() if clock.kind == "limitation" and len(clock.starts) > 1)


def asked_for(matter: flow.Matter, event: str) -> str:
    return next(ask.key for ask in flow.day_asks(matter) if ask.event == event)


def due_of(receipt, clock: flow.ClockWord) -> date | None:
    views = {view.row.name: view for view in queries.story(entry(receipt)).clocks}
    view = views.get(clock.key)
    return None if view is None else view.reckoning.due_on


def test_the_day_she_knew_starts_her_limitation_when_she_tells_it_later(send, dispute):
    receipt, clock = send(matter=dispute.key), limitation(dispute)
    assert due_of(receipt, clock) is None
    actions.tell_days(entry(receipt), {asked_for(dispute, clock.starts[0]): "2025-09-01"}, "one")
    assert due_of(receipt, clock) == date(2026, 9, 1)


def test_a_claim_in_time_starts_it_anew_and_one_too_late_changes_nothing(send, dispute):
    clock = limitation(dispute)
    first, later = asked_for(dispute, clock.starts[0]), asked_for(dispute, clock.starts[1])
    in_time, too_late = send(matter=dispute.key), send(matter=dispute.key, key="two")
    actions.tell_days(entry(in_time), {first: "2025-06-02", later: "2026-01-05"}, "one")
    actions.tell_days(entry(too_late), {first: "2024-06-03", later: "2026-01-05"}, "one")
    assert due_of(in_time, clock) == date(2027, 1, 5)
    assert due_of(too_late, clock) == date(2025, 6, 3)


def test_the_stored_end_is_the_explained_one(send, dispute):
    clock, receipt = limitation(dispute), send(matter=dispute.key)
    told = {asked_for(dispute, clock.starts[0]): "2025-06-02", asked_for(dispute, clock.starts[1]): "2026-01-05"}
    actions.tell_days(entry(receipt), told, "one")
    view = next(view for view in queries.story(entry(receipt)).clocks if view.row.name == clock.key)
    assert view.due_at == view.reckoning.due_at


def test_a_day_told_again_corrects_the_first(send, dispute):
    clock, receipt = limitation(dispute), send(matter=dispute.key)
    question = asked_for(dispute, clock.starts[0])
    actions.tell_days(entry(receipt), {question: "2025-06-02"}, "one")
    actions.tell_days(entry(receipt), {question: "2025-07-01"}, "two")
    assert due_of(receipt, clock) == date(2026, 7, 1)


def test_the_same_days_sent_twice_are_one_line_and_no_day_is_refused(send, dispute):
    receipt = send(matter=dispute.key)
    question = asked_for(dispute, limitation(dispute).starts[0])
    for _turn in range(2):
        actions.tell_days(entry(receipt), {question: "2025-06-02"}, "one")
    assert [line.verb for line in queries.story(entry(receipt)).lines] == ["told_day"]
    for told in ({}, {question: ""}, {question: "yesterday"}, {"other": "2025-06-02"}):
        with pytest.raises(Refusal):
            actions.tell_days(entry(receipt), told, "two")


def test_no_clock_of_ours_moves_by_it(send, dispute):
    receipt = send(matter=dispute.key)
    ours = {view.row.name: view.due_at for view in queries.story(entry(receipt)).clocks if view.row.owner == "ours"}
    actions.tell_days(entry(receipt), {asked_for(dispute, limitation(dispute).starts[0]): "2025-06-02"}, "one")
    after = {view.row.name: view.due_at for view in queries.story(entry(receipt)).clocks if view.row.owner == "ours"}
    assert ours and after == ours


def test_her_list_holds_her_own_cases_and_none_of_safety_or_danger(send, guarded_matter):
    her = people_of(send(key="unit").unit.id).who
    mine = send(key="mine", asker=her)
    send(key="safe", asker=her, matter=guarded_matter)
    send(key="danger", asker=her, words="他又打我, 我不想活了。")
    asker = door.Asker(who=her)
    assert [row.address for row in queries.hers(asker)] == [mine.number]
    assert queries.her_entry(asker, mine.number) == entry(mine)
    with pytest.raises(Unseen):
        queries.her_entry(door.Asker(who=somebody_else(her)), mine.number)


def somebody_else(her):
    """Somebody else's id."""
    return her.__class__(int=her.int ^ 1)
