"""From her card to the ledger: one card each, a code for one counter, the first use wins, nobody is told who came."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from baiying.engine import card
from baiying.kit import door, moment, signing
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import queries as ledger
from baiying.members import actions as members
from baiying.members import queries as people
from baiying.members.actions import NoMember
from baiying.services.actions import counters, redeeming, showing, telling
from baiying.services.actions.redeeming import Noted
from baiying.services.queries import counters as reading
from tests.members.figures import other, street, telephone
from tests.services.little import use

pytestmark = pytest.mark.django_db
SWIM, RELIEF = "union.trial.swim", "union.trial.relief"
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # 12:00 in Shanghai


def keeper() -> Asker:
    return Asker(who=UUID(int=5), units=frozenset({street()}))


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    use(monkeypatch)
    with moment.frozen(NOON):
        yield


def somebody(turn: int = 1) -> UUID:
    row = members.NewMember(1, "安" + "零甲乙丙丁戊"[turn], street(), (), telephone(turn))
    found = members.enter_person(f"she{turn}", row, UUID(int=7))
    telling.tell(found, {"person.born": "1990-05-06"}, by=found)
    return found


def counter(key: str = "pool", per: str = "day", times: int = 1, service: str = SWIM):
    return counters.open_counter(keeper(), key, street(), service, f"泳池{key}", per, times)


def noted(code: str, at: datetime = NOON) -> list[Noted]:
    return [Noted(code, int(at.timestamp()))]


def holder(turn: int = 1) -> UUID:
    she = somebody(turn)
    members.ask_for_card(she)
    return she


def uses(she: UUID) -> int:
    return len(ledger.used(SWIM, ledger.whom(she)))


def test_a_card_is_asked_for_once_given_back_and_replaced_by_herself_alone():
    she = somebody()
    assert people.card(she) is None
    first = members.ask_for_card(she)
    assert members.ask_for_card(she).id == first.id
    second = members.replace_lost_card(she)
    assert second.id != first.id and people.card(she).id == second.id and bytes(second.who) == bytes(first.who)
    members.give_card_back(she)
    members.give_card_back(she)
    assert people.card(she) is None
    with door.errand("members"):
        assert set(people.cards_ended_on(moment.today())) == {first.id, second.id}


def test_who_is_no_member_gets_no_card_and_the_database_keeps_her_to_one():
    from django.db import IntegrityError, transaction

    she = somebody()
    held = members.ask_for_card(she)
    with door.errand("members"), pytest.raises(IntegrityError), transaction.atomic():
        type(held).objects.create(id=UUID(int=3), district=held.district, person_id=she, who=held.who, since=NOON)
    with moment.frozen(NOON + timedelta(days=2)):
        members.end_membership(she, street(), moment.today(), she)
        members.give_card_back(she)
        with pytest.raises(NoMember):
            members.ask_for_card(she)


def test_a_code_is_made_for_who_is_entitled_and_told_nobody_else():
    she, pool = holder(), counter()
    shown = showing.show(she, pool.ref)
    assert redeeming.check(pool, shown.code) == ("yes", True)
    assert redeeming.check(counter("other"), shown.code) == ("elsewhere", False)
    telling.tell(she, {"person.born": "2015-05-06"}, by=she)
    with pytest.raises(showing.NotHers):
        showing.show(she, pool.ref)
    members.give_card_back(she)
    with pytest.raises(showing.NoCard):
        showing.show(she, pool.ref)
    with pytest.raises(Unseen):
        showing.show(she, "ZZZZZ")


def test_a_code_ends_after_ten_minutes_or_with_its_day():
    she, pool = holder(), counter()
    assert showing.show(she, pool.ref).until == NOON + timedelta(minutes=10)
    assert showing.show(she, pool.ref, whole_day=True).until == datetime(2026, 11, 23, 16, tzinfo=UTC)
    with moment.frozen(datetime(2026, 11, 23, 15, 55, tzinfo=UTC)):
        assert showing.show(she, pool.ref).until == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_no_counter_is_opened_for_a_service_that_tells_who_is_poor_or_by_another_unit():
    with pytest.raises(Unseen):
        counter("relief", service=RELIEF)
    with pytest.raises(Unseen):
        counters.open_counter(keeper(), "k", other(), SWIM, "别处", "", 1)
    assert counter().id == counter().id
    with pytest.raises(Refusal, match=r"one limit|同一"):
        counter("wide", per="", times=1)


def test_the_first_use_wins_the_second_is_told_and_the_same_code_sent_twice_is_once():
    she, pool, other_pool = holder(), counter(), counter("two")
    here, there = showing.show(she, pool.ref).code, showing.show(she, other_pool.ref).code
    assert redeeming.settle(pool, noted(here)) == ["counted"]
    assert redeeming.settle(pool, noted(here)) == ["counted"] and uses(she) == 1
    assert redeeming.settle(other_pool, noted(there)) == ["twice"] and uses(she) == 1
    assert redeeming.check(pool, here) == ("shown", False)
    with pytest.raises(showing.UsedUp):
        showing.show(she, pool.ref)
    tomorrow = NOON + timedelta(days=1)
    with moment.frozen(tomorrow):
        assert redeeming.settle(pool, noted(showing.show(she, pool.ref).code, tomorrow)) == ["counted"]
    assert uses(she) == 2


def test_three_times_a_month_is_three_times_whoever_counts():
    she, pool = holder(), counter(per="month", times=3)
    codes = []
    for turn in range(4):
        with moment.frozen(NOON + timedelta(seconds=turn)):
            codes.append(showing.show(she, pool.ref).code)
    assert [redeeming.settle(pool, noted(code))[0] for code in codes] == ["counted"] * 3 + ["twice"]
    assert [one.left for one in reading.places(she)] == [0]


def test_without_a_limit_every_code_counts_once():
    she, pool = holder(), counter(per="")
    for turn in range(3):
        with moment.frozen(NOON + timedelta(seconds=turn)):
            code = showing.show(she, pool.ref).code
            assert redeeming.settle(pool, noted(code) + noted(code)) == ["counted", "counted"]
    assert uses(she) == 3 and [one.used for one in reading.places(she)] == [3]


def test_a_lost_card_stands_on_the_list_of_every_counter_and_its_replacement_does_not():
    she, pool = holder(), counter()
    old = showing.show(she, pool.ref, whole_day=True).code
    members.replace_lost_card(she)
    listed = card.read_list(reading.lost_list(pool), reading.public_keys())
    assert card.read(old).token.handle in listed.handles and len(listed.handles) == 16
    later = NOON + timedelta(minutes=5)
    with moment.frozen(later):
        assert redeeming.settle(pool, noted(old, later)) == ["lost"] and uses(she) == 0
        new = showing.show(she, pool.ref).code
        assert card.read(new).token.handle not in listed.handles
        assert redeeming.settle(pool, noted(new, later)) == ["counted"]


def test_what_was_used_before_the_card_was_lost_still_counts():
    she, pool = holder(), counter()
    code = showing.show(she, pool.ref).code
    with moment.frozen(NOON + timedelta(hours=1)):
        members.replace_lost_card(she)
    with moment.frozen(NOON + timedelta(days=3)):
        assert redeeming.settle(pool, noted(code)) == ["counted"]


def test_what_cannot_be_settled_has_its_word():
    she, pool = holder(), counter()
    code = showing.show(she, pool.ref).code
    changed = code[:80] + ("A" if code[80] != "A" else "B") + code[81:]
    assert redeeming.settle(pool, noted("hello") + noted(changed)) == ["not_a_code", "forged"]
    assert redeeming.settle(counter("two"), noted(code)) == ["elsewhere"]
    assert redeeming.settle(pool, noted(code, NOON + timedelta(hours=2))) == ["counted"]  # its clock is ahead of ours
    with moment.frozen(NOON + timedelta(days=40)):
        assert redeeming.settle(pool, noted(code)) == ["old"]
        assert redeeming.settle(pool, noted(code, NOON + timedelta(days=40))) == ["expired"]


def test_a_code_signed_with_a_stolen_key_for_an_invented_mark_is_worth_nothing():
    pool = counter()
    token = card.Token(pool.number, int(NOON.timestamp()), 10, b"m" * 16, b"h" * 8)
    forged = card.write(token, signing.signer("card").private)
    assert redeeming.settle(pool, noted(forged)) == ["forged"] and not redeeming.check(pool, forged)[1]


def test_no_line_and_no_count_says_where_she_was():
    she, pool = holder(), counter()
    code = showing.show(she, pool.ref).code
    redeeming.settle(pool, noted(code))
    token = card.read(code).token
    secrets = [str(she), she.hex, str(pool.id), pool.id.hex, pool.ref, token.mark.hex(), token.handle.hex(),
               bytes(people.card(she).who).hex()]  # fmt: skip
    with door.errand("ledger"), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM ledger_line l WHERE kind = 'redeem'")
        (line,) = (row[0] for row in cursor.fetchall())
    assert not [one for one in secrets if one in line] and SWIM in line
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM services_tally t")
        (tally,) = (row[0] for row in cursor.fetchall())
    assert str(she) not in tally and '"times":1' in tally.replace(" ", "")


def test_a_use_reaches_no_unit_with_her_name_neither_as_served_nor_as_a_job_nor_line_by_line():
    from baiying.services import access

    she, pool = holder(), counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        before = cursor.fetchone()
        assert redeeming.settle(pool, noted(showing.show(she, pool.ref).code)) == ["counted"]
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == before
    with door.errand("members"):
        assert not access.served([she]).exists()
    assert [one for one in ledger.lines(keeper()) if one.kind == "redeem"] == []


def test_staff_see_counts_of_full_months_that_point_at_nobody():
    pool = counter(per="")
    for turn in range(1, 6):
        she = holder(turn)
        redeeming.settle(pool, noted(showing.show(she, pool.ref).code))
    assert [one.months for one in reading.kept(keeper())] == [()]
    with moment.frozen(NOON + timedelta(days=20)):
        first = date(2026, 11, 1)
        (row,) = reading.kept(keeper())
        assert row.months == ((first, 5 if reading.cells.LEAST <= 5 else None),)
        assert reading.kept(Asker(who=UUID(int=6), units=frozenset({other()}))) == []


def test_a_device_is_set_up_once_by_a_code_and_a_new_one_takes_its_place():
    pool = counter()
    with pytest.raises(Unseen):
        counters.new_code(Asker(who=UUID(int=6), units=frozenset({other()})), pool.ref)
    code = counters.new_code(keeper(), pool.ref)
    found, key = counters.set_up(f" {code[:4]}-{code[4:].lower()} ", "a")
    assert found.id == pool.id and reading.device_of(key).id == pool.id
    with pytest.raises(counters.WrongCode):
        counters.set_up(code, "a")
    _, newer = counters.set_up(counters.new_code(keeper(), pool.ref), "a")
    assert reading.device_of(key) is None and reading.device_of(newer) is not None and reading.device_of("") is None
    late = counters.new_code(keeper(), pool.ref)
    with moment.frozen(NOON + timedelta(days=8)), pytest.raises(counters.WrongCode):
        counters.set_up(late, "a")
    counters.close_counter(keeper(), pool.ref)
    assert reading.device_of(newer) is None
    for _ in range(12):
        with pytest.raises(Refusal) as told:
            counters.set_up("AAAAAAAA", "b")
    assert told.value.status == 429
