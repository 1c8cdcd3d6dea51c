"""The check in the browser gives the verdict of the server: all 300 sentences, and texts made to set them apart."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from baiying.engine.text import find
from tests.engine.text.test_danger import DANGER
from tests.engine.text.test_danger_sentences import of

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).resolve().parents[2] / "baiying" / "web" / "static" / "web" / "danger.js"
ODD = ["，", "。", " ", "\n", "*", "❤️", "🔪", "İ", "ß", "ﬁ", "𝐚",
       "ǅ", "ｗ", "zi4", "̈", "ā", "《", "》", "ㅤ", "⒈", "½", "Ⅳ"]
CHUNK = 2_000


@pytest.fixture(scope="module")
def told(chromium) -> Callable[[list[str]], list[list[int]]]:
    """The numbers of the kinds of danger that the browser finds in each of these texts."""
    page: Page = chromium.new_page()
    page.goto("about:blank")
    page.add_script_tag(path=str(SCRIPT))
    page.evaluate("data => { window.made = window.baiyingDanger.reader(JSON.parse(data)); }",
                  json.dumps(DANGER.for_browser))
    kinds = "texts => texts.map(text => window.baiyingDanger.kinds(window.made, text))"
    yield lambda texts: page.evaluate(kinds, texts)
    page.close()


def by_server(text: str) -> list[int]:
    found = find(DANGER, text)
    return [number for number, peril in enumerate(DANGER.perils) if peril in found]


def test_all_300_sentences_are_judged_alike(told):
    sentences = of("danger") + of("calm")
    different = [text for text, browser in zip(sentences, told(sentences), strict=True) if browser != by_server(text)]
    assert len(sentences) == 300 and not different


def test_texts_put_together_from_all_spellings_are_judged_alike(told):
    chosen = random.Random(20261123)
    words = list(DANGER.reader.signs)
    texts = ["".join(chosen.choice(words if chosen.random() < 0.7 else ODD) for _ in range(chosen.randint(1, 14)))
             for _ in range(1_500)]
    different = [text for text, browser in zip(texts, told(texts), strict=True) if browser != by_server(text)]
    assert not different


def test_every_sign_of_the_first_plane_is_a_sign_or_a_letter_on_both_sides(told):
    """A sign that only one side takes for a letter would hide a word of danger there."""
    letters = [chr(code) for code in range(0x20, 0xFFFE) if not 0xD800 <= code <= 0xF8FF]
    texts = [f"他打{letter}我" for letter in letters]
    server = [bool(find(DANGER, text)) for text in texts]
    browser = [bool(found) for start in range(0, len(texts), CHUNK) for found in told(texts[start : start + CHUNK])]
    # A newer edition of Unicode knows some letters that an older one does not know; nobody types those.
    assert sum(one != other for one, other in zip(server, browser, strict=True)) < 60


def test_the_longest_text_that_may_be_sent_is_judged_alike(told):
    long = "今天单位没有发工资，已经三个月了。" * 1_150
    assert told([long, long + "他又打我了"]) == [by_server(long), by_server(long + "他又打我了")] == [[], [0]]
