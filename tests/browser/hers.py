"""Her own ways beside the plain one: a matter of safety, the list behind her account, a complaint, a letter. For tests,
axe and pictures; told step by step like tests/browser/journey.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from playwright.sync_api import Page

from tests.browser import journey
from tests.browser.journey import COMMUNITY, Traveller, come_back, keepsake, move, press, send, sign_in

ELSEWHERE = "https://www.baidu.com/"
TELEPHONES = count(1)  # an account of its own for each walk: a device is proved by the first case alone


def safe_matter(page: Page) -> str:
    """The address of the first matter whose page has the quick exit and words on the law's duties."""
    page.goto("/catalogue/")
    links = page.locator("a.offer-name").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for link in links:
        page.goto(link)
        if page.locator("aside [data-quick-exit]").count() and page.locator("#duty").count():
            return str(link)
    raise AssertionError("no matter of safety in the catalogue")


def protected(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """She asks for help against violence, comes back with number and code, and leaves quickly."""
    her = traveller.device()
    her.context.route(ELSEWHERE, lambda route: route.fulfill(
        body='<html lang="en"><title>elsewhere</title><main><h1>elsewhere</h1></main>', content_type="text/html"))
    safe_matter(her)
    yield "protected-matter", her
    her.fill("[name=words]", "他又动手了, 孩子也在家里。")
    her.select_option("[name=area]", COMMUNITY)
    her.fill("[name=contact]", "只发短信")
    her.check("[name=text_only]")
    yield "protected-written", her
    send(her)
    kept = keepsake(her)
    yield "protected-receipt", her
    her.goto("/mine/")
    yield "protected-closed", her
    come_back(her, kept)
    yield "protected-mine", her
    her.goto("/slip/")
    yield "protected-slip", her
    her.goto("/mine/")
    her.click("aside [data-quick-exit]")
    her.wait_for_url(ELSEWHERE)
    yield "protected-left", her
    her.goto("/mine/")
    yield "protected-afterwards", her


def account(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """She signs in by telephone, sends a need, proves her device with its slip and finds it on her list."""
    her, number = traveller.device(), f"010-0000-{next(TELEPHONES):04}"
    her.goto("/in/")
    her.fill("#by-telephone [name=telephone]", number)
    press(her, "#by-telephone button[type=submit]")
    her.goto("/messages/")
    code = re.search(r"\b\d{6}\b", her.locator("ul.declared li").first.inner_text())
    assert code is not None
    her.goto("/in/code/")
    her.fill("[name=code]", code.group())
    press(her, "#code button[type=submit]")
    her.goto("/mine/list/")
    yield "list-not-proved", her
    journey.write(her, "在工地干了三个月, 老板一直拖着工资不给。")
    send(her)
    come_back(her, keepsake(her))
    her.goto("/mine/list/")
    yield "list", her
    press(her, "form[action^='/mine/list/'] button")
    yield "list-mine", her


def complaint(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """She complains one level up, first with nothing written."""
    her = traveller.device()
    journey.write(her, "在工地干了三个月, 老板一直拖着工资不给。")
    send(her)
    her.goto("/mine/")
    form = her.locator("form[action='/mine/complain/']")
    her.locator("#complain summary").click()
    yield "complaint-open", her
    form.locator("textarea").fill("   ")
    press(her, "form[action='/mine/complain/'] button")
    yield "complaint-refused", her
    form.locator("textarea").fill("两个星期了, 没有一个人联系我。")
    press(her, "form[action='/mine/complain/'] button")
    yield "complaint-sent", her


def letter(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """The handler names the lawful way in a letter; she reads it in her story and a further kind of help below."""
    her = traveller.device()
    journey.write(her, "在工地干了三个月, 老板一直拖着工资不给。")
    send(her)
    kept, handler = keepsake(her), traveller.device()
    sign_in(traveller, handler, "bajiao_handler")
    journey.open_case(handler, kept.number)
    move(handler, "external", "这件事归劳动监察管, 信里写了地址和要带的材料。")
    her.goto("/mine/")
    her.locator("details.letter").first.evaluate("letter => letter.open = true")
    yield "letter", her
