"""The texts that a unit uses again, and earlier cases like the one on the desk."""

from __future__ import annotations

import pytest

from baiying.cases import actions, queries
from baiying.kit import door
from baiying.kit.errors import Refusal, Unseen
from tests.cases.conftest import entry, people_of

pytestmark = pytest.mark.django_db
ANSWER = "已与单位谈定, 周五前发清。"


def ended(send, words: str, key: str, verdict: str = "solved", **named: str) -> tuple[str, door.Asker]:
    """A case that was answered and judged; gives its number and the people who answered."""
    receipt = send(words, key, **named)
    people = people_of(receipt.unit.id)
    seen = queries.open_case(people, receipt.number)
    move = next(offer.move.key for offer in seen.offers if offer.move.to == "answered" and not offer.missing)
    actions.move(people, receipt.number, move, ANSWER, "", f"answer {key}", seen.case.version)
    actions.judge(entry(receipt), verdict, None, "", f"judge {key}")
    return seen.number, people


def test_a_template_is_kept_changed_and_laid_aside_in_its_own_unit_only(send):
    people = people_of(send().unit.id)
    unit = next(iter(people.units))
    actions.keep_template(people, unit, "欠薪 首次答复", "我们已联系您的单位。", "a")
    actions.keep_template(people, unit, " 欠薪  首次答复 ", "我们已联系您的单位, 三日内再告诉您。", "b")
    assert [(one.title, one.text) for one in queries.templates(people)] == [
        ("欠薪 首次答复", "我们已联系您的单位, 三日内再告诉您。")]
    stranger = people_of(send("水管漏了", "two", area="110107004001").unit.id)
    assert stranger.units != people.units and queries.templates(stranger) == []
    with pytest.raises(Unseen):
        actions.retire_template(stranger, unit, "欠薪 首次答复")
    actions.retire_template(people, unit, "欠薪 首次答复")
    actions.retire_template(people, unit, "欠薪 首次答复")
    assert queries.templates(people) == []


@pytest.mark.parametrize("title, text", [("", "有字"), ("有字", " \u200b "), ("长" * 61, "有字"), ("有", "长" * 4_001)])
def test_a_template_without_title_or_text_or_too_long_is_refused(send, title, text):
    people = people_of(send().unit.id)
    with pytest.raises(Refusal) as refused:
        actions.keep_template(people, next(iter(people.units)), title, text, "a")
    assert not isinstance(refused.value, Unseen) and queries.templates(people) == []


def test_the_most_alike_earlier_case_of_the_own_unit_stands_first_with_its_answer(send):
    ended(send, "楼道里的灯坏了很久没人修。", "light")
    alike, people = ended(send, "老板拖欠工资三个月, 在工地干活。", "wages", "partly")
    here = send("工地的老板拖欠我三个月的工资。", "now")
    found = queries.similar(people, here.number)
    assert found[0].number == alike and found[0].answer == ANSWER and found[0].verdict == "partly"
    assert len(found) == 1


def test_a_guarded_case_is_never_among_the_similar_ones_and_asks_for_none(send):
    words = "老公又打我, 工地的老板拖欠工资三个月。"
    _number, people = ended(send, words, "guarded")
    plain = send("工地的老板拖欠工资三个月。", "now")
    assert queries.similar(people, plain.number) == []
    ended(send, "工地的老板拖欠工资三个月了。", "plain")
    assert len(queries.similar(people, plain.number)) == 1
    danger = send(words, "again")
    assert queries.similar(people_of(danger.unit.id), danger.number) == []


def test_the_similar_cases_of_another_unit_are_not_seen(send):
    ended(send, "工地的老板拖欠工资三个月。", "theirs", area="110107004001")
    here = send("工地的老板拖欠工资三个月。", "now")
    assert queries.similar(people_of(here.unit.id), here.number) == []


def test_looking_for_similar_cases_costs_the_same_with_three_as_with_eight(send, django_assert_max_num_queries):
    for place in range(8):
        ended(send, f"工地的老板拖欠工资三个月。{place}", str(place))
    here = send("工地的老板拖欠工资三个月。", "now")
    people = people_of(here.unit.id)
    with django_assert_max_num_queries(12):
        assert len(queries.similar(people, here.number)) == 3
