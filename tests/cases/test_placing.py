"""Where a need goes: her choice stands, her own words tell the rest, equal units share, and nothing stops it."""

from __future__ import annotations

import logging
from datetime import date

import pytest

from baiying.cases.actions import Submission
from baiying.cases.actions.submit import decide
from baiying.cases.models import Case
from baiying.cases.queries import load
from baiying.kit import door
from baiying.members.models import Person
from baiying.network import actions as network
from baiying.network import queries
from baiying.network.models import Unit
from tests.cases.conftest import COMMUNITY, entry, matters_where

WAGES = "三个月没有发工资了, 老板拖欠工钱。"
SECTOR_FIRST = "轻骑快送石景山站点不给我上保险, 工资也拖欠了三个月"


@pytest.fixture(autouse=True)
def counted_anew():
    load.forget()


def test_an_area_that_her_words_say_for_certain_is_used_and_shown(send):
    receipt = send(area=None, words=f"我住八角南里。{WAGES}")
    assert receipt.area == COMMUNITY and receipt.area_from_words
    assert receipt.unit.level == "street" and receipt.unit.area_id == "110107003000"
    with door.open(door.Asker(door=entry(receipt))):
        assert Case.objects.get().area == COMMUNITY


def test_what_she_chose_stands_against_her_words(send):
    receipt = send(area="110107004001", words=f"我住八角南里。{WAGES}")
    assert receipt.area == "110107004001" and not receipt.area_from_words and receipt.unit.area_id == "110107004000"


def test_what_is_doubtful_is_asked_and_goes_to_the_desk_meanwhile(send):
    receipt = send(area=None, words=f"家在鲁谷,单位在古城。{WAGES}")
    assert receipt.area == "" and len(receipt.found.candidates) == 2 and receipt.unit.level == "district"


def test_another_district_is_told_and_the_need_may_still_be_left_here(send):
    receipt = send(area=None, words=f"我在海淀区上班。{WAGES}")
    assert receipt.found.other_district.code == "110108" and receipt.unit.level == "district"


@pytest.mark.parametrize("words", ["他打我, 我不敢回家。我住八角南里", "我住八角南里, 不想活了"])
def test_words_of_danger_are_not_read_for_where(send, monkeypatch, words):
    monkeypatch.setattr(queries, "find_area", lambda text: pytest.fail("sealed words leave no trace"))
    receipt = send(area=None, words=words)
    assert receipt.danger and receipt.area == ""


def test_sealed_words_leave_no_area(send, guarded_matter, monkeypatch):
    monkeypatch.setattr(queries, "find_area", lambda text: pytest.fail("sealed words leave no trace"))
    assert send(area=None, matter=guarded_matter, words="我住八角南里").area == ""


def test_a_reading_that_fails_stops_nothing_and_her_words_reach_no_log(send, monkeypatch, caplog):
    def fails(text):
        raise ValueError(text)
    monkeypatch.setattr(queries, "find_area", fails)
    with caplog.at_level(logging.ERROR):
        assert send(area=None, words=WAGES).unit.level == "district"
    assert "ValueError" in caplog.text and "工资" not in caplog.text


def test_a_couriers_need_goes_to_the_federation_of_her_trade(send):
    receipt = send(area=None, words=SECTOR_FIRST)
    assert "sector" in receipt.matter.ties
    assert receipt.unit.level == "industry" and "物流" in receipt.unit.name
    assert receipt.area == "110107003000"


def test_a_matter_that_does_not_ask_for_the_trade_goes_by_area(send):
    key = matters_where(lambda one: one.org == "union" and one.privacy == "P2" and "sector" not in one.ties)
    assert send(area=None, matter=key, words=SECTOR_FIRST).unit.level == "street"


def test_when_nobody_is_in_office_in_the_trade_the_street_takes_it(send):
    trade = Unit.objects.get(level="industry", name__contains="物流")
    for post in queries.posts_in(trade.id, date(2026, 9, 1)):
        network.end_post(post, date(2026, 9, 1))
    assert send(area=None, words=SECTOR_FIRST).unit.level == "street"


def test_her_membership_says_her_trade(send):
    from baiying.members.models import Membership

    her, unit = Person.objects.get(login="wen.ruchun"), Unit.objects.get(name="轻骑快送石景山站点工会")
    with door.errand("members"):
        Membership.objects.create(id=her.id, district="110107", person=her, unit=unit, since=date(2020, 1, 1))
    assert send(key="hers", words=WAGES, asker=her.id).unit.level == "industry"
    assert send(key="nobody", words=WAGES).unit.level == "street"
    ended = "他打我, 我不敢回家"
    assert send(key="danger", words=ended, asker=her.id).unit.level != "industry"


def two_stations() -> list[Unit]:
    """A second station of the street union, with one living post as the first has."""
    first = queries.first_unit("union", "110107004001", date(2026, 9, 1))
    street = queries.upper(first, date(2026, 9, 1))
    second = network.open_unit("second", organisation="union", level="street", roles=["station"], name="古城第二服务站",
                               area="110107004000", opened_on=date(2020, 1, 1), upper=street)
    network.appoint("second", second, "handler", Person.objects.get(login="zhiban.gonghui").id, date(2020, 1, 1))
    return [first, second]


def test_equal_units_share_what_comes_in(send):
    stations = two_stations()
    took = [send(key=f"k{turn}", area="110107004001", words=WAGES).unit.id for turn in range(6)]
    assert {took.count(one.id) for one in stations} == {3}


def test_a_unit_with_more_people_takes_more(send):
    first, second = two_stations()
    network.appoint("more", second, "handler", Person.objects.get(login="he.yingsheng").id, date(2020, 1, 1))
    took = [send(key=f"k{turn}", area="110107004001", words=WAGES).unit.id for turn in range(9)]
    assert (took.count(first.id), took.count(second.id)) == (3, 6)


def test_a_load_that_cannot_be_counted_stops_nothing(send, monkeypatch):
    from django.db import OperationalError

    two_stations()
    monkeypatch.setattr(load.access, "visible", lambda asker: (_ for _ in ()).throw(OperationalError()))
    assert send(area="110107004001", words=WAGES).unit.level == "street"


def test_one_station_alone_asks_nobody_how_much_lies_there(send, monkeypatch):
    monkeypatch.setattr(load, "open_cases", lambda unit: pytest.fail("asked for nothing"))
    assert send(area="110107004001", words=WAGES).unit is not None


def test_a_submission_from_inside_an_open_door_is_placed_too(send):
    two_stations()
    first = send(words=WAGES)
    with door.open(door.Asker(door=entry(first))):
        assert decide(Submission(key="inside", words=WAGES, area="110107004001")).unit.level == "street"
