"""The verifier in the browser says what the one in Python says; the page of a counter opens and verifies offline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page

from baiying.engine import card
from baiying.engine.card.token import BODY, public_bytes
from tests.browser import journey
from tests.browser.journey import DESKTOP, PHONE, Traveller, come_back, keepsake, press, send, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
STATIC = Path(__file__).resolve().parents[2] / "baiying" / "web" / "static"
KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([byte]) * 32) for byte in (7, 8))
KEYS = {card.key_id(public_bytes(KEY)): public_bytes(KEY)}
MADE, COUNTER = 1_795_000_000, 4_000_000_007
ASK = """async ([cases, lists, desk, byBrowser]) => {
    if (!byBrowser) { baiyingCard.subtle = null; }
    const found = [];
    for (const one of cases) { found.push((await baiyingCard.verify(one.text, {...desk, ...one.desk})).word); }
    const held = [];
    for (const text of lists) { held.push(await baiyingCard.list(text, desk.keys)); }
    return [found, held];
}"""


def cases() -> list[tuple[str, dict]]:
    """Codes good and bad, each with what the counter knows."""
    token = card.Token(COUNTER, MADE, 10, bytes(range(200, 216)), bytes(range(240, 248)))
    text = card.write(token, KEY)
    made = [(text, {"now": MADE + shift}) for shift in (0, -120, -121, 720, 721)]
    made += [(text, {"counter": 7}), (text, {"lost": [token.handle.hex()]}), (text, {"used": [token.mark.hex()]})]
    made += [(text, {"shown": [card.read(text).serial]}), (card.write(token, OTHER), {}), ("", {}), ("\U0001f600", {})]
    made += [(" ".join(text.lower()), {}), ("".join(chr(ord(one) + 0xFEE0) for one in text), {}), (text + "A", {})]
    made += [(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :], {}) for at in (0, 5, *range(8, 165, 13))]
    made += [
        (
            card.write(card.Token(2**32 - 1, 2**32 - 1, 65535, b"\xff" * 16, b"\0" * 8), KEY),
            {"counter": 2**32 - 1, "now": 2**32 - 1},
        )
    ]
    return made


def by_python(text: str, desk: dict) -> str:
    told = {"counter": COUNTER, "now": MADE, **desk}
    lost, used = ([bytes.fromhex(one) for one in told.get(name, [])] for name in ("lost", "used"))
    verdict, _ = card.verify(text, counter=told["counter"], keys=KEYS, now=told["now"], lost=lost, used=used,
                             shown=told.get("shown", []))  # fmt: skip
    return str(verdict)


def test_browser_and_python_judge_every_code_alike(chromium, live):
    context = chromium.new_context(base_url=live.address)
    page = context.new_page()
    page.goto("/healthz")
    for name in ("vendor/nacl/nacl-fast.min.js", "web/card.js"):
        page.evaluate((STATIC / name).read_text(encoding="utf-8"))
    lists = [
        card.write_list(COUNTER, MADE, 20_000, [b"lost0001", b"lost0002"], KEY),
        card.write_list(COUNTER, MADE, 20_000, [], OTHER),
        "",
        "x",
        "é",
    ]
    lists.append(lists[0][:-2] + ("AA" if lists[0][-2:] != "AA" else "BB"))
    desk = {"counter": COUNTER, "now": MADE, "lost": [], "used": [], "shown": [],
            "keys": {id_.hex(): public.hex() for id_, public in KEYS.items()}}  # fmt: skip
    asked = [{"text": text, "desk": more} for text, more in cases()]
    expected = [by_python(text, more) for text, more in cases()]
    assert set(expected) == {str(word) for word in card.Verdict} and BODY.size == 39
    for by_browser in (True, False):
        found, held = page.evaluate(ASK, [asked, lists, desk, by_browser])
        assert found == expected
        assert held[0] == {"counter": COUNTER, "made": MADE, "day": 20_000,
                           "handles": [b"lost0001".hex(), b"lost0002".hex()]}  # fmt: skip
        assert held[1:] == [None] * 5
    context.close()


def member(traveller: Traveller, telephone: str) -> Page:
    """A member signs in by telephone; the slip of a case proves her device."""
    her = traveller.device()
    her.goto("/in/")
    her.fill("#by-telephone [name=telephone]", telephone)
    press(her, "#by-telephone button[type=submit]")
    her.goto("/messages/")
    six = re.search(r"\b\d{6}\b", her.locator("ul.declared li").first.inner_text())
    assert six is not None
    her.goto("/in/code/")
    her.fill("[name=code]", six.group())
    press(her, "#code button[type=submit]")
    her.locator("#who input[name=who]").first.check()
    press(her, "#who button[type=submit]")
    journey.write(her, "想问问会员活动怎么报名。")
    send(her)
    come_back(her, keepsake(her))
    return her


def until(page: Page, true: str) -> None:
    """Wait until this holds; the page's own policy forbids the browser driver's way of waiting."""
    for _ in range(150):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(true)


@pytest.mark.deep
def test_a_counter_without_a_network_verifies_notes_down_and_settles_later(traveller):
    desk, phone = traveller(DESKTOP), traveller(PHONE)
    staff, counter, her = desk.device(), desk.device(), member(phone, "010-0000-0111")
    sign_in(desk, staff, "district_union")
    staff.goto("/counters/")
    ref = str(staff.locator("form[action$='/code/']").first.get_attribute("action")).split("/")[2]
    press(staff, f"form[action='/counters/{ref}/code/'] button")
    counter.goto("/counter/")
    counter.fill("[name=code]", staff.inner_text("strong.big"))
    press(counter, "form[action='/counter/set-up/'] button")
    until(counter, "localStorage.getItem('baiying-counter-pack') !== null")
    until(counter, "caches.open('baiying-counter-1').then(kept => kept.keys()).then(keys => keys.length >= 7)")
    her.goto("/card/")
    press(her, "button[value=ask]")
    her.goto(f"/card/show/{ref}/")
    code = "".join(her.locator(".code-letters").text_content().split())
    desk.troubles.clear()
    counter.context.set_offline(True)
    counter.reload()
    counter.fill("#check [name=code]", code)
    counter.click("#check button[type=submit]")
    counter.wait_for_selector("[data-answer].answer-yes")
    counter.click("[data-note]")
    assert counter.inner_text("[data-waiting]") == "1"
    counter.fill("#check [name=code]", code)
    counter.click("#check button[type=submit]")
    counter.wait_for_selector("[data-answer].note-wrong")
    assert "已经用过" in counter.inner_text("[data-answer]")
    counter.context.set_offline(False)
    until(counter, "document.querySelector('[data-waiting]').textContent === '0'")
    assert counter.locator("[data-told] li").count() == 0
    assert "code" not in counter.evaluate("JSON.stringify(localStorage)").replace("not_a_code", "")
    her.goto("/card/")
    assert "1" in her.locator(".counter-line").first.inner_text()
    assert not [one for one in desk.troubles + phone.troubles if "ERR_INTERNET_DISCONNECTED" not in one]
