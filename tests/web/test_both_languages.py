"""Every page of everybody, in both languages: each of one language, with its title, its one h1, its main."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.test import Client

from baiying.project.demo.cast import cast
from baiying.web.routes import ROUTES
from baiying.web.typesetting import chinese
from tests import rounds
from tests.web.desks import answer
from tests.web.pages import Shown, shown
from tests.web.test_account_own import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.long]
CHECKOUT = Path(__file__).resolve().parents[2]
TEMPLATES = CHECKOUT / "baiying" / "web" / "templates"
HAN = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}")
# Names that are the same in every language: encodings, file kinds, standards, the names of formats and commands.
NAMES = {"English", "GBK", "UTF", "QR", "DB", "Excel", "xlsx", "xls", "ods", "csv", "CSV", "WPS", "baiying",
         "verify", "log", "make", "Mulan", "PSL", "JSON", "JPG", "PNG", "PDF", "Word"}
KEPT = re.compile(r"\b[0-9A-Z]{2,4}([- ][0-9A-Z]{2,4})+\b|\b[a-z]+(\.[a-z]+)+\b|[0-9A-Z]{10}")  # numbers, keys, logins
MEMBER = "member"  # somebody signed in by telephone
# Routes with a hole that no link of this little world leads to; other tests open them.
NOT_REACHED = {"/join/<str:token>/", "/climb/<str:number>/", "/mine/code/", "/case/<str:number>/guest/",
               "/case/<str:number>/letters/<str:ref>/sent/", "/case/<str:number>/take/", "/emergency/<str:number>/",
               # only posts lead to these
               "/case/<str:number>/address/", "/task/<str:number>/address/", "/case/<str:number>/party/<str:key>/",
               # these need a card, a counter, a request, a round: read as here by test_card and the stories of requests
               "/card/show/<str:key>/", "/counter/set-up/", "/counters/<str:key>/code/",
               "/entitled/<str:key>/request/", "/mine/request/", "/rounds/<str:ref>/"}
# opened, they lead elsewhere
SENT_ONLY = {"/account/factors/backup/", "/administration/unit/<str:key>/change/", "/mine/request/account/"}


def one_of_each() -> list[str]:
    """One of the cast for every role and level that posts are held in."""
    first: dict[frozenset[str], str] = {}
    for player in cast():
        first.setdefault(frozenset(f"{office.role} {office.unit.split('.')[0]}" for office in player.posts), player.key)
    return [key for posts, key in first.items() if posts]


@pytest.fixture
def world(browser, send, staff) -> dict[str, Client]:
    """Somebody of each role, and a little to see: a need, an answered one, one late in returning, one of danger."""
    her = browser
    first = send("三个月没有发工资了。").text.split("编号 ")[1].split()[0]
    answer(staff("bajiao_handler"), first, "已联系单位。")
    send("水管漏了, 没有人来修。")
    return {"": her, MEMBER: signed_in(member()), **{key: staff(key) for key in one_of_each()}}


def faults(page: Shown, language: str) -> Iterator[str]:
    """What a page lacks of being a page in its language."""
    html, tags = page.answer.content.decode(), page.tags
    wanted = "en" if language == "en" else "zh-Hans"
    if not any(tag == "html" and given.get("lang") == wanted for tag, given in tags):
        yield "the language is not told"
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    if title is None or len(re.split(" · ", title[1])[0].strip()) < 2:
        yield "no title"
    if sum(tag == "h1" for tag, _given in tags) != 1 or sum(tag == "main" for tag, _given in tags) != 1:
        yield "not one h1 and one main"
    for spoken, words in page.words:
        if language == "zh-hans" and spoken not in ("en", "zxx"):
            yield from (f"English: {word!r} in {words[:60]!r}" for word in WORD.findall(KEPT.sub("", words))
                        if word not in NAMES)
        if language == "en" and spoken != "zh-Hans" and words.strip(" :：()·,") in translated():
            yield f"Chinese: {words[:60]!r}"


def translated() -> set[str]:
    """Every Chinese sentence that has an English one: of the interface, and of the catalogue."""
    if not KNOWN:
        for entry in polib.pofile(str(CHECKOUT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")):
            KNOWN.update(text for text in (entry.msgstr, *entry.msgstr_plural.values()) if HAN.search(text))
        for path in (CHECKOUT / "catalogue").rglob("*.toml"):
            KNOWN.update(pairs(tomllib.loads(path.read_text(encoding="utf-8"))))
        KNOWN.difference_update({"中文"})
    return KNOWN


KNOWN: set[str] = set()


def pairs(table: object) -> Iterator[str]:
    """The Chinese of each `name` beside a `name_en`, plain and set."""
    if isinstance(table, dict):
        for key, value in table.items():
            if isinstance(value, str) and f"{key}_en" in table:
                yield from (value, chinese(value))
            yield from pairs(value)
    elif isinstance(table, list):
        for one in table:
            yield from pairs(one)


def gone_round(client: Client, language: str, table: list[rounds.Row]) -> tuple[list[str], set[str]]:
    """The faults of every page of these routes this person comes to, and the routes that were pages."""
    client.cookies["django_language"] = language
    found, reached = [], set()

    def visit(address: str) -> list[str]:
        got = client.get(address)
        if got.status_code != 200 or "text/html" not in got["Content-Type"]:
            return []
        page = shown(got)
        found.extend(f"{address}: {fault}" for fault in faults(page, language))
        reached.add(address)
        return [str(given["href"]) for tag, given in page.tags if tag == "a" and given.get("href")]

    return found, {row.path for row, address in rounds.go_round(table, visit) if address in reached}


@pytest.mark.parametrize("language", ["zh-hans", pytest.param("en", marks=pytest.mark.deep)])  # 40 seconds each
def test_every_page_of_everybody_is_of_one_language_with_title_heading_and_main(world, language):
    faults_found, reached = [], set()
    table = rounds.rows()
    for turn, who in enumerate(world):  # what is open to all looks alike for all who are signed in: three look at it
        own = table if turn < 3 else [row for row in table if row.power != "public"]
        found, pages = gone_round(world[who], language, own)
        faults_found += [f"{who or 'anybody'} {one}" for one in found]
        reached |= pages
    assert not faults_found, "\n".join(sorted(set(faults_found)))
    posts_alone = {"/" + route.path for route in ROUTES if not answers_get(route)}
    missed = {row.path for row in rounds.rows()} - reached - posts_alone - NOT_REACHED - SENT_ONLY
    assert not missed, f"no link leads there from the first pages of any role: {sorted(missed)}"


def answers_get(route) -> bool:
    """Whether a route shows a page of its own when it is only opened; a view that never reads is known by its code."""
    return "render" in names(route.view) or "page" in names(route.view)


def names(view) -> set[str]:
    return set(getattr(view, "__wrapped__", view).__code__.co_names)


def test_a_template_says_nothing_in_chinese_by_itself():
    found = [(path.name, line.strip()[:80]) for path in TEMPLATES.rglob("*.html")
             for line in path.read_text(encoding="utf-8").splitlines()
             if HAN.search(re.sub(r"\{#.*?#\}|中文", "", line))]
    assert not found


def test_a_page_of_two_languages_is_caught(browser):
    page = shown(browser.get("/about/"))
    assert not list(faults(page, "zh-hans"))
    page.words.append(("", "Untranslated words"))
    assert any("English" in one for one in faults(page, "zh-hans"))
    page.words.append(("", "我们承诺什么"))
    assert any("Chinese" in one for one in faults(page, "en"))


def test_every_role_of_the_cast_is_among_those_who_go_round():
    gone = {office.role for player in cast() if player.key in one_of_each() for office in player.posts}
    assert gone == {office.role for player in cast() for office in player.posts} and len(gone) > 8
