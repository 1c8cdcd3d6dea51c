"""What every page has: a language, no inline style or script, labels, classes that some sheet knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from baiying.kit import messages
from baiying.web.routes import ROUTES
from tests.web.desks import case_at
from tests.web.pages import Shown, shown

pytestmark = pytest.mark.django_db
WEB = Path(__file__).resolve().parents[2] / "baiying" / "web"
SHOWS_NO_PAGE = {"danger", "desk", "draft", "drop", "prefer", "leave", "received", "sign_out", "suggest", "fits",
                 "otherwise", "where", "received_file", "let_decide", "card_keys", "counter_set_up", "counter_pack",
                 "counter_settle", "counter_worker"}
# DB: how standards of a province are numbered; the others are languages, encodings and kinds of files.
ALLOWED_LATIN = {"English", "GBK", "UTF", "QR", "DB", "JPG", "PNG", "PDF", "Word", "Excel", "MB"}
NUMBERS = re.compile(r"\b[0-9A-Z]{2,4}(-[0-9A-Z]{2,4})+\b")


@pytest.fixture
def pages(browser, send, staff) -> dict[str, Shown]:
    """Every page there is, of everybody who has one, in Chinese."""
    found = {route.path: shown(browser.get("/" + route.path)) for route in ROUTES if plain(route)}
    found["receipt"] = send("三个月没有发工资了。", phone="13800138000", contact="只发短信")
    found |= {path: shown(browser.get(path)) for path in ("/mine/", "/slip/", "/nothing/")}
    found["matter"] = shown(browser.get(linked(found["catalogue/"], "/catalogue/u")))
    handler, upper = staff("bajiao_handler"), staff("district_union")
    found["today"] = shown(handler.get("/today/"))
    found["case"] = case_at(handler, linked(found["today"], "/case/"))
    found["answered"] = answer(handler, found["case"])
    found["judging"] = shown(browser.get("/mine/"))
    found["late"] = shown(upper.get("/late/"))
    found["faults"] = send("", phone="?", area="1")
    found["danger"] = send("老公又打我")
    found["stale"] = shown(browser.post("/", {"words": "放久了"}))
    return found


def plain(route) -> bool:
    return route.power == "public" and "<" not in route.path and route.name not in SHOWS_NO_PAGE


def linked(page: Shown, beginning: str) -> str:
    return next(str(given["href"]) for _tag, given in page.tags if str(given.get("href", "")).startswith(beginning))


def answer(handler: Client, case: Shown) -> Shown:
    moves = [form for form in case.forms if form.action.endswith("/move/")]
    form = next(form for form in moves if form.fields["move"][0].startswith("answered"))
    return shown(handler.post(form.action, {**form.fields, "text": "已办好。"}, follow=True))


def test_every_page_keeps_the_house_rules_of_markup(pages):
    faults = [f"{name}: {fault}" for name, page in pages.items() for fault in faults_of(page)]
    assert not faults


def faults_of(page: Shown) -> Iterator[str]:
    tags = page.tags
    ids = [given["id"] for _tag, given in tags if given.get("id")]
    if not any(tag == "html" and given.get("lang") == "zh-Hans" for tag, given in tags):
        yield "no language"
    yield from (f"id {name} twice" for name in {name for name in ids if ids.count(name) > 1})
    for tag, given in tags:
        if "style" in given or tag == "style" or any(name.startswith("on") for name in given):
            yield f"inline style or handler in <{tag}>"
        if tag == "script" and not given.get("src"):
            yield "inline script"
        if str(given.get("src") or given.get("href") or "").startswith(("http:", "//")):
            yield f"an address elsewhere in <{tag}>"
        if tag == "label" and given.get("for") and given["for"] not in ids:
            yield f"a label for {given['for']}, which is not there"
    labelled = {given.get("for") for tag, given in tags if tag == "label"}
    inside = {given.get("id") for tag, given in tags if given.get("type") in ("radio", "checkbox", "hidden")}
    for tag, given in tags:
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "radio", "checkbox") \
                and given.get("id") not in labelled | inside:
            yield f"no label for {tag} {given.get('name')}"
    if sum(tag == "h1" for tag, _given in tags) != 1 or sum(tag == "main" for tag, _given in tags) != 1:
        yield "not one h1 and one main"


def test_every_page_forbids_foreign_and_inline_code(pages):
    for page in pages.values():
        policy = page.answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy
        assert page.answer["X-Frame-Options"] == "DENY" and page.answer["X-Content-Type-Options"] == "nosniff"


def test_every_page_says_that_it_is_a_demonstration(pages, settings):
    assert settings.BAIYING_DEMO
    assert not [name for name, page in pages.items() if "演示" not in page.text]


def test_a_chinese_page_shows_no_english_word(pages):  # zxx: in no language, an address
    found = {(name, word) for name, page in pages.items()
             for language, words in page.words if language not in ("en", "zxx")
             for word in re.findall(r"[A-Za-z]{2,}", NUMBERS.sub("", words)) if word not in ALLOWED_LATIN}
    assert not found


def test_a_protected_page_has_a_neutral_title_and_the_quick_exit(pages):
    page = pages["danger"]
    assert "<title>百应 · 查询</title>" in page.answer.content.decode()
    exits = [given for tag, given in page.tags if tag == "a" and "data-quick-exit" in given]
    assert exits and all(given["href"] == "/leave/" for given in exits)
    assert "浏览记录会留下" in page.answer.content.decode()


def test_an_english_page_is_english(browser):
    browser.cookies["django_language"] = "en"
    page = shown(browser.get("/"))
    assert any(tag == "html" and given.get("lang") == "en" for tag, given in page.tags)
    assert "What is the difficulty?" in page.text and "有什么难处" not in page.text


def test_chinese_comes_first_whatever_the_browser_says_of_itself(browser):
    assert "有什么难处" in shown(browser.get("/", headers={"Accept-Language": "en-US,en;q=0.9"})).text


def test_large_text_is_a_cookie_of_the_house(browser):
    shown(browser.get("/find/")).press(browser, "/prefer/", large="1")
    assert any(tag == "html" and given.get("class") == "large" for tag, given in shown(browser.get("/find/")).tags)


def test_every_class_in_a_template_stands_in_a_style_sheet():
    sheets = "".join(path.read_text() for path in (WEB / "static/web").glob("*.css"))
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets))
    used = {name for path in (WEB / "templates").rglob("*.html")
            for value in re.findall(r'class="([^"]*)"', path.read_text())
            for name in re.sub(r"\{[%{].*?[%}]\}", " ", value).split()}
    assert not used - known


def test_a_link_that_stands_alone_is_as_high_as_a_finger():
    alone = re.compile(r'<p(?: class="([^"]*)")?>(<a (?:(?!</p>|</a>).)*)</a>\.?</p>')
    low = [f"{path.relative_to(WEB)}: {link}" for path in (WEB / "templates").rglob("*.html")
           for kind, link in alone.findall(path.read_text())
           if not {"crumb", "go"} & set(kind.split()) and not re.search(r'class="[^"]*(button|chip|calls)', link)]
    assert not low


def test_a_list_of_names_has_the_marks_of_its_language():
    assert not [path.name for path in (WEB / "templates").rglob("*.html") if '|join:", "' in path.read_text()]


def test_every_table_is_drawn_and_says_what_its_heads_are_of():
    tables = [(path.relative_to(WEB), tag) for path in (WEB / "templates").rglob("*.html")
              for tag in re.findall(r"<(?:table|th)\b[^>]*>", path.read_text())]
    assert not [(name, tag) for name, tag in tables if ("<th" in tag and "scope=" not in tag)
                or (tag.startswith("<table") and "grid-table" not in tag)]


def test_nothing_vendored_points_to_a_source_map_and_each_part_is_listed():
    vendor = WEB / "static" / "vendor"
    listed = (vendor / "README.md").read_text()
    assert not [path for path in vendor.rglob("*.*s") if "sourceMappingURL" in path.read_text()]
    for folder in (path for path in vendor.iterdir() if path.is_dir()):
        assert f"`{folder.name}/`" in listed and (folder / "LICENSE").read_text().strip()


def test_an_address_in_a_message_is_a_link_in_no_language(browser, monkeypatch):
    said = "请在手机上打开 http://testserver/outside/KNUDXHKNUDXH/，编码走另一条路。"
    monkeypatch.setattr(messages, "kept", lambda: [("今天", "138****8000", said)])
    page = shown(browser.get("/messages/"))
    assert ("zxx", "http://testserver/outside/KNUDXHKNUDXH/") in page.words
    assert {"/outside/KNUDXHKNUDXH/"} == {given["href"] for _tag, given in page.tags if given.get("lang") == "zxx"}
