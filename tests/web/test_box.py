"""The one box: what fits while she types, the same without JavaScript, and what she may say after sending."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baiying.catalogue import queries as catalogue
from baiying.engine.text import Suggested, Suggestion, Topic
from baiying.web import fitting
from tests.web.pages import COMMUNITY, shown

pytestmark = pytest.mark.django_db
WAGES = "老板拖欠我三个月工资"


def of_class(*classes: str, without: Sequence[str] = ()) -> Topic:
    """A kind of need that goes to a matter of these classes, and does not fit the default one."""
    default = catalogue.default_matter().key
    return next(one for one in catalogue.topics() if one.name not in without and default not in one.matters
                and catalogue.matter(one.matters[0]).privacy in classes)


def asked(words: str, **more: str) -> str:
    """What comes back for these words, to a browser that keeps no cookies and sends no token."""
    answer = Client(enforce_csrf_checks=True).post("/suggest/", {"words": words, **more})
    assert answer.status_code == 200 and not answer.cookies
    return answer.content.decode()


@pytest.fixture
def unsure(monkeypatch):
    """A reading that is not sure of anything."""
    three = [topic for topic in catalogue.topics() if topic.group in ("labour", "family")][:3]
    offers = tuple(Suggested(one.key, one.matters[0], 0.3 - n / 10) for n, one in enumerate(three))
    found = Suggestion(offers[0].topic, offers[0].matter, 0.3, offers)
    monkeypatch.setattr(catalogue, "suggest", lambda words: found)
    return [one.name for one in three]


def test_words_that_are_clear_are_told_what_they_are_taken_for():
    said = asked(WAGES)
    assert "听起来是" in said and "工资" in said and 'name="topic"' in said


def test_words_that_are_not_clear_are_offered_three_to_choose_from(unsure):
    said = asked("不知道怎么说")
    assert all(name in said for name in unsure)
    assert said.count('name="topic"') == 4 and "都不是" in said


def test_somebody_elses_business_is_told_its_door_and_may_stay():
    said = asked("门口的公交车站等了四十分钟都不来")
    assert 'href="tel:12345"' in said and "也可以留在这里" in said and 'name="topic"' not in said


def test_the_nearest_place_is_that_of_the_chosen_community_with_telephone_and_hours():
    said = asked(WAGES, area=COMMUNITY)
    assert "八角南里" in said and 'href="tel:' in said and "09:00" in said


def test_the_nearest_place_is_found_by_what_her_words_say_of_where():
    assert "八角南里" in asked("我住八角南里社区, " + WAGES)


def test_words_of_danger_are_not_sorted_and_sent_nowhere_else():
    said = asked("他又打我了, 门口的公交车站")
    assert 'name="topic"' not in said and "12345" not in said and "什么都不用选" in said


@pytest.mark.parametrize("words", ["", " ", "工资"])
def test_too_few_words_say_nothing(words):
    assert "fits-in" not in asked(words)


def test_asking_stores_nothing_and_logs_nothing_of_what_was_typed(caplog):
    asked(WAGES)
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        asked("隔壁老王拖欠我工资", area=COMMUNITY)
    assert "老王" not in caplog.text
    assert not [one for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not Session.objects.exists()


def test_a_reading_that_fails_says_nothing_and_logs_no_word(monkeypatch, caplog):
    def broken(words: str) -> Suggestion:
        raise ValueError(words)
    monkeypatch.setattr(catalogue, "suggest", broken)
    assert "fits-in" not in asked("隔壁老王拖欠我工资")
    assert "老王" not in caplog.text


def test_a_flood_of_questions_is_answered_with_a_sentence_and_never_with_an_error(monkeypatch):
    monkeypatch.setattr("baiying.web.views.box.ASKS", 0)
    assert "照样可以送出" in asked(WAGES)


def test_only_a_post_is_answered(browser):
    assert browser.get("/suggest/").status_code == 404
    assert browser.get("/fits/")["Location"] == "/"


def test_without_javascript_a_press_shows_what_fits_and_keeps_everything(browser):
    front = shown(browser.get("/"))
    form = front.form("need").fields | {"words": WAGES, "phone": "010-0000-0909", "area": COMMUNITY, "name": "小路"}
    looked = shown(browser.post("/fits/", form))
    assert looked.status == 200 and "听起来是" in looked.text
    kept = looked.form("need").fields
    assert kept["words"][0].strip() == WAGES
    assert (kept["phone"], kept["name"], kept["area"]) == (["010-0000-0909"], ["小路"], [COMMUNITY])
    receipt = looked.press(browser, "need")
    assert "工资" in receipt.text and "我们把它当作" in receipt.text


def test_without_javascript_danger_stands_first_on_that_press_too(browser):
    front = shown(browser.get("/"))
    answer = browser.post("/fits/", front.form("need").fields | {"words": "老公又打我了"}).content.decode()
    panel = answer[answer.index('id="danger"'):]
    assert " hidden" not in panel[:panel.index(">")]
    assert panel.index("tel:110") < panel.index("什么都不用选")


def test_what_she_chose_goes_along_and_the_receipt_says_so(send, unsure):
    receipt = send("不知道怎么说", topic=catalogue.topics()[0].key)
    assert catalogue.topics()[0].name in receipt.text and "您自己选的" in receipt.text


def test_a_choice_that_is_offered_no_more_keeps_nothing_from_being_sent(send):
    assert "收到了" in send(WAGES, topic="gone").text


def test_the_receipt_lets_her_say_that_it_is_something_else(browser, send, unsure):
    receipt = send("不知道怎么说")
    assert "还拿不准" in receipt.text
    form = next(form for form in receipt.forms if form.action == "/received/otherwise/")
    other = of_class("P1", "P2", without=unsure)
    changed = shown(browser.post("/received/otherwise/", form.fields | {"topic": other.key}, follow=True))
    assert other.name in changed.text and "您自己选的" in changed.text
    assert catalogue.matter(other.matters[0]).name in changed.text


def test_what_turns_out_to_be_a_matter_of_safety_is_shown_as_one_at_once(browser, send, unsure):
    receipt = send("不知道怎么说")
    form = next(form for form in receipt.forms if form.action == "/received/otherwise/")
    changed = shown(browser.post("/received/otherwise/", form.fields | {"topic": of_class("P3").key}, follow=True))
    assert "我们把它当作" not in changed.text and "110" in changed.text


def test_what_nobody_offers_is_refused_on_the_receipt_and_nothing_is_lost(browser, send):
    receipt = send(WAGES)
    form = next(form for form in receipt.forms if form.action == "/received/otherwise/")
    again = shown(browser.post("/received/otherwise/", form.fields | {"topic": "no.such"}, follow=True))
    assert "列表" in again.text and "请收好这两样" in again.text


def test_without_a_receipt_nothing_can_be_said_otherwise(browser):
    front = shown(browser.get("/"))
    said = {"csrfmiddlewaretoken": front.form("need").fields["csrfmiddlewaretoken"], "topic": "wages"}
    assert browser.post("/received/otherwise/", said)["Location"] == "/find/"


def test_a_receipt_of_danger_asks_for_no_sorting(send):
    receipt = send("老公又打我了, 我怕")
    assert "我们把它当作" not in receipt.text and "110" in receipt.text


def test_the_telephone_of_the_district_stands_beside_the_numbers(browser):
    front = shown(browser.get("/"))
    assert "010-0000-0102" in front.text or "010-0000-0101" in front.text


def test_fitting_of_nothing_is_nothing():
    assert fitting.fitting({}) == fitting.NOTHING


def page_of(*, safe: bool) -> str:
    """A matter that is not what late wages become: the first of its kind."""
    wages = catalogue.suggest(WAGES)
    return next(one.key for one in catalogue.matters() if one.safe == safe and not one.default
                and one.key not in catalogue.topic(wages.topic).matters)


def test_on_the_page_of_a_matter_words_that_clearly_mean_another_are_told_so():
    key, meant = page_of(safe=False), catalogue.suggest(WAGES).matter
    said = asked(WAGES, on=key)
    assert "听起来更像" in said and f'name="turn" value="{meant}"' in said and 'name="topic"' not in said
    assert "听起来更像" not in asked(WAGES, on=meant)


def test_on_the_page_of_a_matter_of_safety_nobody_is_sent_elsewhere():
    assert "听起来更像" not in asked(WAGES, on=page_of(safe=True))
    assert "12345" not in asked("门口的公交车站等了四十分钟都不来", on=page_of(safe=True))
    assert "12345" in asked("门口的公交车站等了四十分钟都不来", on=page_of(safe=False))


def test_without_javascript_the_page_of_a_matter_shows_what_fits_and_all_goes_along(browser):
    key, meant = page_of(safe=False), catalogue.suggest(WAGES).matter
    opened = shown(browser.get(f"/catalogue/{key}/"))
    form = opened.form("need").fields | {"words": WAGES, "phone": "010-0000-0909", "area": COMMUNITY}
    looked = shown(browser.post("/fits/", form))
    assert "听起来更像" in looked.text and catalogue.matter(key).name in looked.text and "八角南里" in looked.text
    turned = shown(browser.post("/fits/", looked.form("need").fields | {"turn": meant}))
    kept = turned.form("need").fields
    assert catalogue.matter(meant).name in turned.text and kept["matter"] == [meant]
    assert (kept["words"][0].strip(), kept["phone"], kept["area"]) == (WAGES, ["010-0000-0909"], [COMMUNITY])
    assert browser.post("/fits/", form | {"turn": "no.such"}).status_code == 404


def test_the_page_of_a_matter_shows_the_numbers_for_words_of_danger_first(browser):
    opened = shown(browser.get(f"/catalogue/{page_of(safe=False)}/"))
    answer = browser.post("/fits/", opened.form("need").fields | {"words": "老公又打我了"}).content.decode()
    panel = answer[answer.index('id="danger"'):]
    assert " hidden" not in panel[:panel.index(">")] and panel.index("tel:110") < panel.index("什么都不用选")


def test_the_receipt_says_when_her_words_clearly_mean_another_matter(send):
    receipt = send(WAGES, matter=page_of(safe=False))
    assert "更像" in receipt.text and "我们把它当作" in receipt.text
    assert "更像" not in send(WAGES, matter=catalogue.suggest(WAGES).matter).text


def test_every_page_of_a_matter_of_safety_takes_her_words_with_all_questions_open(browser):
    for one in catalogue.matters():
        if one.safe:
            opened = shown(browser.get(f"/catalogue/{one.key}/"))
            assert "收到了" in opened.press(browser, "need", words="他又动手了").text, one.key


def test_what_is_refused_on_the_page_of_a_matter_comes_back_there_with_its_faults_first(browser):
    asking = next(one for one in catalogue.matters() if not one.safe and any(ask.need and ask.kind == "text"
                  for ask in one.asks.values()))
    opened = shown(browser.get(f"/catalogue/{asking.key}/"))
    refused = opened.press(browser, "need", words="想请你们帮忙", name="小路")
    assert refused.status == 400 and asking.name in refused.text
    assert refused.text.index("还没有送出") < refused.text.index(asking.name)
    kept = refused.form("need").fields
    assert kept["words"][0].strip() == "想请你们帮忙" and kept["name"] == ["小路"] and kept["on"] == [asking.key]
