"""A need comes in: stored, numbered, with a unit and its clocks; and twice is once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from baiying.cases import actions, queries
from baiying.cases.actions import Submission
from baiying.cases.models import Case, Clock, Sealed
from baiying.kit import door, number
from baiying.kit.errors import Refusal
from tests.cases.conftest import COMMUNITY, entry, people_of


def rows(model, **where):
    """Count rows as the errand that may see cases; sealed rows only of the case looked at."""
    with door.errand("clocks"):
        if "case_id" in where:
            door.look_at(where["case_id"])
        return model.objects.filter(**where).count()


def test_a_need_gets_a_number_a_code_a_unit_and_clocks(send):
    receipt = send()
    assert number.read(receipt.number) == receipt.number
    assert len(receipt.code) == number.CODE_LENGTH
    assert receipt.unit.name
    assert receipt.clocks and all(clock.due_at for clock in receipt.clocks)
    assert not receipt.known


def test_the_same_submission_sent_twice_is_one_case_with_the_same_number_and_code(send):
    first, second = send(), send()
    assert (second.number, second.code, second.case_id) == (first.number, first.code, first.case_id)
    assert second.known
    assert rows(Case) == 1
    assert rows(Clock, case_id=first.case_id) == len(first.clocks)


def test_another_key_is_another_case(send):
    assert send(key="one").number != send(key="two").number


def test_the_same_key_on_another_channel_is_another_case(send):
    assert send(channel="web").number != send(channel="replay").number


def test_a_number_that_is_taken_gives_way_to_the_next(send, monkeypatch):
    taken = send(key="one").number
    real = number.number_for
    monkeypatch.setattr(number, "number_for", lambda key, attempt=0: taken if attempt == 0 else real(key, attempt))
    other = send(key="two")
    assert other.number != taken
    assert send(key="two").number == other.number


def test_two_writers_with_one_key_make_one_case(committed_db):
    gate = threading.Barrier(2)
    found = []

    def writer() -> None:
        try:
            gate.wait(10)
            found.append(actions.submit(Submission(key="same", words="同一句话", area=COMMUNITY)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len({(one.number, one.code) for one in found}) == 1
    assert sorted(one.known for one in found) == [False, True]
    assert rows(Case) == 1


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_a_need_without_words_is_refused_with_a_sentence(send, words):
    with pytest.raises(Refusal):
        send(words=words)


def test_a_text_that_is_too_long_is_refused_and_the_sentence_says_how_long_it_may_be(send):
    with pytest.raises(Refusal) as refused:
        send(words="字" * 20_001)
    assert "20001" in refused.value.sentence and "20000" in refused.value.sentence


def test_an_unknown_area_and_an_unknown_matter_are_refused(send):
    with pytest.raises(Refusal):
        send(area="999999999999")
    with pytest.raises(Refusal):
        send(matter="no.such.matter")


def test_without_an_area_the_district_desk_takes_it(send):
    assert send(area=None).unit.level == "district"


def test_words_of_danger_are_sealed_and_told(send):
    receipt = send(words="他打我, 我不敢回家")
    assert receipt.danger
    with door.open(door.Asker(door=entry(receipt))):
        assert Case.objects.get().words == ""
    assert queries.story(entry(receipt)).words == "他打我, 我不敢回家"


def test_everything_told_in_a_guarded_matter_is_sealed(send, guarded_matter):
    receipt = send(words="独一无二的一句话", matter=guarded_matter, phone="13800000000", name="金安宁")
    with connection.cursor() as cursor, door.errand("backup"):
        cursor.execute("SELECT count(*) FROM cases_case")
        assert cursor.fetchone()[0] == 0, "the errand of the owner must give the web role nothing"
    with door.open(door.Asker(door=entry(receipt))):
        case = Case.objects.get()
        door.look_at(case.id)
        blobs = [bytes(row.blob) for row in Sealed.objects.all()]
        assert case.words == "" and {row.field for row in Sealed.objects.all()} >= {"words", "phone", "name"}
    for secret in ("独一无二的一句话", "13800000000", "金安宁"):
        assert not any(secret.encode() in blob for blob in blobs)


def test_a_telephone_number_is_sealed_even_in_an_ordinary_case(send):
    receipt = send(phone="13800000000")
    with door.open(door.Asker(door=entry(receipt))):
        case = Case.objects.get()
        assert bytes(case.phone_index or b"") and b"138" not in bytes(case.phone_index)


def test_nothing_said_no_rows(send):
    receipt = send()
    for model in (Case, Sealed, Clock):
        assert model.objects.count() == 0
    with door.open(people_of(receipt.unit.id)):
        assert Case.objects.count() == 1
        assert Clock.objects.count() == 0, "what hangs on a case is seen only once the case is opened"


def test_a_number_alone_opens_nothing(send):
    receipt = send()
    assert queries.entry_for(receipt.number, receipt.code) == entry(receipt)
    assert queries.entry_for(receipt.number, "2" * 8) is None
    assert queries.entry_for(receipt.number, "") is None
    assert queries.entry_for("", receipt.code) is None
