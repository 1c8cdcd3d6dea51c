"""The handler's day: one list by the clock that runs out first, the case on one page, the rare acts, two at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baiying.kit import moment
from tests.web.desks import answer, bare, bring_in, case_of, do, moving
from tests.web.pages import Shown, shown
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db
STREET_WOMEN = "八角街道妇女联合会"


def numbers(page: Shown) -> list[str]:
    """The numbers of the lines of the lists, in their order."""
    links = [str(given["href"]) for tag, given in page.tags if tag == "a" and given.get("href")]
    return [link.strip("/").split("/")[-1] for link in links if link.startswith(("/case/", "/task/", "/ruling/"))]


def test_cases_and_tasks_stand_in_one_list_by_the_clock_that_runs_out_first(send, staff):
    own = keepsake(send("水管漏了"))[0]
    other = keepsake(send("老板不发工资", area="110107004001"))[0]
    desk = next(key for key in ("gucheng_handler", "duty_union") if case_of(staff(key), other).status == 200)
    tomorrow = (moment.today() + timedelta(days=0)).isoformat()
    name = "八角街道总工会"
    assert bring_in(staff(desk), other, "co", name, "请问一问情况", due_on=tomorrow).status == 200
    page = shown(staff("bajiao_handler").get("/today/"))
    listed = numbers(page)
    assert set(listed) >= {bare(own), bare(other)}
    assert listed.index(bare(other)) < listed.index(bare(own)), "the task ends today, the case tomorrow"
    assert "一起办" in page.text and "两天内到期" in page.text


def test_what_waits_for_her_and_what_stands_still_stand_apart(send, staff):
    handler = staff("bajiao_handler")
    answered, paused, open_ = (keepsake(send(words))[0] for words in ("路灯坏了", "没有停车位", "垃圾没人收"))
    answer(handler, answered, "已修好")
    until = (moment.today() + timedelta(days=5)).isoformat()
    after = do(handler, paused, "pause", ground="waiting_for_asker", until=until, text="请补一张照片")
    assert after.status == 200 and "时限已暂停" in after.text
    page = shown(handler.get("/today/"))
    text = page.text
    assert text.index(open_) < text.index("等本人的话") < text.index(answered)
    assert text.index("暂停中") < text.index(paused) and f"{int(until[8:])}日" in text


def test_a_filter_hides_the_others_but_nothing_that_is_late(send, staff):
    late = keepsake(send("路灯坏了"))[0]
    with moment.frozen(moment.now() + timedelta(days=3)):
        handler = staff("bajiao_handler")
        fresh = keepsake(send("垃圾没人收"))[0]
        other = keepsake(send("老板拖欠工资", area="110107004001"))[0]
        desk = next(key for key in ("gucheng_handler", "duty_union") if case_of(staff(key), other).status == 200)
        bring_in(staff(desk), other, "co", "八角街道总工会", "请问一问")
        page = shown(handler.get("/today/?kind=task"))
        assert late in page.text and other in page.text and fresh not in page.text
        assert fresh in shown(handler.get("/today/")).text


def test_two_at_once_the_second_keeps_what_was_typed(send, staff):
    number = keepsake(send())[0]
    one, two = staff("bajiao_handler"), staff("bajiao_handler")
    first, second = moving(case_of(one, number)), moving(case_of(two, number))
    shown(one.post(first.action, {**first.fields, "text": "先答的"}))
    back = shown(two.post(second.action, {**second.fields, "text": "同时写的另一段"}))
    assert back.status == 409 and "同时写的另一段" in back.text and "先答的" in back.text


def test_a_return_leaves_the_unit_and_is_told_to_her_with_its_ground(send, staff):
    number, code = keepsake(send())
    handler = staff("bajiao_handler")
    after = do(handler, number, "give_back", ground="不属于本组织的职责", text="这件由区里办更合适")
    assert "已退回" in after.text and number not in after.text
    assert case_of(handler, number).status == 404
    _client, mine = come_back(number, code)
    assert "不属于本组织的职责" in mine.text and "这件由区里办更合适" in mine.text


def test_an_act_that_is_refused_comes_back_filled_in_and_open(send, staff):
    number = keepsake(send())[0]
    handler = staff("bajiao_handler")
    far = (moment.today() + timedelta(days=60)).isoformat()
    back = do(handler, number, "pause", ground="waiting_for_asker", until=far, text="一个字也不能丢")
    assert back.status == 400 and "最多停 15 天" in back.text
    form = back.form("act_pause")
    assert form.fields["text"] == ["一个字也不能丢"] and form.fields["until"] == [far]
    opened = [given for tag, given in back.tags if tag == "details" and given.get("class") in ("more", "act")
              and "open" in given]
    assert len(opened) == 2


def test_a_transfer_shows_its_article_and_she_reads_it(send, staff):
    number, code = keepsake(send())
    page = case_of(staff("bajiao_handler"), number)
    assert "《信访工作条例》第23条" in page.text
    page.press(staff("bajiao_handler"), "act_transfer")
    do(staff("bajiao_handler"), number, "transfer", ground="no_competence", text="请找区城管委")
    mine = come_back(number, code)[1]
    assert "第23条" in mine.text and "请找区城管委" in mine.text


def test_more_time_is_asked_for_once_and_its_page_says_who_decides(send, staff):
    number = keepsake(send())[0]
    handler = staff("bajiao_handler")
    page = case_of(handler, number)
    assert page.form("act_extend").fields["clock"] == ["answer"]
    after = do(handler, number, "extend", reason="要等单位盖章")
    assert "已提出" in after.text and not [form for form in after.forms if form.id == "act_extend"]


def test_bringing_in_says_what_will_be_read_and_shows_the_task_and_its_answer(send, staff):
    number = keepsake(send())[0]
    handler = staff("bajiao_handler")
    parts = shown(handler.get(f"/case/{bare(number)}/hands/"))
    assert "会办单位" in parts.text and "还看得到" in parts.text
    page = bring_in(handler, number, "co", STREET_WOMEN, "请联系一下社区")
    assert page.status == 200 and "请联系一下社区" in page.text and "在办" in page.text
    women = staff("bajiao_women")
    task = shown(women.get(f"/task/{bare(number)}/"))
    task.press(women, "finish", text="已联系, 社区明天上门")
    assert "已联系, 社区明天上门" in case_of(handler, number).text


def test_who_keeps_out_of_a_case_sees_it_no_more(send, staff):
    number = keepsake(send())[0]
    handler = staff("bajiao_handler")
    back = do(handler, number, "recuse")
    assert back.status == 400 and "请先勾选" in back.text
    do(handler, number, "recuse", sure="on")
    assert case_of(handler, number).status == 404
    assert number not in shown(handler.get("/today/")).text


def test_choosing_whom_to_bring_in_is_no_reading_of_what_she_told(send, staff):
    number, code = keepsake(send("老公又打我,我怕"))
    handler = next(client for key in ("home_handler", "bajiao_women", "bajiao_handler")
                   if case_of(client := staff(key), number).status == 200)

    def readings() -> int:
        return sum(given.get("class") == "reading" for _tag, given in come_back(number, code)[1].tags)
    before = readings()
    assert before == 2, "that it was taken up, and that it was read"
    assert handler.get(f"/case/{bare(number)}/hands/").status_code == 200
    assert readings() == before
