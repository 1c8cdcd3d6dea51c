"""Keys that sign for a while: known before they sign, believed for a while after, dropped at once when they leak."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from baiying.kit import moment, signing
from baiying.kit.errors import Refusal

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(ring):
    with moment.frozen(NOON):
        yield


def later(days: int):
    return moment.frozen(NOON + timedelta(days=days))


def test_the_first_key_is_made_when_it_is_needed_and_stays_the_same(ring):
    first = signing.signer("card")
    assert signing.signer("card") == first and signing.publics("card") == (first.public,)
    assert signing.signer("other").public != first.public
    (path,) = ring.folder.glob("card-*")
    assert path.stat().st_mode & 0o077 == 0


def test_the_next_key_is_known_a_week_before_it_signs_and_the_old_one_is_believed_afterwards():
    first = signing.signer("card")
    following = signing.add("card")
    assert signing.signer("card") == first
    assert signing.publics("card") == (first.public, following.public)
    with later(6):
        assert signing.signer("card") == first
    with later(7):
        assert signing.signer("card") == following
    with later(7 + 45):
        assert signing.publics("card") == (first.public, following.public)
    with later(7 + 46):
        assert signing.publics("card") == (following.public,)


def test_a_key_that_leaked_is_replaced_and_dropped_at_once():
    first = signing.signer("card")
    fresh = signing.add("card", moment.today())
    assert signing.signer("card") == fresh
    signing.drop("card", first.id)
    assert signing.publics("card") == (fresh.public,) and signing.held("card") == (fresh,)
    with pytest.raises(Refusal):
        signing.drop("card", first.id)


def test_dropping_the_only_key_makes_a_new_one_on_the_next_use():
    first = signing.signer("card")
    signing.drop("card", first.id)
    assert signing.signer("card").public != first.public


def test_the_ring_opens_with_signing_keys_beside_it_and_a_foreign_file_is_none(ring):
    from baiying.kit import keys

    signing.signer("card")
    (ring.folder / "card-note").write_text("x")
    assert keys.reload().fingerprint == ring.fingerprint and len(signing.held("card")) == 1
