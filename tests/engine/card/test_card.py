"""A code holds for one counter and a short time, says nothing of a person, and any change of it is seen."""

from __future__ import annotations

import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from baiying.engine import card
from baiying.engine.card import Token, Verdict
from baiying.engine.card.token import LETTERS, public_bytes

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEYS = {card.key_id(public_bytes(KEY)): public_bytes(KEY)}
SECRET = b"s" * 32
MADE = 1_795_000_000
WHO = st.binary(min_size=card.WHO_BYTES, max_size=card.WHO_BYTES)
NUMBER = st.integers(0, 2**32 - 1)
TOKENS = st.builds(
    Token, NUMBER, st.integers(0, 2**31), st.integers(1, 24 * 60), st.binary(min_size=16, max_size=16),
    st.binary(min_size=8, max_size=8),
)  # fmt: skip


def token(counter: int = 7, who: bytes = b"a" * 8, made: int = MADE, lasts: int = 10) -> Token:
    day = made // 86_400
    mark, handle = card.seal_mark(SECRET, who, counter, day), card.handle(SECRET, who, counter, day)
    return Token(counter, made, lasts, mark, handle)


def said(text: str, **more) -> Verdict:
    return card.verify(text, **{"counter": 7, "keys": KEYS, "now": MADE + 60, **more})[0]


@given(TOKENS)
def test_what_is_written_is_read_again_however_it_was_typed(told):
    text = card.write(told, KEY)
    assert len(text) == LETTERS == 165 and text.isalnum() and text == text.upper()
    typed = " ".join(text[start : start + 5] for start in range(0, len(text), 5)).lower()
    wide = "".join(chr(ord(one) + 0xFEE0) for one in text) + "\n"
    for way in (text, typed, wide):
        found = card.read(way)
        assert found.token == told and found.serial == card.read(text).serial
        verdict, _ = card.verify(way, counter=told.counter, keys=KEYS, now=told.made)
        assert verdict is Verdict.YES


@given(TOKENS, st.integers(0, 38), st.integers(1, 255))
def test_no_byte_of_a_code_can_be_changed(told, place, flip):
    import base64

    raw = bytearray(base64.b32decode(card.write(told, KEY) + "==="))
    raw[place] ^= flip
    changed = base64.b32encode(bytes(raw)).decode().rstrip("=")
    verdict, _ = card.verify(changed, counter=told.counter, keys=KEYS, now=told.made)
    assert verdict in (Verdict.FORGED, Verdict.UNKNOWN_KEY, Verdict.NOT_A_CODE)
    if 5 <= place:
        assert verdict is Verdict.FORGED


@given(st.text(max_size=400))
def test_any_text_is_answered(text):
    assert card.verify(text, counter=7, keys=KEYS, now=MADE)[0] in (
        Verdict.NOT_A_CODE, Verdict.FORGED, Verdict.UNKNOWN_KEY)  # fmt: skip


def test_each_reason_has_its_own_word():
    told = token()
    text = card.write(told, KEY)
    assert said(text) is Verdict.YES
    assert said(text[:-1]) is Verdict.NOT_A_CODE
    assert said(card.write(told, OTHER)) is Verdict.UNKNOWN_KEY
    assert said(text, counter=8) is Verdict.ELSEWHERE
    assert said(text, now=MADE - card.SKEW - 1) is Verdict.EARLY
    assert said(text, now=MADE - card.SKEW) is Verdict.YES
    assert said(text, now=MADE + 600 + card.SKEW) is Verdict.YES
    assert said(text, now=MADE + 600 + card.SKEW + 1) is Verdict.EXPIRED
    assert said(text, lost={told.handle}) is Verdict.LOST
    assert said(text, shown={card.read(text).serial}) is Verdict.SHOWN
    assert said(card.write(token(made=MADE + 30), KEY), used={told.mark}) is Verdict.USED


def test_a_signature_of_something_else_is_none_of_a_code():
    told = card.read(card.write(token(), KEY))
    import base64

    bare = base64.b32encode(told.body + KEY.sign(told.body)).decode().rstrip("=")
    assert said(bare) is Verdict.FORGED


@given(WHO, WHO, NUMBER, NUMBER, st.integers(0, 60_000), st.integers(0, 60_000))
def test_a_mark_is_the_same_for_one_person_one_counter_one_day_and_for_nothing_else(a, b, counter, other, day, then):
    here = card.seal_mark(SECRET, a, counter, day)
    there = card.seal_mark(SECRET, b, other, then)
    assert (here == there) == ((a, counter, day) == (b, other, then))
    assert card.open_mark(SECRET, here) == (a, counter, day)
    assert card.open_mark(b"t" * 32, here) != (a, counter, day)


def test_two_counters_and_two_days_share_no_piece_of_a_code_but_its_key_and_time():
    one, two, later = token(7), token(8), token(7, made=MADE + 86_400)
    for left, right in ((one, two), (one, later)):
        assert left.mark != right.mark and left.handle != right.handle
        assert not {left.mark[at : at + 4] for at in range(0, 16, 4)} & {
            right.mark[at : at + 4] for at in range(0, 16, 4)
        }


def test_a_new_card_keeps_the_mark_of_the_person_and_not_the_handle_of_the_lost_one():
    day = MADE // 86_400
    assert card.handle(SECRET, b"old card", 7, day) != card.handle(SECRET, b"new card", 7, day)
    assert card.handle(SECRET, b"old card", 7, day) == hmac.digest(
        SECRET, b"old card" + (7).to_bytes(4, "big") + day.to_bytes(4, "big"), "sha256")[:8]  # fmt: skip


@given(st.sets(st.binary(min_size=8, max_size=8), max_size=40), NUMBER, st.integers(0, 100), st.integers(0, 255))
def test_a_list_is_read_as_it_was_written_and_no_other(handles, counter, place, flip):
    import base64

    text = card.write_list(counter, MADE, MADE // 86_400, handles, KEY)
    read = card.read_list(text, KEYS)
    assert read == card.Revoked(counter, MADE, MADE // 86_400, frozenset(handles))
    raw = bytearray(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    raw[place % len(raw)] ^= flip
    changed = base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    if flip:
        with pytest.raises(card.Malformed):
            card.read_list(changed, KEYS)


@pytest.mark.parametrize("text", ["", "x", "=", "é", "A" * 200])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(card.Malformed):
        card.read_list(text, KEYS)
