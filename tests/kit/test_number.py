"""Numbers and codes: derived, readable, and no slip goes unseen."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.kit import number
from baiying.kit.chance import LETTERS
from baiying.kit.errors import Refusal

bodies = st.text(alphabet=LETTERS, min_size=9, max_size=9)
pytestmark = pytest.mark.usefixtures("ring")


def test_every_single_wrong_letter_is_caught():
    # The check is linear, so a slip is caught for one number exactly when it is for all: the change it makes
    # in the weighted sum does not depend on the other letters. All places and all pairs of letters are tried.
    whole = "234567892" + number.check_letter("234567892")
    for place in range(number.LENGTH):
        for right in LETTERS:
            base = whole[:place] + right + whole[place + 1:]
            caught = [number.is_whole(base[:place] + wrong + base[place + 1:]) for wrong in LETTERS]
            assert caught.count(True) == 1


def test_every_swap_of_two_different_letters_near_or_far_is_caught():
    for one, other in combinations(range(number.LENGTH), 2):
        for first, second in combinations(LETTERS, 2):
            letters = ["2"] * number.LENGTH
            letters[one], letters[other] = first, second
            right = number_sum(letters)
            letters[one], letters[other] = second, first
            assert number_sum(letters) != right


def number_sum(letters: list[str]) -> int:
    """The weighted sum by its definition, written again for the test."""
    return sum((place + 1) * LETTERS.index(letter) for place, letter in enumerate(letters)) % 31


@settings(max_examples=100, deadline=None)
@given(bodies)
def test_a_number_is_read_however_it_was_typed(body):
    whole = body + number.check_letter(body)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in whole)
    typings = (whole, whole.lower(), number.shown(whole), " ".join(whole), wide, f" {number.shown(whole).lower()}\n",
               whole[:4] + "－" + whole[4:] + "\u200b", whole[:5] + "—" + whole[5:])
    assert {number.read(typed) for typed in typings} == {whole}


@settings(max_examples=100, deadline=None)
@given(bodies, st.integers(0, 9), st.integers(0, 9))
def test_a_slip_in_any_number_is_refused(body, one, other):
    whole = body + number.check_letter(body)
    swapped = list(whole)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    if "".join(swapped) != whole:
        with pytest.raises(Refusal):
            number.read("".join(swapped))


@pytest.mark.parametrize(("typed", "words"), [
    ("7K3M9QXRT0", "“0”"), ("7K3M9QXRTl", "“L”"), ("7K3M", "10"), ("", "10"), ("7K3M9QXRTBB", "11"), ("号码", "“号”"),
])
def test_what_is_no_number_gets_a_sentence_that_says_why(typed, words):
    with pytest.raises(Refusal) as refused:
        number.read(typed)
    assert words in refused.value.sentence


def test_the_same_key_gives_the_same_number_and_code_and_another_attempt_another():
    assert number.number_for("key") == number.number_for("key")
    assert number.number_for("key") != number.number_for("key", 1)
    assert number.code_for("key") == number.code_for("key")
    assert number.read(number.number_for("key")) == number.number_for("key")
    assert number.read_code(number.code_shown(number.code_for("key")).lower()) == number.code_for("key")
    assert number.number_for("key")[:8] != number.code_for("key")


def test_only_number_and_code_together_yield_the_door(other_ring):
    here = number.entry("7K3M9QXRTB", "4HX8PW2N")
    assert len(here) == 32
    assert here != number.entry("7K3M9QXRTB", "4HX8PW2M")
    assert here != number.entry("7K3M9QXRTC", "4HX8PW2N")
    other_ring()
    assert here != number.entry("7K3M9QXRTB", "4HX8PW2N")


def test_a_query_code_of_the_wrong_length_is_refused():
    with pytest.raises(Refusal):
        number.read_code("4HX8PW2")
