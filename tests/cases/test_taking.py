"""As what a need is taken: her choice stands, her words are read for the rest, and nothing of it can stop a need."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine.text import SURE
from baiying.kit import door
from baiying.kit.errors import Refusal
from tests.cases.conftest import entry, matters_where

WAGES = "三个月没有发工资了, 老板拖欠工钱, 加班费也没给。"
DANGER = "他打我, 我不敢回家, 工资也被他拿走了"


def kept(receipt) -> Case:
    with door.open(door.Asker(door=entry(receipt))):
        return Case.objects.get()


def topic_where(test) -> str:
    return next(one.key for one in catalogue.topics() if test(one))


def test_words_that_are_sure_are_taken_for_their_topic_and_its_matter(send):
    said = catalogue.suggest(WAGES)
    assert said.is_sure
    receipt = send(words=WAGES)
    assert (receipt.topic, receipt.topic_by, receipt.matter.key) == (said.topic, "text", said.matter)
    case = kept(receipt)
    assert (case.topic, case.topic_by, case.confidence) == (said.topic, "text", said.confidence)


def test_words_that_are_not_sure_go_to_the_default_matter_and_say_so(send, monkeypatch):
    doubtful = replace(catalogue.suggest(WAGES), confidence=SURE - 0.01,
                       matter=matters_where(lambda one: not one.default and one.privacy == "P2"))
    monkeypatch.setattr(catalogue, "suggest", lambda words: doubtful)
    receipt = send(words=WAGES)
    assert receipt.matter.default
    assert (receipt.topic, receipt.topic_by, receipt.confidence) == (doubtful.topic, "text", SURE - 0.01)


def test_what_she_chose_stands_whatever_her_words_say(send):
    topic = topic_where(lambda one: one.key != catalogue.suggest(WAGES).topic
                        and catalogue.matter(one.matters[0]).privacy != "P3")
    receipt = send(words=WAGES, topic=topic)
    assert (receipt.topic, receipt.topic_by, receipt.confidence) == (topic, "asker", None)
    assert receipt.matter.key == catalogue.topic(topic).matters[0]


def test_a_matter_she_chose_keeps_a_topic_from_her_words_only_if_it_fits(send):
    other = matters_where(lambda one: one.privacy == "P2" and one.key not in catalogue.topic(
        catalogue.suggest(WAGES).topic).matters)
    assert send(key="one", words=WAGES, matter=other).topic == ""
    assert send(key="two", words=WAGES, matter=catalogue.suggest(WAGES).matter).topic == catalogue.suggest(WAGES).topic


def test_a_topic_nobody_declares_is_refused_with_a_sentence(send):
    with pytest.raises(Refusal):
        send(topic="no_such_topic")


def test_words_of_danger_choose_a_matter_of_safety_and_nothing_else_is_kept(send):
    said = catalogue.suggest(DANGER)
    assert said.is_sure and catalogue.matter(said.matter).safe
    receipt = send(words=DANGER)
    assert receipt.danger and receipt.matter.key == said.matter
    case = kept(receipt)
    assert (case.topic, case.topic_by, case.confidence, case.elsewhere) == ("", "", None, "")


def test_words_of_danger_need_not_be_sure_of_the_matter_of_safety_that_comes_first(send, monkeypatch):
    unsure = replace(catalogue.suggest(DANGER), confidence=0.2)
    monkeypatch.setattr(catalogue, "suggest", lambda words: unsure)
    assert not unsure.is_sure and send(words=DANGER).matter.key == unsure.matter


@pytest.mark.parametrize("words", [
    "他又喝多咧，拿板凳抡俺，俺躲厨房里", "昨黑里他又捶我咧，耳朵听不见咧", "ta yi hui lai jiu da wo, wo pa",
    "药我都攒好了，一瓶，今晚就解脱了"])
def test_danger_in_words_that_sound_like_no_topic_goes_where_its_kind_goes(send, words):
    said = catalogue.suggest(words)
    assert not said.is_sure and not catalogue.matter(said.matter).safe
    receipt = send(words=words)
    kinds = [catalogue.matter(peril.matter) for peril in catalogue.perils(words) if peril.matter]
    assert receipt.danger and receipt.matter == kinds[0] and receipt.matter.safe


def test_a_kind_of_danger_that_names_no_matter_goes_to_the_one_that_takes_everything(send):
    words = "带着俩孩子在火车站坐着，身上一分钱没有，天黑了没地方去"
    assert [peril.matter for peril in catalogue.perils(words)] == [""]
    assert send(words=words).matter.default


def test_words_of_danger_that_are_sure_of_another_matter_go_to_the_default_one(send, monkeypatch):
    other = matters_where(lambda one: not one.default and not one.safe)
    sure = replace(catalogue.suggest(DANGER), confidence=0.99, matter=other)
    monkeypatch.setattr(catalogue, "suggest", lambda words: sure)
    receipt = send(words=DANGER)
    assert receipt.danger and receipt.matter.default


def test_what_she_chose_stands_when_her_words_speak_of_danger(send, monkeypatch):
    monkeypatch.setattr(catalogue, "suggest", lambda words: pytest.fail("she chose; nothing is left to read"))
    chosen = matters_where(lambda one: not one.default and one.privacy == "P2")
    assert send(words=DANGER, matter=chosen).matter.key == chosen


def test_a_guarded_matter_keeps_no_topic(send, guarded_matter):
    case = kept(send(words=WAGES, matter=guarded_matter))
    assert case.guarded and (case.topic, case.topic_by, case.confidence, case.elsewhere) == ("", "", None, "")


def test_a_topic_that_leads_to_a_guarded_matter_is_not_kept_either(send):
    topic = topic_where(lambda one: catalogue.matter(one.matters[0]).privacy == "P3")
    case = kept(send(words="想请人帮忙。", topic=topic))
    assert case.guarded and case.topic == ""


@pytest.mark.parametrize("error", [ValueError("工资"), KeyError("x"), RecursionError(), MemoryError()])
def test_a_reading_that_fails_stops_nothing_and_her_words_reach_no_log(send, monkeypatch, caplog, error):
    def fails(words):
        raise error
    monkeypatch.setattr(catalogue, "suggest", fails)
    with caplog.at_level(logging.ERROR):
        receipt = send(words=WAGES)
    assert receipt.matter.default and receipt.topic == ""
    assert type(error).__name__ in caplog.text and "工资" not in caplog.text


def test_what_is_somebody_elses_business_is_noted_and_still_taken(send):
    words = "公交车350路能不能增加一站, 路面的坑也请修一修"
    said = catalogue.suggest(words)
    assert said.elsewhere is not None
    receipt = send(words=words)
    assert receipt.elsewhere == said.elsewhere.key and receipt.unit is not None


def test_the_same_sent_twice_shows_what_it_was_taken_as_at_first(send, monkeypatch):
    first = send(words=WAGES)
    monkeypatch.setattr(catalogue, "suggest", lambda words: (_ for _ in ()).throw(ValueError))
    again = send(words=WAGES)
    assert again.known and (again.topic, again.matter.key) == (first.topic, first.matter.key)
