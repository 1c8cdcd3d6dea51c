"""Chinese search: two characters find a case of one's own unit within seconds, and never anything protected."""

from __future__ import annotations

import pytest
from django.db import connection

from baiying.cases import actions
from baiying.cases.actions.searching import read_unread
from baiying.cases.actions.step import guard
from baiying.cases.models import Case, Found, Unread
from baiying.cases.queries.search import search
from baiying.kit import door
from tests.cases.answering import lead_of, row
from tests.cases.conftest import entry

WORDS = "我在八角南里的快递站上班，站长扣了三个月的押金不退。"
DANGER = "他昨天又打我，我不敢回家。"


def numbers(asker, typed):
    return [hit.row.case.number for hit in search(asker, [], typed).hits]


def known(case_id) -> bool:
    with door.errand("search"):
        return Found.objects.filter(case_id=case_id).exists() or Unread.objects.filter(case_id=case_id).exists()


@pytest.mark.parametrize("typed", ["押金", "快递站", "八角南里", "押 金 不退".replace(" ", ""), "三个月 站长"])
def test_two_characters_upwards_find_a_case_of_the_own_unit(send, typed):
    receipt, _other = send(WORDS), send("孩子今年上小学, 不知道材料怎么交。", key="two")
    assert numbers(lead_of(receipt), typed) == []  # not yet: the job has still to read it
    read_unread()
    assert numbers(lead_of(receipt), typed) == [receipt.number]


def test_what_stands_there_is_marked_and_all_words_must_occur(send):
    receipt = send(WORDS)
    read_unread()
    hit = search(lead_of(receipt), [], "押金").hits[0]
    assert ("押金", True) in hit.passage and hit.by == "words"
    assert numbers(lead_of(receipt), "押金 上小学") == []
    assert numbers(lead_of(receipt), "金押") == []  # both pairs of 押金 are needed in their order


def test_one_character_finds_nothing_and_is_said_to_be_too_little(send):
    asker = lead_of(send(WORDS))
    read_unread()
    assert search(asker, [], "押").too_short
    assert not search(asker, [], " ").too_short


def test_a_number_finds_its_case_and_a_name_of_a_kind_those_of_that_kind(send):
    receipt = send(WORDS)
    read_unread()
    asker = lead_of(receipt)
    assert numbers(asker, receipt.number) == [receipt.number]
    name = receipt.matter.name[:4]
    assert [hit.by for hit in search(asker, [], name).hits] == ["kind"]


def test_nobody_else_finds_it(send):
    receipt = send(WORDS)
    read_unread()
    from baiying.network import queries as network

    there = next(inside.code for street in network.areas() for inside in street.inside
                 if not inside.code.startswith("110107003"))
    elsewhere = lead_of(send("有事", area=there, key="two"))
    assert elsewhere.units != lead_of(receipt).units
    assert numbers(elsewhere, "押金") == numbers(elsewhere, receipt.number) == []
    with door.open(elsewhere), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_found")
        assert cursor.fetchone() == (0,)


def test_a_guarded_case_is_never_known_to_the_search(send, guarded_matter):
    danger, safe = send(DANGER), send(WORDS, key="two", matter=guarded_matter)
    read_unread()
    assert not known(danger.case_id) and not known(safe.case_id)
    assert numbers(lead_of(danger), "打我") == numbers(lead_of(safe), "押金") == []


@pytest.mark.parametrize("read_before", [True, False])
def test_what_becomes_guarded_later_is_gone_from_the_search_at_once(send, read_before):
    receipt = send(WORDS)
    if read_before:
        read_unread()
    assert known(receipt.case_id)
    with door.open(door.Asker(case=receipt.case_id)):
        case = row(receipt)
        guard(case)
        case.save()
    assert not known(receipt.case_id)
    read_unread()
    assert not known(receipt.case_id)


def test_what_is_erased_is_gone_from_the_search_with_the_words(send):
    from datetime import timedelta

    from baiying.cases.actions import retention
    from baiying.kit import moment

    receipt = send(WORDS)
    read_unread()
    with door.open(door.Asker(case=receipt.case_id)):
        Case.objects.filter(id=receipt.case_id).update(kept_until=moment.today() - timedelta(days=1))
    assert retention.forget(receipt.case_id) == 1
    assert not known(receipt.case_id)


def test_a_case_that_another_unit_leads_by_now_is_found_there(send):
    receipt = send(WORDS)
    before = lead_of(receipt)
    read_unread()
    from tests.cases.answering import answer

    answer(receipt)
    actions.judge(entry(receipt), "not_solved", None, "", "word")
    assert lead_of(receipt).units != before.units
    assert numbers(before, "押金") == []
    read_unread()
    assert numbers(lead_of(receipt), "押金") == [receipt.number]


def scans(cursor) -> tuple[int, int]:
    cursor.execute("SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'cases_found'")
    return cursor.fetchone()


def test_the_index_serves_the_search_although_the_tables_stand_under_row_security(send):
    receipt = send(WORDS)
    read_unread()
    with door.open(lead_of(receipt)), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        seq, idx = scans(cursor)
        cursor.execute("SELECT cases_candidates(%s, 10)", [["押金"]])
        assert len(cursor.fetchall()) == 1
        assert scans(cursor) == (seq, idx + 1)
        # What it is good for: under the policy itself the index cannot be asked for pairs of characters.
        cursor.execute("EXPLAIN SELECT case_id FROM cases_found WHERE grams @> %s", [["押金"]])
        assert "found_grams" not in str(cursor.fetchall())


def test_the_function_gives_nothing_to_whom_the_door_told_no_units(send):
    receipt = send(WORDS)
    read_unread()
    for asker in (door.Asker(door=entry(receipt)), door.Asker(who=lead_of(receipt).who)):
        with door.open(asker), connection.cursor() as cursor:
            cursor.execute("SELECT cases_candidates(%s, 10)", [["押金"]])
            assert cursor.fetchall() == []
