"""Forty workers without wages: each with a case, a sum and a word of her own; one frame that counts them."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from baiying.cases.actions import Submission, protected
from baiying.kit import door
from baiying.kit import number as numbers
from tests.cases.conftest import people_of
from tests.stories.conftest import later
from tests.stories.telling import Told
from tests.web.pages import COMMUNITY, shown

pytestmark = pytest.mark.django_db
KEY, BAJIAO, BESIDE, DISTRICT = "union.dispute.collective", "bajiao_handler", "bajiao_women", "district_union"
WAGES = "劳动报酬、工伤医疗费、经济补偿或者赔偿金"
FORTY = 40


@pytest.fixture
def cases(tell, staff) -> list[Told]:
    """The first two by their own page, the others by the same submission without the pages."""
    told = {"employer": "金顶装饰工程队", "group_size": "40", "common_claim": [WAGES], "knew_on": "2026-01-15"}
    found = [tell(KEY, f"四个月没发工资, 第 {place} 个。", amount=str(8000 + place), **told) for place in range(2)]
    for place in range(2, FORTY):
        sent = actions.submit(Submission(key=f"w{place}", words=f"四个月没发工资, 第 {place} 个。", area=COMMUNITY,
                                         matter=KEY, answers={**told, "amount": str(8000 + place)}))
        found.append(Told(numbers.shown(sent.number), numbers.code_shown(sent.code), staff))
    return found


def press(client, page, what: str, **typed):
    """Press a button of the incident's page; the page that follows."""
    form = next(one for one in page.forms if one.fields.get("what") == [what] or "numbers" in one.fields)
    form = next((one for one in page.forms if one.fields.get("what") == [what]), form)
    return shown(client.post(form.action, {**form.fields, "what": what, **typed}, follow=True))


def step_all(client, address: str, stage: str, to: str, text: str = "", **answers: str):
    """One step in all of one's own cases of the incident; the page that follows."""
    page = shown(client.get(address))
    form = next(one for one in page.forms if one.fields.get("step") == [f"{KEY}/{stage}/{to}"])
    typed = {f"ask.{name}": said for name, said in answers.items()}
    return shown(client.post(form.action, {**form.fields, "text": text, **typed}, follow=True))


def she_says(case: Told, label: str, text: str = "") -> None:
    """Her own step, without her page."""
    story = case.story
    move = next(one.move for one in story.offers if one.move.label == label)
    actions.move(door.Asker(door=case.entry), case.number, move.key, text, "", "hers", story.case.version)


def test_forty_cases_in_one_frame_and_forty_words_of_their_own(cases, staff):
    union = staff(BAJIAO)
    page = shown(union.get("/incidents/"))
    refused = page.press(union, "/incidents/", ago="30", **{"ask.workers": "40"})
    assert refused.status == 400 and 'value="40"' in refused.answer.content.decode(), "nothing typed is lost"
    page = page.press(union, "/incidents/", ago="30", **{
        "ask.what": "群体欠薪", "ask.employer": "金顶装饰工程队", "ask.workers": "40", "ask.danger": "no",
        "ask.demands": "结清四个月工资"})
    address = page.answer.request["PATH_INFO"]
    page = press(union, page, "level", level="III")
    assert "三级" in page.text
    assert cases[0].page(BAJIAO).status == 200, "a protected case is taken up before it can be let in"
    handler = people_of(cases[0].story.unit.id)
    for case in cases[1:]:
        protected.take(handler, numbers.read(case.number))
    page = press(union, page, "join", numbers=" ".join(case.number for case in cases))
    assert "已归入40件" in page.text.replace(" ", ""), page.text
    assert not [case for case in cases if case.number in page.text.replace("numbers", "")], "counted, never listed"
    assert staff(BESIDE).get(address).status_code == 404
    above = shown(staff(DISTRICT).get(address))
    assert above.status == 200 and not [case for case in cases if case.number in above.text]
    with later(minutes=5):
        step_all(union, address, "open", "meet", "工会今天下午去单位。")
    with later(minutes=10):
        step_all(union, address, "meet", "settle")
        assert {case.stage for case in cases} == {"meet"}, "without what was agreed there is nothing to agree to"
        step_all(union, address, "meet", "settle", result_words="按每人欠的数, 3 月 20 日前打卡。")
    assert {case.stage for case in cases} == {"settle"}
    with later(minutes=20):
        cases[0].her_step("我同意")
        for case in cases[1:38]:
            she_says(case, "我同意")
        cases[38].her_step("我不同意, 我去仲裁", "少算了加班费")
    assert {case.stage for case in cases[:38]} == {"perform"}
    assert (cases[38].stage, cases[39].stage) == ("answered", "settle"), "nobody's yes counts for two"
    assert "仲裁申请书 (代拟)" in cases[38].letters
    with later(minutes=30):
        step_all(union, address, "perform", "answered", "钱已经到卡上。")
        assert {case.stage for case in cases[:38]} == {"answered"}
        cases[0].her_word("solved", pressed="no")
        for case, verdict in zip(cases[1:38], ["solved"] * 34 + ["partly"] * 2 + ["not_solved"], strict=True):
            actions.judge(case.entry, verdict, True, "", "word")
        said = [case.story.case.verdict for case in cases]
        assert (said.count("solved"), said.count("partly"), said.count("not_solved"), said.count("")) == (35, 2, 1, 2)
    assert all("limitation" in case.running for case in cases), "no year of anybody is hidden or stopped"
