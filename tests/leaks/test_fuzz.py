"""Whatever is sent to any form: never a fault of the program, never a word of hers lost."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

import hypothesis.strategies as st
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings

from baiying.kit import moment
from baiying.project.leaks import people, stillness, walking
from baiying.project.leaks.people import BY_KEY
from baiying.project.leaks.running import POWER
from baiying.project.leaks.seed import Seed, prepare
from baiying.project.leaks.values import values
from baiying.project.leaks.walk import Ask, Walk, steps
from baiying.project.leaks.walks import WALKS
from baiying.web.guard import PUBLIC, WAYS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("leaks")]
# One who has it in hand for each power, in the order in which they are tried.
WHO = ("neighbour", "desk_union", "lead", "lead_head", "desk_women", "outsider", "partner_busy", "administrator",
       "treasurer", "call_back", "other_asker", "other_member", "nobody")
CASES = ("plain", "second", "third", "answered", "guarded", "women")
KEPT = "一个字也不能丢"
URLENCODED = "application/x-www-form-urlencoded"
NASTY = (
    "\x00", "a\x00b", "\u202e反着写", "👩\u200d👧\u200d👦🏳\ufe0f\u200d🌈", "\ud800", "\udfff半个", "\ufeff", "\u200b",
    "e\u0301" * 300, "𠮷田", " \t\r\n ", "長" * 20_000, "9" * 5_000, "-1", "１２３", "²", "٣", "NaN", "1e999",
    "0000-00-00", "9999-12-31", "2026-02-30", "[]", "{}", "null", "%s%n%(x)s", "{{ 7|add:7 }}", "{0.__class__}",
    "<script>1</script>",
    "' OR 1=1 --", "../../etc/passwd", "\\", "\r\nSet-Cookie: a=b", "00000000-0000-0000-0000-000000000000",
)
VALUES = st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=60), st.binary(max_size=60))


@dataclass(frozen=True)
class Form:
    """A form as somebody who may send it finds it."""

    route: str
    walker: str
    ask: Ask


@dataclass
class House:
    """The prepared world, and every form of it with who sends it."""

    seed: Seed
    browsers: dict[str, Client]
    forms: list[Form]


def build() -> House:
    """Make the prepared world; for each form find somebody whom it lets in."""
    walking.quiet_sign_in()
    seed = prepare()
    entries = {key: case.entry.hex() for key, case in seed.cases.items()} | {"outsider": seed.way.hex()}
    browsers = {key: people.come(BY_KEY[key], entries, seed.logins) for key in WHO}
    may = {key: people.powers(BY_KEY[key], seed.logins) for key in WHO}
    house = House(seed, browsers, [])
    for route, asks in forms_of(seed).items():
        power = POWER.get(route, PUBLIC)
        those = [key for key in WHO if power in may[key]]
        alone = Form(route, "nobody" if power == PUBLIC else those[0], asks[0])
        house.forms.append(alone if power in WAYS else first_open(house, route, asks, those))
    return house


def sends(walk: Walk) -> bool:
    return len(walk.asks) == 1 and walk.asks[0].typed is not None


def forms_of(seed: Seed) -> dict[str, list[Ask]]:
    """For every route the forms that the walks know of it, at each of the seed's cases."""
    told = dict(values(seed, []))
    told["number"] = tuple(seed.cases[key].number for key in CASES)
    told["ref"] = (*seed.refs, "none")
    found: dict[str, list[Ask]] = {}
    for walk in WALKS:
        if sends(walk):
            found.setdefault(walk.route, []).extend(step.asks[0] for step in steps(walk, told))
    return found


def first_open(house: House, route: str, asks: list[Ask], those: list[str]) -> Form:
    """The first of them that does not answer as if there were nothing; else the first."""
    for key in those:
        for ask in asks[:len(CASES)]:
            if send(house.browsers[key], ask.path, {}).status_code != 404:
                return Form(route, key, ask)
    return Form(route, those[0], asks[0])


def send(browser: Client, path: str, typed: dict[str, bytes]) -> HttpResponse:
    """Send it as bytes, as a browser or anybody's program may; nothing of it remains."""
    body = "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in typed.items())
    kept = dict(browser.cookies.items())
    stillness.forget()
    with transaction.atomic():
        answer = browser.post(path, body.encode(), content_type=URLENCODED)
        assert answer.status_code < 500, (path, typed)
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.update(kept)
    return answer


def in_bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def written(name: str, value: str) -> bool:
    """Whether a field holds words of somebody's own: the walks fill it in with Chinese."""
    return any("一" <= sign <= "鿿" for sign in value) and name not in ("password", "q")


def filled(form: Form, pool: list[str | bytes], wild: bool) -> tuple[dict[str, bytes], bool]:
    """The form with these values in it, the rest as the walks have it; whether words of somebody's own are among
    them."""
    assert form.ask.typed is not None
    sent, words = {}, False
    for turn, (name, value) in enumerate(form.ask.typed.items()):
        drawn = in_bytes(pool[turn % len(pool)])
        if written(name, value):
            sent[name], words = KEPT.encode() + drawn, True
        else:
            sent[name] = drawn if wild else value.encode()
    if wild:
        sent |= dict.fromkeys((f"column:{'9' * 5_000}", f"cell:{'9' * 5_000}:paper", "ask.\x00", "\u202e"), b"1")
    return sent, words


def lost(answer: HttpResponse, sent: dict[str, bytes]) -> bool:
    """Whether a form was not taken and its words did not come back. Of what is in no encoding we know, which no browser
    sends, one text comes back, and it is not looked for here."""
    try:
        b"".join(sent.values()).decode()
    except UnicodeDecodeError:
        return False
    return answer.status_code >= 400 and KEPT not in html.unescape(answer.content.decode())


def try_all(house: House, pool: list[str | bytes], wild: bool, share: int, first: int) -> None:
    """Send it to every ``share``-th form, from the ``first``."""
    for form in house.forms[first::share]:
        sent, words = filled(form, pool, wild)
        answer = send(house.browsers[form.walker], form.ask.path, sent)
        assert b"Traceback (most" not in answer.content, form
        short = {name[:40]: value[:80] for name, value in sent.items()}
        assert not (words and lost(answer, sent)), f"lost: {form.route} {answer.status_code} {short}"


@pytest.fixture
def house(db) -> Iterator[House]:
    with stillness.still() as (chance, _sent), moment.frozen(stillness.BEGAN):
        chance.begin("fuzz")
        yield build()


def test_no_form_fails_or_loses_a_word_whatever_is_sent(house):
    assert {form.route for form in house.forms} >= {walk.route for walk in WALKS if sends(walk)}
    few(house, 24, 12)


@pytest.mark.deep
def test_no_form_fails_or_loses_a_word_whatever_is_sent_many_times(house):
    few(house, 300, 1)


def few(house: House, examples: int, share: int) -> None:
    """So many examples, each at one of so many shares of the forms."""
    @settings(max_examples=examples, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))
    @given(st.lists(VALUES, min_size=1, max_size=5), st.booleans(), st.integers(0, share - 1))
    def sending(pool: list[str | bytes], wild: bool, first: int) -> None:
        try_all(house, pool, wild, share, first)
    sending()
