"""Why somebody entitled cannot have it today; what is for a child; what lacks a value that others set."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from baiying.catalogue.promised import Promised
from baiying.engine.loader.rules import Known, build_rule
from baiying.kit import moment
from baiying.services.queries import entitlement
from baiying.web.templatetags.offers import not_now
from tests.services.little import little, service, use

pytestmark = pytest.mark.django_db
SAID = {"otherwise": "不行。", "otherwise_en": "No."}
MEMBER = {"fact": "member.active", "is": True, **SAID}
POOR = {"fact": "home.left_each_month", "below": "@dibao", **SAID}
SERVICES: dict[str, dict[str, Any]] = {
    "once": {"class": "P1", "who": [MEMBER], "limit": [{"times": 1, "per": "year"}]},
    "cap": {"class": "P1", "who": [MEMBER], "limit": [{"most": 50000, "per": "life"}]},
    "either": {"class": "P1", "who": [MEMBER], "limit": [{"not_with": "union.trial.once", "per": "year"}]},
    "winter": {"class": "P1", "who": [MEMBER], "window": {"opens": "12-01", "closes": "02-10"}},
    "child": {"class": "P1", "for": ["child"], "who": [{**SAID, "fact": "person.age", "below": 14}]},
    "home": {"class": "P1", "who": [MEMBER], "limit": [{"times": 1, "per": "year", "of": "household"}]},
    "accident": {"class": "P1", "who": [MEMBER], "limit": [{"times": 2, "per": "event"}]},
    "poor": {"class": "P3", "who": [MEMBER, POOR]},
}


@pytest.fixture
def held(monkeypatch):
    real = little()
    tables = {f"union.trial.{key}": table for key, table in SERVICES.items()}
    services = {key: service(key, table) for key, table in tables.items()}
    known = Known(real.types, real.lines)
    rules = {key: build_rule(key, dict(one.rule), known) for key, one in services.items()}
    found = dataclasses.replace(real, services=services, rules=rules, declared={key: key for key in services})
    with moment.frozen(datetime(2026, 11, 23, 4, tzinfo=UTC)):
        yield use(monkeypatch, found)


def offers(held: Promised, **used: int) -> dict[str, entitlement.Offer]:
    facts = {"member.active": True, **{f"used.{name}:union.trial.{key}": 0 for name in ("times_year", "money_life")
                                       for key in SERVICES}}  # fmt: skip
    facts |= {f"used.{name.replace('__', ':union.trial.')}": count for name, count in used.items()}
    found = entitlement._entitlements(held, facts, frozenset(), {})
    return {one.service.key.rpartition(".")[2]: one for one in found.offers}


def test_what_was_used_up_or_is_asked_for_at_another_time_says_so_and_stays_hers(held):
    fresh = offers(held)
    assert not_now(fresh["once"]) == not_now(fresh["cap"]) == not_now(fresh["either"]) == []
    assert fresh["winter"].state == "yes" and not_now(fresh["winter"]) == ["每年12月1日到2月10日可以申请。"]
    spent = offers(held, times_year__once=1, money_life__cap=50000)
    assert spent["once"].state == spent["cap"].state == spent["either"].state == "yes"
    assert not_now(spent["once"]) == ["已经领满：一年最多1次。"]
    assert not_now(spent["cap"]) == ["已经领满：一辈子最多500 元。"]
    assert not_now(spent["either"]) == ["您已经办过“试用·union.trial.once”，这两样不能都领。"]
    with translation.override("en"):
        assert not_now(spent["once"]) == ["Used up: at most 1 × a year."]


def test_what_nothing_here_can_count_is_said_plainly_and_a_person_asks(held):
    """No files of households: whether somebody she lives with had it, a person asks her."""
    found = offers(held)
    for key, told in (("home", "不建家庭档案"), ("accident", "同一件事最多 2 次")):
        assert found[key].state == "yes" and not_now(found[key]) == []
        assert told in render_to_string("web/services/offers.html", {"offers": [found[key]]}), key
    assert "能领几次" not in render_to_string("web/services/offers.html", {"offers": [found["once"]]})


def test_what_is_for_a_child_alone_is_no_no_but_goes_to_a_person(held):
    found = offers(held)["child"]
    assert found.state == "human" and found.asks == ()
    assert "替孩子或父母" in render_to_string("web/services/offers.html", {"offers": [found]})


def test_a_value_that_nobody_filled_asks_a_person_and_no_question_about_what_she_lives_on(held):
    found = offers(held)["poor"]
    assert found.state == "human" and found.asks == () and found.unfilled
    page = render_to_string("web/services/offers.html", {"offers": [found]})
    assert "请人来定" in page and "不用您自己算" in page


def test_every_offer_leads_to_all_that_is_said_of_it_and_every_one_but_a_yes_to_a_person(held):
    for one in offers(held, times_year__once=1).values():
        page = render_to_string("web/services/offers.html", {"offers": [one]})
        assert f"/catalogue/{one.service.key}/" in page
        assert "请人来定" in page or one.state == "yes"
        assert "、</dd>" not in page
