"""What to ask next, and who gets a place."""

from __future__ import annotations

from itertools import pairwise

from baiying.engine.rules import Places, Rule, Test, questions
from baiying.engine.rules.choosing import Applicant, in_order

from .made import KNOWN, ON, SAID, rule


def made(key: str, *tests: str) -> Rule:
    found = rule("".join(f"[[who]]\n{test}\n{SAID}" for test in tests))
    return Rule(key, found.requirements)


WORK, SEX = 'fact = "person.in_work"\nis = true', 'fact = "person.sex"\nis = "女"'
AGE, HOMES = 'fact = "person.age"\nat_least = 60', 'fact = "home.homes"\nbelow = 2'


def test_the_fact_that_settles_most_is_asked_first() -> None:
    rules = [made("a", WORK), made("b", WORK, AGE), made("c", AGE, HOMES)]
    found = questions(rules, {}, KNOWN.lines, ON)
    assert [one.fact for one in found] == ["person.in_work", "person.age", "home.homes"]
    assert found[0].rules == ("a", "b") and found[0].settles == 1.5  # a yes settles a, a no both


def test_nothing_is_asked_that_can_change_no_answer() -> None:
    rules = [made("a", WORK, AGE), made("b", HOMES)]
    told = {"person.in_work": False, "home.homes": 1}
    assert questions(rules, told, KNOWN.lines, ON) == []
    assert [one.fact for one in questions(rules, {"home.homes": 3}, KNOWN.lines, ON, {"person.age"})] == ["person.age"]


def test_every_answer_is_settled_by_asking_on_and_no_question_comes_twice() -> None:
    rules = [made("a", WORK, AGE, HOMES), made("b", SEX, AGE), made("c", WORK, SEX)]
    answers = {"person.in_work": True, "person.age": 61, "home.homes": 1, "person.sex": "女"}
    told: dict[str, object] = {}
    while asked := questions(rules, told, KNOWN.lines, ON):  # type: ignore[arg-type]
        assert asked[0].fact not in told
        told[asked[0].fact] = answers[asked[0].fact]
    assert all(one.settles >= two.settles for one, two in pairwise(asked))
    assert set(told) == set(answers)


PEOPLE = [
    Applicant("甲", {"home.homes": 1}, came=2, lost=0, score=5),
    Applicant("乙", {"home.homes": 3}, came=1, lost=2, score=9),
    Applicant("丙", {}, came=3, lost=2, score=5),
]


def order(places: Places, seed: str = "2026-11-23") -> str:
    return "".join(one.key for one in in_order(places, PEOPLE, seed, KNOWN.lines, ON))


def test_places_go_to_who_came_first_or_scored_most_or_was_preferred() -> None:
    assert order(Places("first")) == "乙甲丙"
    assert order(Places("score"))[0] == "乙"
    assert order(Places("order", (Test("home.homes", "below", 2),)))[0] == "甲"


def test_a_draw_is_its_seed_s_alone_and_with_memory_who_lost_before_comes_first() -> None:
    assert order(Places("draw"), "a") == order(Places("draw"), "a")
    assert len({order(Places("draw"), str(seed)) for seed in range(60)}) == 6
    assert {order(Places("draw", memory=True), str(seed))[-1] for seed in range(20)} == {"甲"}
