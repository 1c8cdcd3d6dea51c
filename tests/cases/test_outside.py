"""A party outside: a link that shows nothing by itself, a code that went another way, and both end with the task."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from baiying.cases import actions, outside, queries
from baiying.cases.actions import Answer, Guest
from baiying.cases.models import Task
from baiying.kit import messages, moment
from baiying.kit.errors import Refusal, Unseen
from tests.cases.conftest import entry, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
FIRM, LINK_TO, CODE_TO = "百工建筑公司人事部", "13800138001", "13800138002"
BASE = "https://baiying.example/outside/"
ASKED = "请在周五前说明欠薪的情况。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, str]]:
    """What the console port was given: (telephone, text)."""
    out: list[tuple[str, str]] = []
    monkeypatch.setattr(messages, "send", lambda phone, text: out.append((phone, text)))
    return out


@pytest.fixture
def case(send):
    return send(words="单位三个月没有发工资。")


def lead(case):
    return people_of(case.unit.id)


def guest(**named) -> Guest:
    return Guest(**{"party": "co", "name": FIRM, "phone": LINK_TO, "code_phone": CODE_TO, "text": ASKED, **named})


def asked(case, key="one", **named) -> str:
    """A task for somebody outside; its name."""
    return actions.invite(lead(case), case.number, guest(**named), key)


def let_in(case, sent, key="link", ref: str = "") -> tuple[str, str]:
    """Token and code of a link as they went out."""
    sent.clear()
    actions.send_link(lead(case), case.number, ref or asked(case), BASE, key)
    (_to, link), (_other, code) = sent
    return link.split(BASE)[1].split()[0].rstrip(".,;。/"), "".join(one for one in code if one.isdigit())[-6:]


def line(case):
    (found,) = queries.open_case(lead(case), case.number).tasks
    return found


def test_link_and_code_go_to_two_telephones_and_neither_message_says_what_it_is_about(case, sent):
    token, code = let_in(case, sent)
    assert [to for to, _text in sent] == [LINK_TO, CODE_TO]
    assert code not in sent[0][1] and token not in sent[1][1] and len(code) == 6
    assert not any(word in text for _to, text in sent for word in (case.number, "工资", FIRM))


def test_both_ways_may_not_be_one_and_without_a_second_telephone_the_code_is_told_by_voice(case, sent):
    with pytest.raises(Refusal):
        asked(case, code_phone=LINK_TO)
    way = actions.send_link(lead(case), case.number, asked(case, code_phone=""), BASE, "link")
    assert len(way.code) == 6 and len(sent) == 1 and way.code not in sent[0][1]


def test_token_and_code_together_open_the_task_and_nothing_else_of_the_case(case, sent):
    token, code = let_in(case, sent)
    way = actions.try_code(token, code)
    seen = queries.open_outside(way)
    assert seen.asked == ASKED
    assert (seen.words, seen.name, seen.phone, seen.contact, seen.answers, seen.lines, seen.files, seen.offers) == (
        "", "", "", "", [], [], [], ())
    assert "会办单位" in [one.role for one in queries.story(entry(case)).readings]


def test_a_wrong_code_an_unknown_link_and_an_ended_one_are_one_answer(case, sent):
    token, code = let_in(case, sent)
    other = "999999" if code != "999999" else "888888"
    assert actions.try_code(token, other) is None
    assert actions.try_code("A" * 28, code) is None
    actions.revoke_link(lead(case), case.number, line(case).ref, "end")
    assert actions.try_code(token, code) is None


def test_ten_wrong_codes_end_the_link_and_the_right_one_no_longer_helps_until_the_lead_renews_it(case, sent):
    token, code = let_in(case, sent)
    wrong = [f"{number:06d}" for number in range(11) if f"{number:06d}" != code][:10]
    assert {actions.try_code(token, one) for one in wrong} == {None}
    assert actions.try_code(token, code) is None
    assert line(case).link.ended_why == "wrong"
    again, fresh = let_in(case, sent, "again", line(case).ref)
    assert again != token and actions.try_code(again, fresh) is not None


def test_a_renewed_link_shuts_the_earlier_one_at_once(case, sent):
    token, code = let_in(case, sent)
    way = actions.try_code(token, code)
    let_in(case, sent, "again", line(case).ref)
    assert actions.try_code(token, code) is None
    with pytest.raises(Unseen):
        queries.open_outside(way)


def test_the_link_ends_with_its_date_and_with_its_task(case, sent):
    token, code = let_in(case, sent)
    way = actions.try_code(token, code)
    with moment.frozen(NOON + timedelta(days=20)), pytest.raises(Unseen):
        queries.open_outside(way)
    actions.answer_outside(way, Answer(Task.State.DONE, "task_done", "周五发。"), "done")
    with pytest.raises(Unseen):
        queries.open_outside(way)
    assert (line(case).came_back, line(case).link.ended_why) == ("周五发。", "task")


def test_the_party_outside_says_received_replies_and_refuses_with_a_ground_from_the_list(case, sent):
    way = actions.try_code(*let_in(case, sent))
    actions.receive_outside(way)
    assert line(case).received_at == NOON
    actions.reply_outside(way, "我们下周一答复。", [("工资表.txt", "三月 5000 元".encode())], "reply")
    assert queries.open_outside(way).entries[0].text == "我们下周一答复。"
    assert [one.name for one in queries.open_outside(way).files] == ["工资表.txt"]
    with pytest.raises(Refusal):
        actions.answer_outside(way, Answer(Task.State.REFUSED, "task_refused", "不办。", "不想办"), "no")
    actions.answer_outside(way, Answer(Task.State.REFUSED, "task_refused", "不归我们。", "应当回避"), "no")
    assert line(case).state == "没有办" and line(case).ground == "应当回避"


def test_in_a_protected_case_no_link_goes_out_before_she_says_yes(send, guarded_matter, sent):
    case = send(matter=guarded_matter)
    ref = asked(case)
    with pytest.raises(Refusal):
        actions.send_link(lead(case), case.number, ref, BASE, "link")
    actions.consent(entry(case), ref, True, "yes")
    assert actions.try_code(*let_in(case, sent, ref=ref)) is not None


def test_nothing_that_opens_a_link_is_kept_in_the_clear(case, sent, owner_cursor):
    token, code = let_in(case, sent)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('baiying.door', %s, true)", [outside.hashed(token).hex()])
        cursor.execute("SELECT * FROM cases_outsidelink")
        (found,) = cursor.fetchall()
    assert token not in str(found) and code not in str(found)


def test_the_lead_reminds_and_the_job_reminds_once_a_day_who_is_late(case, sent):
    let_in(case, sent)
    sent.clear()
    with moment.frozen(NOON + timedelta(days=2)):
        assert (actions.remind_parties(), actions.remind_parties()) == (1, 0)
        assert [to for to, _text in sent] == [LINK_TO] and case.number not in sent[0][1]
        with pytest.raises(Refusal):
            actions.remind_party(lead(case), case.number, line(case).ref)
    with moment.frozen(NOON + timedelta(days=2, hours=2)):
        actions.remind_party(lead(case), case.number, line(case).ref)
    assert len(sent) == 2
