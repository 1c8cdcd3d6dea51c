"""A mediation as four people walk it: she on her phone, the handler, the mediator, the federation. For tests, axe and
pictures; told step by step like tests/browser/journey.py."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.journey import (
    COMMUNITY,
    Keepsake,
    Traveller,
    come_back,
    keepsake,
    move,
    open_case,
    press,
    send,
    sign_in,
)

FIRM = "百问律师事务所(虚构)", "Baiwen Law Firm (invented)"


def asked(traveller: Traveller) -> tuple[Page, Keepsake]:
    """She asks for mediation on its own page, with its questions answered."""
    her = traveller.device()
    her.goto("/catalogue/")
    links = her.locator("a.offer-name").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for link in links:  # the kind of case that asks which routes were taken already is the mediation of a dispute
        her.goto(link)
        if her.locator("[name='ask.other_routes']").count() and her.locator("[name='ask.respondent']").count():
            break
    her.select_option("[name=area]", COMMUNITY)
    her.fill("[name='ask.respondent']", "某某装饰公司")
    her.locator("[name='ask.issues']").first.check()
    her.locator("[name='ask.other_routes']").first.check()
    # Last: what fits her words comes in above the questions, and a page that moves under a click misses its box.
    her.fill("[name=words]", "单位三个月不发工资, 也不肯谈。")
    send(her)
    return her, keepsake(her)


def choose(page: Page, select: str, names: tuple[str, str], language: str) -> None:
    """The line of a list by its name, whichever language is shown."""
    page.select_option(select, label=names[1] if language == "en" else names[0])


def several_hands(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """From her words to the agreement's performance; gives (name of the step, the page as it then is)."""
    _first, kept = asked(traveller)
    bare = kept.number.replace("-", "")
    handler = traveller.device()
    sign_in(traveller, handler, "bajiao_handler")
    yield "day", handler
    open_case(handler, bare)
    move(handler, "panel")
    yield "accepted", handler
    press(handler, "a[href$='/hands/']")
    yield "parts", handler
    press(handler, "a[href='?party=mediator']")
    choose(handler, "[name=unit]", FIRM, traveller.language)
    handler.fill("#hands [name=text]", "请担任调解员, 本周内约双方谈一次。")
    yield "who-mediates", handler
    press(handler, "#hands button[type=submit]")
    yield "consent-asked", handler

    her = traveller.device()
    come_back(her, kept)
    yield "her-consent", her
    press(her, "form[action='/mine/consent/'] button[value=yes]")
    move(her, "meet")
    yield "her-yes", her
    open_case(handler, bare)
    move(handler, "meet")
    yield "both-agreed", handler
    yield from mediated(traveller, bare)

    handler.goto("/today/")
    yield "day-again", handler
    open_case(handler, bare)
    handler.click("#more > summary")
    handler.click("#more details:has(#act_give_back) > summary")
    yield "other-ways", handler
    handler.select_option("#act_give_back [name=ground]", index=1)
    handler.fill("#act_give_back [name=text]", "单位在别的街道, 由区里定。")
    press(handler, "#act_give_back button[type=submit]")
    yield "given-back", handler
    yield from ruled(traveller, bare)
    handler.goto(f"/case/{bare}/")
    yield "no-longer-mine", handler
    her.goto("/find/")
    come_back(her, kept)
    yield "her-story", her


def mediated(traveller: Traveller, bare: str) -> Iterator[tuple[str, Page]]:
    """The mediator sees one task and nothing else, does the steps that are a mediator's, and reports back."""
    mediator = traveller.device()
    sign_in(traveller, mediator, "lawyer")
    yield "tasks", mediator
    press(mediator, f"a[href='/task/{bare}/']")
    yield "task", mediator
    move(mediator, "agree", "双方谈成了: 分两次付清。")
    yield "task-agreed", mediator
    mediator.click("details:has(#finish) > summary")
    mediator.fill("#finish [name=text]", "已主持调解, 双方同意分两次付清。")
    press(mediator, "#finish button[type=submit]")
    yield "task-done", mediator


def ruled(traveller: Traveller, bare: str) -> Iterator[tuple[str, Page]]:
    """The federation reads who gave it back and why, and names who leads."""
    above = traveller.device()
    sign_in(traveller, above, "district_union")
    yield "federation", above
    press(above, f"a[href='/ruling/{bare}/']")
    yield "ruling", above
    above.locator("#ruling [name=unit]").first.check()
    above.fill("#ruling [name=text]", "由区总工会自己办。")
    press(above, "#ruling button[type=submit]")
    yield "named", above


def entered(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """A call is written down, read back, stored, and its slip printed; a visit has a yes and a no."""
    desk = traveller.device()
    sign_in(traveller, desk, "bajiao_handler")
    desk.goto("/enter/")
    yield "enter", desk
    desk.fill("[name=words]", "   ")  # an empty box the browser refuses by itself
    press(desk, "button.button-full[value=read]")
    yield "enter-faults", desk
    desk.fill("[name=words]", "我听不太清, 请写短信。单位少发了两个月工资。")
    desk.select_option("[name=area]", COMMUNITY)
    desk.check("[name=text_only]")
    press(desk, "button.button-full[value=read]")
    yield "enter-read", desk
    desk.check("[name=right]")
    press(desk, "button[value=store]")
    yield "enter-slip", desk
    desk.goto("/visit/")
    yield "visit", desk
    desk.select_option("[name=area]", COMMUNITY)
    desk.select_option("[name='row1-topic']", index=1)
    desk.check("[name='row1-consents'][value=yes]")
    desk.click("#visit details >> nth=0 >> summary")
    desk.fill("[name='row1-words']", "想问一问职工书屋几点开门。")
    desk.select_option("[name='row2-topic']", index=2)
    press(desk, "#visit button.button-full")
    yield "visit-slips", desk


def templates_used(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """A template is kept and set into an answer by one press, behind what was typed."""
    desk = traveller.device()
    sign_in(traveller, desk, "bajiao_handler")
    desk.goto("/texts/")
    desk.fill("#text [name=title]", "首次答复")
    desk.fill("#text [name=text]", "我们已联系您的单位, 三日内再告诉您结果。")
    press(desk, "#text button[type=submit]")
    yield "texts", desk
    desk.goto("/today/")
    press(desk, "a[href^='/case/'] >> nth=0")
    form = desk.locator("form:has(textarea[data-answer])").first
    form.locator("summary").click()
    form.locator("textarea").fill("您好。")
    form.locator("select[name=template]").select_option(label="首次答复")
    if traveller.script:
        form.locator("button[name=insert]").click()  # the page sets it in by itself
    else:
        press(desk, "form:has(textarea[data-answer]) >> nth=0 >> button[name=insert]")
    yield "template-set-in", desk
    written = desk.locator("textarea[data-answer]").first.input_value()
    assert written == "您好。\n我们已联系您的单位, 三日内再告诉您结果。"
