"""The same need of many on the pages, the search, hot topics, and what she is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from baiying.cases.actions import Submission, submit
from baiying.cases.actions.searching import read_unread
from baiying.cases.models import Case
from baiying.kit import door, moment
from baiying.network import queries as network
from tests.cases.conftest import people_of
from tests.web.desks import bare, case_of, moving
from tests.web.pages import shown
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db
SAME = ["八角南里停暖三天了, 老人受不了, 没人管。", "我们八角南里又停暖了, 找物业也没人管。",
        "八角南里小区停暖, 家里很冷, 物业没人管。"]


@pytest.fixture
def three(send):
    return [keepsake(send(words, phone=f"1380010000{place}")) for place, words in enumerate(SAME)]


def press(client, page, what, **typed):
    """Press one button of a page of concerns, with the fields of its form."""
    form = next(form for form in page.forms if form.fields.get("key") and what in form_whats(page, form))
    return shown(client.post(form.action, {**form.fields, **typed, "what": what}, follow=True))


def form_whats(page, form) -> str:
    content = page.answer.content.decode()
    key = form.fields["key"]
    key = key[0] if isinstance(key, list | tuple) else key
    after = content[content.index(f'name="key" value="{key}"'):]
    return after[:after.index("</form>")]


def test_what_belongs_together_is_suggested_joined_answered_and_told_to_her(send, staff, three):
    handler = staff("bajiao_handler")
    for number, _code in three[:2]:
        form = moving(case_of(handler, number), "work")
        handler.post(form.action, {**form.fields, "text": "问过了"})
    page = shown(handler.get("/concerns/"))
    assert all(number in page.text for number, _code in three) and "停暖" in page.text
    joined = press(handler, page, "join", numbers=[bare(number) for number, _code in three], title="八角南里停暖")
    assert joined.status == 200 and "八角南里停暖" in joined.text
    said = press(handler, joined, "answer", text="今晚八点恢复供暖。")
    assert "已送到 2 件" in said.text and "这一步还不能答复" in said.text
    hers = come_back(*three[0])[1]
    assert "正在一起答复" in hers.text and "今晚八点恢复供暖。" in hers.text and "八角南里停暖" in hers.text
    assert "另外 2 个人" not in hers.text  # so few could be known


def test_a_refused_press_brings_back_what_was_typed(staff, three):
    handler = staff("bajiao_handler")
    page = shown(handler.get("/concerns/"))
    back = press(handler, page, "join", numbers=[bare(three[0][0])], title="只有一件")
    assert back.status == 400 and "至少要有两件" in back.text and "只有一件" in back.answer.content.decode()
    ref = press(handler, page, "join", numbers=[bare(number) for number, _code in three], title="停暖")
    empty = press(handler, ref, "split", title="另一件")
    assert empty.status == 400 and "请勾选" in empty.text and "另一件" in empty.answer.content.decode()


def test_the_federation_above_reads_what_is_common_and_no_single_word(staff, three):
    page = shown(staff("district_union").get("/concerns/"))
    assert "停暖" in page.text and "老人受不了" not in page.text


def test_a_case_page_shows_the_same_persons_other_request_and_joins_it(send, staff):
    first = keepsake(send(SAME[0], phone="13800100009"))[0]
    elsewhere = Client(enforce_csrf_checks=True)  # another browser: only the telephone is the same
    sent = shown(elsewhere.get("/")).press(elsewhere, "need", words=SAME[0] + "请快点", phone="13800100009",
                                           area="110107003037")
    second = keepsake(sent)[0]
    handler = staff("bajiao_handler")
    page = shown(handler.get(f"/concerns/case/{bare(second)}/"))
    assert first in page.text and "可能是同一个人" in page.text
    after = press(handler, page, "join", numbers=[bare(first)])
    assert after.status == 200 and "像是同一个人的" in after.text
    apart = press(handler, shown(handler.get(f"/concerns/case/{bare(second)}/")), "take_out")
    assert "重新单独办理" in apart.text


def look_for(client, words):
    form = next(form for form in shown(client.get("/search/")).forms if form.action == "/search/")
    return shown(client.post("/search/", {**form.fields, "q": words}))


def test_search_finds_marks_and_explains(send, staff, three):
    read_unread()
    handler = staff("bajiao_handler")
    page = look_for(handler, "停暖")
    assert all(number in page.text for number, _code in three)
    assert "<mark>停暖</mark>" in page.answer.content.decode()
    assert three[0][0] in look_for(handler, three[0][0]).text
    assert "没有找到" in look_for(handler, "不会有的").text
    assert "一个字太少" in look_for(handler, "暖").text


def test_search_shows_nothing_to_another_unit_and_only_tasks_to_a_partner(staff, three):
    read_unread()
    for who in ("gucheng_handler", "district_women"):
        page = look_for(staff(who), "停暖")
        assert page.status == 200 and not any(number in page.text for number, _code in three)


def test_what_is_looked_for_stands_in_no_address(staff):
    page = shown(staff("bajiao_handler").get("/search/?q=停暖"))
    assert "停暖" not in page.answer.content.decode()


def test_hot_topics_hide_what_is_small_and_tell_what_is_not(staff):
    last_week = moment.now() - timedelta(days=7)
    for place in range(9):
        number = submit(Submission(key=f"t{place}", words="老板拖欠工资。", area="110107003037")).number
        topic = "wages" if place < 7 else "safety"
        with door.open(people_of_number(number)):
            Case.objects.filter(number=number).update(received_at=last_week, topic=topic)
    page = shown(staff("district_union").get("/concerns/topics/"))
    assert page.status == 200 and "工资" in page.text
    assert "劳动安全" not in page.text, "two cases are too few to be named"


def people_of_number(number):
    """Whoever leads the case of this number."""
    unit = next(unit.id for unit in network.units(moment.today()) if leads(unit.id, number))
    return people_of(unit)


def leads(unit, number) -> bool:
    with door.open(door.Asker(units=frozenset({unit}))):
        return Case.objects.filter(number=number).exists()


def test_what_the_same_browser_sends_again_is_shown_where_it_stands(browser):
    words = "我在八角南里的快递站上班, 站长扣了三个月的押金不退。"
    first = shown(browser.get("/")).press(browser, "need", words=words, area="110107003037")
    assert first.status == 200
    again = shown(browser.get("/")).press(browser, "need", words=words + "请帮帮我。", area="110107003037")
    assert "已经告诉过我们" in again.text and "请帮帮我。" in again.text and "又写来一次" in again.text
    own = again.press(browser, "/mine/apart/")
    assert own.status == 200 and "请帮帮我" not in first.text
    other = shown(browser.get("/")).press(browser, "need", words="孩子上小学要交什么材料?", area="110107003037")
    assert "已经告诉过我们" not in other.text
