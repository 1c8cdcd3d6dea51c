"""Sealed fields: they open where they belong, and nowhere else, and not after the key is gone."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.kit import keys, sealing
from baiying.kit.errors import Refusal

CASE, OTHER, ROW = UUID(int=1), UUID(int=2), UUID(int=3)
pytestmark = pytest.mark.usefixtures("ring")
relaxed = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(st.text(max_size=300), st.text(max_size=20), st.uuids(), st.none() | st.uuids())
def test_what_is_sealed_opens_again(text, field, case, row):
    wrapped = sealing.new_key(case)
    assert sealing.unseal(wrapped, case, field, sealing.seal(wrapped, case, field, text, row), row) == text


@relaxed
@given(st.data())
def test_any_flipped_bit_is_refused(data):
    wrapped = sealing.new_key(CASE)
    blob = bytearray(sealing.seal(wrapped, CASE, "words", "他打我"))
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[bit // 8] ^= 1 << bit % 8
    with pytest.raises(sealing.Altered):
        sealing.unseal(wrapped, CASE, "words", bytes(blob))


@relaxed
@given(st.data())
def test_a_flipped_bit_in_a_wrapped_key_is_refused(data):
    good = sealing.new_key(CASE)
    blob = sealing.seal(good, CASE, "words", "x")
    wrapped = bytearray(good)
    bit = data.draw(st.integers(0, len(wrapped) * 8 - 1))
    wrapped[bit // 8] ^= 1 << bit % 8
    with pytest.raises((sealing.Altered, keys.KeysMissing)):
        sealing.unseal(bytes(wrapped), CASE, "words", blob)


def test_a_sealed_field_opens_in_its_own_field_case_and_row_only():
    wrapped, elsewhere = sealing.new_key(CASE), sealing.new_key(OTHER)
    blob = sealing.seal(wrapped, CASE, "words", "text", ROW)
    for key, case, field, row in [
        (wrapped, CASE, "name", ROW), (wrapped, CASE, "words", None), (wrapped, CASE, "words", OTHER),
        (wrapped, OTHER, "words", ROW), (elsewhere, OTHER, "words", ROW), (elsewhere, CASE, "words", ROW),
    ]:
        with pytest.raises(sealing.Altered):
            sealing.unseal(key, case, field, blob, row)


def test_a_wrapped_key_that_was_moved_to_another_case_neither_opens_nor_seals_there():
    with pytest.raises(sealing.Altered):
        sealing.seal(sealing.new_key(CASE), OTHER, "words", "text")
    old = sealing.new_key(CASE)
    keys.add_master()
    with pytest.raises(sealing.Altered):
        sealing.rewrap(old, OTHER)


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01" * 28, b"\x02" + b"\x00" * 40])
def test_what_never_was_a_sealed_field_is_refused(blob):
    with pytest.raises(sealing.Altered):
        sealing.unseal(sealing.new_key(CASE), CASE, "words", blob)
    with pytest.raises((sealing.Altered, keys.KeysMissing)):
        sealing.unseal(blob, CASE, "words", blob)


def test_the_same_words_never_look_the_same_and_do_not_show():
    wrapped = sealing.new_key(CASE)
    one, two = (sealing.seal(wrapped, CASE, "words", "同一句话") for _ in range(2))
    assert one != two
    assert "同一句话".encode() not in one
    assert sealing.new_key(CASE) != sealing.new_key(CASE)


def test_after_its_key_is_destroyed_a_case_is_forgotten():
    blob = sealing.seal(sealing.new_key(CASE), CASE, "words", "text")
    with pytest.raises(sealing.Forgotten) as told:
        sealing.unseal(None, CASE, "words", blob)
    assert told.value.status == 410
    with pytest.raises(sealing.Altered):  # a new key for the same case opens nothing old
        sealing.unseal(sealing.new_key(CASE), CASE, "words", blob)


def test_a_key_wrapped_anew_opens_the_same_fields_under_the_new_master_key():
    old = sealing.new_key(CASE)
    blob = sealing.seal(old, CASE, "words", "text")
    assert sealing.rewrap(old, CASE) == old
    first = keys.keyring().current
    keys.add_master()
    new = sealing.rewrap(old, CASE)
    assert new != old
    assert sealing.unseal(new, CASE, "words", blob) == sealing.unseal(old, CASE, "words", blob) == "text"
    keys.drop_master(first)
    assert sealing.unseal(new, CASE, "words", blob) == "text"
    with pytest.raises(keys.KeysMissing) as missing:
        sealing.unseal(old, CASE, "words", blob)
    assert first.hex() in missing.value.sentence


@pytest.mark.parametrize("typed", [
    "13800135678", "138 0013 5678", "138-0013-5678", "+8613800135678", "+86 138 0013 5678", "008613800135678",
    "8613800135678", "１３８００１３５６７８", "\u202d13800135678\u202c",
])
def test_one_mobile_has_one_form_one_index_one_mask(typed):
    assert sealing.phone(typed) == "13800135678"
    assert sealing.blind_index("phone", typed) == sealing.blind_index("phone", "13800135678")
    assert sealing.mask_phone(typed).endswith("****5678")


@pytest.mark.parametrize(("typed", "normal"), [
    ("010-8888 6666", "01088886666"), ("(010)88886666", "01088886666"), ("+86-10-88886666", "01088886666"),
    ("0571 8888666", "05718888666"), ("+852 2345 6789", "+85223456789"),
])
def test_fixed_and_foreign_telephones_are_read(typed, normal):
    assert sealing.phone(typed) == normal


@pytest.mark.parametrize("typed", ["", "12345", "1380013567", "138001356789", "请来电", "12800135678", "1.38E+10"])
def test_what_cannot_be_called_gets_a_sentence(typed):
    with pytest.raises(Refusal) as refused:
        sealing.phone(typed)
    assert typed == "" or typed not in refused.value.sentence


def made_identity(day: str = "19900307", area: str = "110107") -> str:
    """An invented identity number whose check character fits, computed by ISO 7064 MOD 11-2 step by step."""
    body = area + day + "123"
    product = 0
    for digit in body:
        product = (product + int(digit)) * 2 % 11
    check = (12 - product) % 11
    return body + ("X" if check == 10 else str(check))


def test_identity_numbers_are_checked_character_by_character():
    right = made_identity()
    assert sealing.identity(f" {right[:6]} {right[6:14]}-{right[14:].lower()} ") == right
    for place in range(18):
        for wrong in "0123456789X":
            slip = right[:place] + wrong + right[place + 1:]
            if slip != right:
                with pytest.raises(Refusal):
                    sealing.identity(slip)


@relaxed
@given(st.dates(), st.integers(110000, 659999))
def test_the_check_character_agrees_with_the_standards_own_procedure(day, area):
    right = made_identity(day.strftime("%Y%m%d").rjust(8, "0"), str(area))
    assert sealing.identity(right) == right


@pytest.mark.parametrize("typed", ["1.10107E+17", "110107199003071", "", "110107199013071230", "110107000000000000"])
def test_a_number_that_a_spreadsheet_ruined_is_not_guessed(typed):
    with pytest.raises(Refusal):
        sealing.identity(typed)


def test_masks_show_what_they_may_and_no_more():
    assert sealing.mask_phone("13800135678") == "138****5678"
    assert sealing.mask_identity("11010719900307123X") == "110***********123X"
    assert sealing.mask_identity("11010719900307123x") == "110***********123X"
    assert sealing.mask_identity("110107") == "*" * 18
    assert sealing.mask_phone("12338") == "****38"
    assert sealing.mask_phone("110") == "****"


def test_blind_indexes_of_two_kinds_and_two_installations_do_not_match(other_ring):
    one = sealing.blind_index("phone", "13800135678")
    assert len(one) == 32
    assert one != sealing.blind_index("card", "13800135678")
    other_ring()
    assert one != sealing.blind_index("phone", "13800135678")
