"""The way of one request as three people walk it in a browser, told step by step: for tests, axe and pictures."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

CAST = Path(__file__).resolve().parents[2] / "baiying" / "project" / "demo" / "cast.toml"
# Chromium's own talk with the outside is switched off; the sandbox needs rights that a container has not.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
CHROMIUM = "/usr/bin/chromium"
PHONE, DESKTOP = (360, 740), (1280, 900)
COMMUNITY = "110107003037"  # 八角南里社区


@dataclass
class Traveller:
    """A browser of somebody, at one size and in one language."""

    browser: Browser
    address: str
    size: tuple[int, int]
    accounts: Mapping[str, tuple[str, str]]  # login -> (role, password), as the launcher printed them
    language: str = "zh-hans"
    script: bool = True
    contexts: list[BrowserContext] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def device(self) -> Page:
        """A new device: nothing of another is on it."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": self.size[0], "height": self.size[1]},
            java_script_enabled=self.script, locale="zh-CN",
        )
        context.set_default_timeout(15_000)
        if self.language != "zh-hans":
            context.add_cookies([{"name": "django_language", "value": self.language, "url": self.address}])
        page = context.new_page()
        page.on("console", lambda said: self.hear(said.type, said.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.contexts.append(context)
        return page

    def hear(self, kind: str, text: str) -> None:
        """What the browser complains of: a forbidden style, a missing file, an error."""
        if kind in ("error", "warning") and "status of 4" not in text:
            self.troubles.append(text)

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


@dataclass(frozen=True)
class Keepsake:
    number: str
    code: str


def write(page: Page, words: str, **more: str) -> None:
    """Fill the box and what was asked for beside it."""
    page.goto("/")
    page.fill("[name=words]", words)
    page.select_option("[name=area]", COMMUNITY)
    for name, value in more.items():
        page.fill(f"[name={name}]", value)


def send(page: Page) -> None:
    """Press the button below the form, and be where it leads."""
    press(page, "#need > p button[type=submit]")


def keepsake(page: Page) -> Keepsake:
    """Number and code of the receipt on the screen."""
    number, code = page.locator(".keepsake dd").all_inner_texts()[:2]
    return Keepsake(number.strip(), code.strip())


def come_back(page: Page, kept: Keepsake) -> None:
    """Number and code, typed by hand; her case is open when this comes back."""
    page.goto("/find/")
    page.fill("[name=number]", kept.number)
    page.fill("[name=code]", kept.code)
    press(page, "main form button[type=submit]")


def sign_in(traveller: Traveller, page: Page, key: str) -> None:
    """One of the cast signs in."""
    people = tomllib.loads(CAST.read_text(encoding="utf-8"))["person"]
    login = next(one["login"] for one in people if one["key"] == key)
    page.goto("/in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", traveller.accounts[login][1])
    press(page, "form:has([name=password]) button[type=submit]")


def press(page: Page, selector: str) -> None:
    """Press what leads to another page, and be there with all that the page loads: a click alone comes back before
    the page has gone. Whatever leads elsewhere is pressed by this."""
    with page.expect_navigation():
        page.click(selector)


def open_case(page: Page, number: str) -> None:
    """The case of this number; a protected one that nobody holds is taken up first."""
    page.goto(f"/case/{number.replace('-', '')}/")
    if page.locator("#take").count():
        press(page, "#take button[type=submit]")


def move(page: Page, beginning: str, text: str = "") -> None:
    """Open the step whose key begins so, write, press."""
    form = page.locator(f'form:has(input[name=move][value^="{beginning}"])').first
    form.locator("summary").click()
    if text:
        form.locator("textarea[name=text]").fill(text)
    with page.expect_navigation():
        form.locator("button.button-full").click()


def request_to_verdict(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """From her words to her verdict; gives (name of the step, the page as it then is)."""
    her = traveller.device()
    her.goto("/")
    yield "front", her
    write(her, "在工地干了三个月, 老板一直拖着工资不给。", phone="010-0000-0909", contact="只发短信")
    yield "front-written", her
    send(her)
    kept = keepsake(her)
    yield "receipt", her
    her.goto("/mine/")
    yield "mine", her
    her.goto("/slip/")
    yield "slip", her
    yield from handled(traveller, kept)
    back = traveller.device()
    back.goto("/find/")
    yield "find", back
    come_back(back, kept)
    yield "mine-answered", back
    back.check("[name=verdict][value=not_solved]")
    back.check("[name=contacted][value=yes]")
    back.fill("[name=why]", "还是没有发。")
    press(back, "form[action='/mine/judge/'] button[type=submit]")
    yield "mine-not-solved", back
    above = traveller.device()
    sign_in(traveller, above, "district_union")
    yield "today-above", above
    above.goto("/late/")
    yield "late", above
    open_case(above, kept.number)
    move(above, "answered", "区总工会已与单位谈定, 周五前发清。")
    back.goto("/mine/")
    back.check("[name=verdict][value=solved]")
    press(back, "form[action='/mine/judge/'] button[type=submit]")
    yield "mine-closed", back


def handled(traveller: Traveller, kept: Keepsake) -> Iterator[tuple[str, Page]]:
    """The handler of the street finds it, reads it, calls, answers."""
    handler = traveller.device()
    handler.goto("/in/")
    yield "sign-in", handler
    sign_in(traveller, handler, "bajiao_handler")
    yield "today", handler
    press(handler, f"a:has-text('{kept.number}')")
    yield "case", handler
    press(handler, "form[action$='/reach/'] button")
    yield "case-telephone", handler
    move(handler, "answered", "已与单位联系, 请再等两天。")
    yield "case-answered", handler


def in_danger(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """Words of danger: the numbers first, a neutral title, quick exit."""
    her = traveller.device()
    write(her, "老公又打我, 我怕")
    yield "danger-written", her
    send(her)
    kept = keepsake(her)
    yield "danger-receipt", her
    come_back(her, kept)
    yield "danger-mine", her


def matters_with_questions(traveller: Traveller) -> list[str]:
    """The keys of the matters that need an answer, as their pages in the catalogue are linked."""
    page = traveller.device()
    page.goto("/catalogue/")
    links = page.locator("a.offer-name").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    found = []
    for link in links:
        page.goto(link)
        if page.locator("#need fieldset").count() > 1:
            found.append(link.strip("/").split("/")[-1])
    return found


def matter_asked_for(traveller: Traveller, matter: str) -> Iterator[tuple[str, Page]]:
    """A matter asked for on its own page: first with its questions left empty, then answered."""
    her = traveller.device()
    her.goto(f"/catalogue/{matter}/")
    yield "matter", her
    her.fill("[name=words]", "单位不承认劳动关系, 也不给工资。")
    send(her)
    yield "matter-faults", her
    her.goto(f"/catalogue/{matter}/")
    her.fill("[name=words]", "单位不承认劳动关系, 也不给工资。")
    for box in her.locator("#need fieldset").all():
        box.locator("input").first.check()
    for text in her.locator("#need input[name^='ask.'][type=text]").all():
        text.fill("某某装饰公司")
    for day in her.locator("#need input[name^='ask.'][type=date]").all():
        day.fill("2026-05-06")
    send(her)
    yield "matter-receipt", her
    her.goto("/mine/")
    her.locator("details").first.evaluate("details => details.open = true")
    yield "matter-mine", her


def open_to_all(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """The pages that everybody may see."""
    page = traveller.device()
    for path in ("/places/", "/places/?area=110107003000", "/catalogue/", "/boards/", "/about/", "/nothing/"):
        page.goto(path)
        yield path.strip("/").replace("/?area=", "-") or "front", page
