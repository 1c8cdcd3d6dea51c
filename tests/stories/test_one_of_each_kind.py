"""One service of each kind, from what somebody reads to her word.

The kinds of money stand in test_service_requests, the cases in test_mediation and others, supervision in
test_supervision, proposals in test_proposal, what a unit owes (a bargaining) in test_bargaining_and_dismissal, an
incident in test_forty_workers. Here stand those that are left.
"""

from __future__ import annotations

import re
from hashlib import sha256

import pytest

from baiying.catalogue.promised import promised
from baiying.web.typesetting import chinese
from tests.stories.asking import ABOVE, UNIT, her, in_the_books
from tests.stories.conftest import later
from tests.stories.telling import Told
from tests.web.pages import COMMUNITY, shown
from tests.web.test_way import keepsake

pytestmark = pytest.mark.django_db
HOME = "home_handler"
PLAIN, CLASSED, ANSWERED = "材料都看过, 提请复核", "照材料认定档次, 提请复核", "同意, 记入台账并答复本人"

# One of each kind whose engine is still to come, or which is no service of a person: who answers, by which step.
BY_A_PERSON = (
    ("union.accounts.open", UNIT, "联系时已当场答复"),
    ("union.honour.model_worker", UNIT, "联系时已当场答复"),
    ("women.project.commission", HOME, "当场已说清"),
    ("women.callout", HOME, "当场已说清"),
)


def test_whoever_changed_the_unit_is_taken_over_by_two_people_and_says_the_last_word(staff):
    she = her(staff).know(member__employer_changed=True)
    asked = she.ask("union.member.transfer", from_unit="金顶装饰工程队", effective="2026-03-01")
    assert "照规则符合" in asked.desk(UNIT).text
    asked.step(UNIT, PLAIN)
    assert asked.page(UNIT).status == 404, "who proposed does not decide"
    asked.step(ABOVE, ANSWERED, "会籍已经转到八角街道总工会。")
    assert in_the_books(asked) == [("grant", 0)] and "会籍已经转到" in asked.her().text
    assert "已解决" in asked.her_word("solved").text
    assert "您已经是会员了" in shown(she.browser.get("/entitled/")).text, "a member is not told to join"


def test_a_course_is_asked_for_and_the_rule_finds_the_class(staff):
    she = her(staff).know(person__in_work=True, unit__workers=120)
    asked = she.ask("union.learn.course", course="劳动法入门", mode="送课进单位", agree=("work",))
    assert "可以在单位单独开班" in asked.desk(UNIT).text
    asked.step(UNIT, PLAIN if PLAIN in asked.offered(UNIT) else CLASSED, **{"class": "可以在单位单独开班"})
    asked.step(ABOVE, ANSWERED, "下周三下午两点, 老师到你们单位。")
    assert "老师到你们单位" in asked.her().text
    asked.her_word("partly", "想再来一次")


def test_an_activity_with_few_places_is_drawn_and_who_has_none_is_told_so(staff):
    desk, activity = staff(ABOVE), "union.culture.activity"
    form = shown(desk.get("/rounds/new/")).form("/rounds/new/")
    made = {"service": activity, "name": "三月合唱", "places": "1", "opens": "2026-03-01", "closes": "2026-03-06"}
    ref = desk.post(form.action, {**form.fields, **made})["Location"].strip("/").rpartition("/")[2]
    both = [her(staff, turn, name).ask(activity, event="合唱", round=ref)
            for turn, name in enumerate(("安小满", "路远行"), start=1)]  # fmt: skip
    for one in both:
        one.step(UNIT, PLAIN)
        one.step(ABOVE, "符合, 进入名额排队")
    with later(days=5):
        desk = staff(ABOVE)
        assert desk.post(f"/rounds/{ref}/draw/", shown(desk.get("/rounds/new/")).forms[0].fields).status_code == 302
        page = shown(desk.get(f"/rounds/{ref}/"))
        assert not {"安小满", "路远行"} & set(page.text.split()), "numbers alone"
        won, lost = sorted(both, key=lambda one: "有名额, 告诉本人" not in one.offered(ABOVE))
        told = page.answer.content.decode().replace("<wbr>", "")
        seed = next(one for one in re.findall("[0-9a-f]{64}", told) if sha256(one.encode()).hexdigest() in told)
        first = min((one.story_lot for one in both), key=lambda lot: sha256(f"{seed}:{lot}".encode()).digest())
        assert first == won.story_lot, "anybody can draw again"
        lost.step(ABOVE, "这次没有排上, 告诉本人", "下一轮您先来。")
        assert "下一轮您先来" in lost.her().text and in_the_books(lost) == []
        won.step(ABOVE, "有名额, 告诉本人", "周六上午九点在文化馆。")
        assert in_the_books(won) == [("grant", 0)]


@pytest.mark.parametrize(("service", "who", "step"), BY_A_PERSON, ids=[one[0] for one in BY_A_PERSON])
def test_what_does_not_run_by_itself_yet_is_read_and_then_answered_by_a_person(browser, staff, service, who, step):
    read, promise = shown(browser.get(f"/catalogue/{service}/")), promised().services[service]
    assert promise.terms and all(chinese(one.text) in read.text for one in promise.terms), "its rule in words"
    assert ("还不能在这里自动办理" in read.text) == promise.declared
    box = read.press(browser, "/selftest/person/")
    assert promise.name in box.form("need").fields["words"][0], "the service is named for her"
    asked = Told(*keepsake(box.press(browser, "need", area=COMMUNITY)), staff)
    assert asked.running, "a clock runs at once, and nothing had to be filled in"
    asked.step(who, step, "我们看过了, 打电话告诉您怎么办。")
    assert "打电话告诉您怎么办" in asked.her().text
    assert "已解决" in asked.her_word("solved").text
