"""An employer without an account, asked into a mediation, as it walks: she agrees to one field group, a link and a code
go out, it answers and hands in a paper on a phone, she takes back what she opened. Told step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.hands import asked
from tests.browser.journey import Traveller, come_back, open_case, press, sign_in

PAPER = {"name": "考勤表.txt", "mimeType": "text/plain", "buffer": "三月: 出勤二十二天。".encode()}
GROUP = "input[name=group][value='answer:issues']"


def from_outside(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """From the lead's question to the paper on its desk; gives (name of the step, the page as it then is)."""
    _first, kept = asked(traveller)
    bare = kept.number.replace("-", "")
    lead, her, firm = traveller.device(), traveller.device(), traveller.device()
    sign_in(traveller, lead, "bajiao_handler")
    open_case(lead, bare)
    lead.goto(f"/case/{bare}/guest/?party=employer")
    yield "whom-to-ask", lead
    for name, typed in (("name", "百工建筑公司人事部"), ("phone", "13800138001"), ("code_phone", "13800138002"),
                        ("text", "请说明欠薪情况, 带考勤表来谈。")):
        lead.fill(f"#guest [name={name}]", typed)
    press(lead, "#guest button[type=submit]")

    come_back(her, kept)
    assert "百工建筑公司人事部" in her.locator("ol.story").first.inner_text()
    assert not her.locator(f"{GROUP}:checked").count()  # nothing is ticked beforehand
    yield "she-is-asked", her
    her.check(GROUP)
    press(her, "form[action='/mine/consent/'] button[value=some]")
    yield "she-opened-one", her

    open_case(lead, bare)
    press(lead, "form[action$='/party/link/'] button[type=submit]")
    yield "link-sent", lead
    link, code = posted(lead)
    yield from answered(firm, link, code)
    yield from shut_again(her, firm)
    yield from finished(firm)

    lead.goto(f"/case/{bare}/files/")
    assert PAPER["name"] in lead.inner_text("main")
    yield "on-the-desk", lead


def posted(page: Page) -> tuple[str, str]:
    """Link and code as they went out, from the page of the demo that shows what was sent."""
    page.goto("/messages/")
    said = page.inner_text("main")
    return re.findall(r"/outside/\w+/", said)[0], re.findall(r"(?<!\d)\d{6}(?!\d)", said)[0]


def answered(firm: Page, link: str, code: str) -> Iterator[tuple[str, Page]]:
    """A messenger looks at the link first and changes nothing; the code opens the task; it is answered on the phone."""
    previews = {re.sub(r"value=\"\w+\"", "", firm.request.get(link).text()) for _look in range(2)}
    firm.goto(link)
    assert len(previews) == 1 and "欠薪" not in previews.pop() and "欠薪" not in firm.inner_text("main")
    yield "door", firm
    firm.fill("[name=code]", code)
    press(firm, "#code button[type=submit]")
    assert "欠薪" in firm.inner_text("main") and firm.locator("#told").count()
    yield "task", firm
    press(firm, "#received button[type=submit]")
    firm.click("details:has(#reply) > summary")
    firm.fill("#reply [name=text]", "周五带考勤表来谈。")
    press(firm, "#reply button[type=submit]")
    yield "replied", firm
    press(firm, "a[href='/outside/files/']")
    firm.set_input_files("#hand-in [name=file]", files=[PAPER])  # type: ignore[list-item]
    press(firm, "#hand-in button[type=submit]")
    assert PAPER["name"] in firm.inner_text("#files")
    yield "paper-handed-in", firm


def shut_again(her: Page, firm: Page) -> Iterator[tuple[str, Page]]:
    """She takes back what she had opened: from that moment it is shut, and she reads since when it was read. The other
    side's paper is not hers to see."""
    her.reload()
    her.uncheck(GROUP)
    press(her, "form[action='/mine/consent/groups/'] button[type=submit]")
    yield "she-took-it-back", her
    firm.goto("/outside/")
    assert not firm.locator("#told").count()
    yield "shut", firm
    her.goto("/mine/files/")
    assert PAPER["name"] not in her.inner_text("main")
    yield "her-papers", her


def finished(firm: Page) -> Iterator[tuple[str, Page]]:
    """Reported back; link and task are over."""
    firm.goto("/outside/")
    firm.click("details:has(#finish) > summary")
    firm.fill("#finish [name=text]", "已约好周五来谈。")
    press(firm, "#finish button[type=submit]")
    yield "thanks", firm
    firm.goto("/outside/")
    assert "/outside/closed/" in firm.url
