"""A call, a paper, somebody at the desk: written down for her, read back, with number, code and clocks of her own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from baiying.cases import actions, queries
from baiying.cases.actions import Guardian, Submission
from baiying.cases.actions.submit import protected
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.cases.answering import row
from tests.cases.conftest import COMMUNITY, entry, matters_where, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
ELSEWHERE = "110107004001"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def desk(db):
    """The unit that would receive her request from the web."""
    return network.first_unit("union", COMMUNITY, moment.today())


def told(key="one", words="三个月没有发工资了。", channel="desk", **named) -> Submission:
    return Submission(key=key, words=words, area=COMMUNITY, channel=channel, **named)


def enter(unit, submission=None, read_back=True, asker=None, **named):
    return actions.enter(asker or people_of(unit.id), submission or told(), unit.id, read_back, **named)


def counted() -> int:
    with door.errand("clocks"):
        return Case.objects.count()


def test_what_was_told_across_the_desk_is_a_case_with_number_code_and_clocks(desk):
    receipt = enter(desk)
    assert receipt.number and receipt.code and receipt.clocks
    story = queries.story(entry(receipt))
    assert story.words == "三个月没有发工资了。"
    assert (story.case.channel, story.case.entered_by_id) == ("desk", desk.id)
    assert queries.her_ways(entry(receipt)).entered_by == network.unit_said(desk)


def test_what_was_not_read_back_is_not_stored(desk):
    before = counted()
    with pytest.raises(Refusal):
        enter(desk, read_back=False)
    assert counted() == before


@pytest.mark.parametrize("channel", ["web", "link", "", "telepathy"])
def test_how_it_came_is_one_of_four_ways(desk, channel):
    with pytest.raises(Refusal):
        enter(desk, told(channel=channel))


def test_nobody_signs_for_a_unit_that_is_not_hers(desk):
    stranger = door.Asker(who=uuid4(), units=frozenset(), roles=frozenset())
    with pytest.raises(Unseen):
        enter(desk, asker=stranger)


def test_sent_twice_it_is_one_case_with_one_receipt(desk):
    first, second = enter(desk), enter(desk)
    assert (first.number, first.code, second.known) == (second.number, second.code, True)


def test_the_key_of_one_person_opens_nothing_for_another(desk):
    """A key seen over somebody's shoulder gives neither her number nor her code."""
    first = enter(desk)
    colleague = door.Asker(who=people_of(network.upper(desk, moment.today()).id).who, units=frozenset({desk.id}),
                           roles=frozenset({"handler"}))
    second = enter(desk, asker=colleague)
    assert (second.number, second.code) != (first.number, first.code) and not second.known


def test_who_receives_first_leads_and_on_the_telephone_her_area_decides(desk):
    upper = network.upper(desk, moment.today())
    assert row(enter(upper, told("a", channel="desk"))).unit_id == upper.id
    assert row(enter(upper, told("b", channel="phone"))).unit_id == desk.id
    assert row(enter(upper, told("c", channel="phone"), here=True)).unit_id == upper.id
    assert row(enter(upper, told("d", channel="paper"), here=False)).unit_id == desk.id


def test_a_unit_that_may_not_lead_this_kind_writes_it_down_and_another_leads(desk):
    other = matters_where(lambda matter: matter.org != desk.organisation)
    receipt = enter(desk, told(matter=other))
    case = row(receipt)
    assert case.unit.organisation != desk.organisation and case.entered_by_id == desk.id


def test_a_home_does_not_lead_what_begins_at_the_street(db):
    home = next(unit for unit in network.units(moment.today()) if unit.level == "community"
                and unit.organisation == "women" and network.is_living(unit.id, unit.district, moment.today()))
    matter = matters_where(lambda one: one.org == "women" and one.lead_level == "street")
    assert row(enter(home, told(matter=matter))).unit_id != home.id


def test_the_log_says_who_wrote_it_down(desk):
    writer = people_of(desk.id)
    receipt = enter(desk)
    with door.open(door.Asker(case=receipt.case_id)):
        lines = log.lines_about(receipt.case_id, Case.objects.get(id=receipt.case_id).wrapped)
    assert [(line.verb, line.who) for line in lines] == [("case.submitted", str(writer.who))]


def test_a_guardian_is_sealed_and_shown_to_the_unit_that_leads(desk):
    guardian = Guardian("安小满", "母亲", "138 0000 0000", consents=True)
    receipt = enter(desk, told(guardian=guardian))
    with door.open(door.Asker(case=receipt.case_id)):
        from baiying.cases.models import Sealed
        assert Sealed.objects.filter(field="guardian").exists()
        assert not Case.objects.filter(words__contains="安小满").exists()
    view = queries.open_case(people_of(desk.id), receipt.number)
    assert view.guardian == {"name": "安小满", "relation": "母亲", "phone": "138 0000 0000", "consents": True}
    assert view.logged


def test_a_guardian_without_name_or_part_is_asked_for_again(desk):
    with pytest.raises(Refusal):
        enter(desk, told(guardian=Guardian("", "母亲")))
    with pytest.raises(Refusal):
        enter(desk, told(guardian=Guardian("安小满", " ")))


def test_a_missing_yes_of_the_guardian_keeps_no_child_from_help(desk):
    receipt = enter(desk, told(guardian=Guardian("安小满", "母亲", consents=False)))
    assert queries.open_case(people_of(desk.id), receipt.number).guardian["consents"] is False


def test_that_she_reads_and_does_not_hear_is_told_to_the_unit(desk):
    receipt = enter(desk, told(text_only=True))
    assert queries.open_case(people_of(desk.id), receipt.number).text_only
    plain = enter(desk, told("two"))
    assert not queries.open_case(people_of(desk.id), plain.number).text_only


def test_a_case_of_hers_is_tied_to_her_account_and_one_of_safety_to_nobodys(send, guarded_matter):
    account = people_of(send(key="x").unit.id).who
    assert row(send(key="a", asker=account)).asker_id == account
    assert row(send(key="b", asker=account, matter=guarded_matter)).asker_id is None
    assert row(send(key="c", asker=account, words="他昨晚又打我")).asker_id is None


def test_whoever_writes_it_down_is_never_taken_for_her(desk):
    writer = people_of(desk.id)
    receipt = enter(desk, told(asker=writer.who))
    assert row(receipt).asker_id is None


def test_the_plain_way_of_the_web_asks_the_database_nothing_more(send, monkeypatch):
    """What a submission brings besides (account, guardian, way of contact) costs no further statement."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for patience in ("catalogue.queries.FRESH_SECONDS", "cases.queries.load.FRESH_SECONDS",
                     "network.queries.picture.PATIENCE"):  # what was read before the first is fresh for both
        monkeypatch.setattr(f"baiying.{patience}", 3_600.0)
    send(key="before")
    with CaptureQueriesContext(connection) as plain:
        send(key="plain")
    with CaptureQueriesContext(connection) as full:
        send(key="full", text_only=True, guardian=Guardian("安小满", "母亲"), phone="138 0000 0000")
    assert len(full) == len(plain)


def test_zero_characters_in_a_guardians_name_are_no_error(desk):
    receipt = enter(desk, told(guardian=Guardian("安\x00小满", "母\x00亲")))
    assert queries.open_case(people_of(desk.id), receipt.number).guardian["name"] == "安小满"


def test_nothing_is_sealed_that_was_not_told(desk):
    from baiying.cases.actions.submit import decide

    fields = protected(decide(replace(told(), entered_by=desk.id)))
    assert "guardian" not in fields and "text_only" not in fields
    assert json.loads(protected(decide(told(guardian=Guardian("安", "母亲"))))["guardian"])["name"] == "安"
    assert catalogue.default_matter()
