"""Her card on a phone, the device of a counter, and the unit that keeps it: no name passes from one to the other."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from baiying.kit import door, moment
from baiying.members import actions as members
from baiying.members import queries as people
from baiying.members.models import Membership
from baiying.project.demo.cast import person
from baiying.services.actions import telling
from baiying.web.forms.card import SENTENCES
from tests.members.figures import street
from tests.services.little import use
from tests.web.pages import shown
from tests.web.test_both_languages import faults

pytestmark = pytest.mark.django_db
SWIM = "union.trial.swim"
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    use(monkeypatch)
    with moment.frozen(NOON):
        yield


@pytest.fixture
def her(staff) -> tuple[Client, UUID]:
    """A browser of somebody who is a member and old enough to swim."""
    found = people.by_login(person("gucheng_handler").login)
    with door.errand("members"):
        Membership.objects.get_or_create(
            id=UUID(int=77),
            defaults={"district": "110107", "person_id": found.id, "unit_id": street(), "since": date(2020, 1, 1)},
        )
    telling.tell(found.id, {"person.born": "1990-05-06"}, by=found.id)
    return staff("gucheng_handler"), found.id


def press(client: Client, page, action: str, **more: str):
    form = next(one for one in page.forms if one.action.endswith(action) or (not one.action and not action))
    fields = {name: values[-1] for name, values in form.fields.items() if values}
    return client.post(form.action or "/counter/", {**fields, **more}, follow=True)


def opened(staff) -> tuple[str, str, Client]:
    """(letters, set-up code, browser of the unit) of a counter that the unit has opened on its page."""
    client = staff("bajiao_handler")
    page = shown(press(client, shown(client.get("/counters/")), "/counters/", service=SWIM, name="八角泳池", per="day"))
    assert "八角泳池" in page.text
    action = next(one.action for one in page.forms if one.action.endswith("/code/"))
    told = shown(press(client, page, "/code/"))
    assert not list(faults(told, "zh-hans"))
    ref = action.split("/")[2]
    code = told.text.split("只在这里显示一次")[1].lstrip(": ：")[:9]
    return ref, code, client


@pytest.fixture
def device(browser, staff) -> tuple[Client, str]:
    """The browser at a counter, and the counter's letters."""
    ref, code, _ = opened(staff)
    page = shown(press(browser, shown(browser.get("/counter/")), "/set-up/", code=code))
    assert "八角泳池" in page.text and browser.cookies["baiying_counter"]["httponly"]
    return browser, ref


def code_on(page) -> str:
    return "".join(page.text.split("码的字母")[1].split("换一个新码")[0].split())


def test_a_card_is_asked_for_used_and_given_back(her, device):
    client, she = her
    counter, ref = device
    first = shown(client.get("/card/"))
    assert "我要办卡" in first.text and "八角泳池" not in first.text
    page = shown(press(client, first, "/card/change/", do="ask"))
    assert "八角泳池" in page.text and "限每天 1 次, 已经用了 0 次".replace(", ", "，") in page.text.replace(", ", "，")
    code = shown(client.get(f"/card/show/{ref}/"))
    assert any(tag == "svg" for tag, _ in code.tags) and "12:10 前有效" in code.text
    assert not list(faults(code, "zh-hans"))
    at = shown(press(counter, shown(counter.get("/counter/")), "", code=code_on(code)))
    assert "可以享受" in at.text and person("gucheng_handler").name not in at.text
    noted = shown(press(counter, at, "", code=code_on(code), do="note"))
    assert "已计入" in noted.text
    again = shown(client.get(f"/card/show/{ref}/"))
    assert again.status == 409 and "次数您已经用完" in again.text
    assert "已经用了 1 次" in shown(client.get("/card/")).text
    press(client, shown(client.get("/card/")), "/card/change/", do="return")
    assert people.card(she) is None and shown(client.get(f"/card/show/{ref}/")).status == 400


def test_what_a_device_noted_down_is_settled_and_anything_else_is_refused(her, device, browser):
    client, she = her
    counter, ref = device
    members.ask_for_card(she)
    code = code_on(shown(client.get(f"/card/show/{ref}/")))
    token = shown(counter.get("/counter/")).forms[0].fields["csrfmiddlewaretoken"][0]

    def send(body: object, agent: Client = counter):
        return agent.post(
            "/counter/settle/", json.dumps(body), content_type="application/json", headers={"X-CSRFToken": token}
        )

    uses = [{"code": code, "at": int(NOON.timestamp())}, {"code": "x", "at": int(NOON.timestamp())}]
    assert send({"uses": uses}).json() == {"results": ["counted", "not_a_code"]}
    for wrong in (
        {},
        [],
        {"uses": []},
        {"uses": [{"code": 1}]},
        {"uses": uses * 200},
        {"uses": [{"code": "x", "at": 2**40}]},
    ):
        assert send(wrong).status_code == 400
    assert counter.post("/counter/settle/", b"{}", content_type="application/json").status_code == 403
    counter.cookies["baiying_counter"] = "somebody else"
    assert send({"uses": uses}).status_code == 403 and counter.get("/counter/pack/").status_code == 403


def test_the_device_is_given_what_verifies_and_nothing_of_a_person(device, her):
    counter, _ref = device
    pack = counter.get("/counter/pack/").json()
    assert set(pack) == {"counter", "at", "keys", "list", "most"} and pack["most"] == 1
    assert pack["keys"] == counter.get("/card/keys/").json()["keys"]
    worker = counter.get("/counter/worker.js")
    assert worker["Content-Type"].startswith("text/javascript") and "/counter/" in worker.content.decode()


def test_a_page_without_scripts_says_why_a_code_is_none(device, her):
    client, she = her
    counter, _ref = device
    page = shown(counter.get("/counter/"))
    answer = shown(press(counter, page, "", code="ABC"))
    assert "这个码不行" in answer.text and "没有扫全" in answer.text


def test_every_answer_of_a_counter_has_its_sentence_in_both_languages():
    from django.utils.translation import override

    from baiying.engine.card import Verdict
    from baiying.services.actions.redeeming import Settled

    assert {*map(str, Verdict), *map(str, Settled)} <= set(SENTENCES)
    for sentence in SENTENCES.values():
        with override("en"):
            english = str(sentence)
        assert str(sentence) != english and str(sentence)


def test_only_the_unit_that_keeps_a_counter_sees_and_closes_it(device, staff):
    _counter, ref = device
    stranger = staff("gucheng_handler")
    assert "八角泳池" not in shown(stranger.get("/counters/")).text
    token = shown(stranger.get("/counters/")).forms[-1].fields["csrfmiddlewaretoken"][0]
    for act in ("code", "close"):
        answer = stranger.post(f"/counters/{ref}/{act}/", {"csrfmiddlewaretoken": token})
        assert answer.status_code == 404
    assert staff("auditor").get("/counters/").status_code == 404
    own = staff("bajiao_handler")
    page = shown(press(own, shown(own.get("/counters/")), "/close/"))
    assert "已停用" in page.text
    assert "设置窗口设备" in shown(_counter.get("/counter/")).text


def test_somebody_who_is_no_member_is_told_so_and_what_to_do(staff):
    client = staff("auditor")
    page = shown(press(client, shown(client.get("/card/")), "/card/change/", do="ask"))
    assert page.status == 400 and "还没有登记" in page.text
