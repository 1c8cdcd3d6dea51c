"""One door for every message to her: her hours, her way, and not a word of what it is about."""

from __future__ import annotations

import ast
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baiying.cases import actions, queries
from baiying.cases.actions.tell import NOTICES, outgoing, text_of
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine.flow import reach
from baiying.kit import door, moment
from baiying.members import actions as members
from tests.cases.answering import answer
from tests.cases.conftest import entry

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)  # a Monday
HOUSE = Path(__file__).resolve().parent.parent.parent / "baiying"
#: Who may send a message at all, with the reason why it is no message about a case to her who asked.
SENDERS = {
    "cases/actions/tell.py": "the one door",
    "members/actions/codes.py": "a code to the telephone that was typed this very moment",
    "cases/actions/referrals.py": "to a party outside, by the telephone that the lead wrote down for it",
    "cases/actions/outside.py": "to a party outside: its code",
    "members/actions/factors.py": "to staff, whose own second factor was reset",
}


@pytest.fixture
def at():
    """Send what is due in a case at a moment; gives the message that goes out, or when to come back."""
    def asking(receipt, when):
        with moment.frozen(when):
            later = actions.tell_her(str(receipt.case_id))
            with door.errand("tell"):
                door.look_at(receipt.case_id)
                return outgoing(Case.objects.get(id=receipt.case_id), "new") or later
    return asking


def told(send, **named):
    with moment.frozen(NOON):
        return send(phone="138 0000 0000", **named)


def test_nothing_sends_a_message_beside_the_doors_that_are_named_here():
    found = {str(path.relative_to(HOUSE)) for path in HOUSE.rglob("*.py") for node in ast.walk(ast.parse(
        path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
        "messages.send")}
    assert found <= set(SENDERS) and "cases/actions/tell.py" in found


@pytest.mark.parametrize(("chosen", "hour", "goes"), [
    ("", 12, True), ("", 22, False), ("day", 8, True), ("day", 7, False), ("morning", 9, True), ("morning", 12, False),
    ("afternoon", 12, False), ("evening", 20, True), ("evening", 12, False), ("never", 12, False)])
def test_an_ordinary_case_is_told_within_her_hours_alone(send, at, chosen, hour, goes):
    receipt = told(send, reach=chosen)
    found = at(receipt, NOON.replace(hour=hour))
    assert bool(getattr(found, "phone", "")) is goes
    if chosen == "never":
        assert found is None, "nothing waits either: she comes by herself"
    elif not goes:
        assert reach.CHOICES[chosen or "day"].holds(moment.shanghai(found)), "the job comes back within her hours"


def test_working_hours_wait_over_the_weekend(send, at):
    friday = datetime(2026, 3, 6, 18, 0, tzinfo=moment.SHANGHAI)
    assert at(told(send, reach="office"), friday) == datetime(2026, 3, 9, 9, 0, tzinfo=moment.SHANGHAI)


@pytest.mark.parametrize("danger", [True, False])
def test_in_a_matter_of_safety_silence_means_never_and_only_her_yes_opens_her_hours(send, at, guarded_matter, danger):
    named = {"words": "他打我, 我怕。"} if danger else {"matter": guarded_matter}
    assert at(told(send, **named), NOON) is None
    receipt = told(send, **named, key="two", reach="morning")
    assert at(receipt, NOON) == NOON.replace(hour=9) + timedelta(days=1)
    assert at(receipt, NOON.replace(hour=10)).text == text_of("new", "", True)


def test_a_wish_in_words_that_no_machine_reads_keeps_everything_back_until_she_chose(send, at):
    assert at(told(send, contact="下午打"), NOON) is None
    assert at(told(send, contact="下午打", key="two", reach="day"), NOON) is not None


def test_reminders_wait_for_her_hours_and_are_sent_once(send, capsys):
    receipt = told(send, reach="evening")
    with moment.frozen(NOON):
        answer(receipt)
    day = NOON + timedelta(days=3)
    sent = []
    for hour in range(24):
        with moment.frozen(day.replace(hour=hour)):
            actions.remind()
            sent.append((hour, capsys.readouterr().err.count("[message to")))
    assert [hour for hour, count in sent if count] == [18] and sum(count for _hour, count in sent) == 1


def test_no_message_says_what_it_is_about_whatever_the_matter(db):
    said = set[str]()
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for matter in catalogue.matters():
                shown = {matter.name, matter.name_en, *(ask.label for ask in matter.asks.values()),
                         *(stage.label for stage in matter.stages.values())} - {""}
                for notice in NOTICES:
                    text = text_of(notice, "ABCDEFGHJK", matter.safe)
                    said.add(text)
                    assert not [word for word in shown if word in text], (matter.key, notice)
                    assert not matter.safe or not any(part in text for part in ("ABC", "百应", "Baiying", "查询码",
                                                                                "query code", "工会", "妇联"))
    assert len(said) > len(NOTICES), "a language that is not translated would say the same"


@given(st.sampled_from(sorted(reach.CHOICES)), st.integers(0, 2 * 366 * 24 * 60))
def test_the_next_moment_is_within_her_hours_and_none_before_it_is(chosen, minutes):
    hours, local = reach.CHOICES[chosen], NOON + timedelta(minutes=minutes)
    found = hours.next(local)
    assert found >= local and hours.holds(found)
    if found > local:
        assert not hours.holds(local) and not hours.holds(found - timedelta(seconds=1))
        assert not any(hours.holds(local + timedelta(hours=ahead))
                       for ahead in range(1, int((found - local).total_seconds() // 3600)))


def test_an_unknown_choice_is_never_and_not_always(send, at):
    receipt = told(send, reach="whenever")
    assert at(receipt, NOON.replace(hour=3)) is not None, "what nobody offers is not kept: the usual hours hold"
    assert reach.hours_of("whenever", False, False) is None


def code_sent(capsys):
    """Sign in by telephone as far as the code; gives what proves it."""
    capsys.readouterr()
    asked = members.send_code("13800000001")
    return asked, re.search(r"\d{6}", capsys.readouterr().err.split("]")[1])[0]


def test_words_of_danger_later_on_take_the_case_out_of_the_shared_account(send, capsys):
    with moment.frozen(NOON):
        her = members.person_of(members.prove_code(*code_sent(capsys))).id
        receipt = send(asker=her, words="三个月没有发工资了。")
        assert [row.case.id for row in queries.hers(door.Asker(who=her))] == [receipt.case_id]
        answer(receipt)
        actions.judge(entry(receipt), "not_solved", None, "他昨天打我, 我怕。", "k")
        assert queries.hers(door.Asker(who=her)) == [] and queries.has_none(door.Asker(who=her))
