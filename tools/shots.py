"""Photograph every page, in both languages, at 360 and 1280 px, into build/shots/. Run: make shots

Starts the demo on a data folder and a port of its own, walks the ways of tests/browser/journey.py, goes round every
route of docs/powers.md as each role, prints the slips, closes the house for a moment, and stops it. Words behind the
command choose: `tools/shots.py rounds`, `tools/shots.py ways`, `tools/shots.py paper`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SHOTS = CHECKOUT / "build" / "shots"
sys.path.insert(0, str(CHECKOUT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - the path comes first
from tqdm import tqdm  # noqa: E402

from tests import live  # noqa: E402
from tests.browser import hands, hers, journey, touring  # noqa: E402

WALKS = [(language, size) for language in ("zh-hans", "en") for size in (journey.PHONE, journey.DESKTOP)]


def walk(traveller: journey.Traveller) -> Iterator[tuple[str, Page]]:
    """Every page of everybody."""
    yield from journey.open_to_all(traveller)
    yield from journey.request_to_verdict(traveller)
    yield from journey.in_danger(traveller)
    for way in (hers.protected, hers.account, hers.complaint, hers.letter, hands.several_hands, hands.entered,
                hands.templates_used):
        yield from way(traveller)
    for place, key in enumerate(journey.matters_with_questions(traveller), start=1):
        for name, page in journey.matter_asked_for(traveller, key):
            yield f"{name}-{place}", page


def rounds(traveller: journey.Traveller) -> Iterator[tuple[str, Page]]:
    """Every route with a page, as nobody and as each role."""
    for who in touring.ROLES:
        for name, page in touring.tour(traveller, who):
            yield f"{who or 'anybody'}-{name}", page


def paper(traveller: journey.Traveller) -> Iterator[tuple[str, Page]]:
    """What is printed, as it looks on paper."""
    for name, page in journey.request_to_verdict(traveller):
        if name in ("receipt", "slip", "case"):
            if name == "case":
                page.goto(page.url.split("?")[0] + "print/")
            page.emulate_media(media="print")
            yield f"paper-{name}", page
            page.emulate_media(media="screen")


WAYS = {"ways": walk, "rounds": rounds, "paper": paper}


def photograph(browser: Browser, running: live.Live, way: str, language: str, size: tuple[int, int], bar: tqdm) -> None:
    """One walk, a picture at each step."""
    traveller = journey.Traveller(browser, running.address, size, running.accounts(), language)
    folder = SHOTS / f"{language}-{size[0]}"
    folder.mkdir(parents=True, exist_ok=True)
    for count, (name, page) in enumerate(WAYS[way](traveller), start=1):
        page.screenshot(path=folder / f"{way}-{count:03}-{name.replace('/', '-')}.png", full_page=True)
        bar.update()
    traveller.leave()


def closed(browser: Browser, running: live.Live) -> None:
    """The page while the operator has closed the house."""
    assert running.command("maintenance", "on", "--say", "今晚十点前恢复。").returncode == 0
    for language, size in WALKS:
        traveller = journey.Traveller(browser, running.address, size, running.accounts(), language)
        page = traveller.device()
        page.goto("/")
        page.screenshot(path=SHOTS / f"{language}-{size[0]}" / "closed.png", full_page=True)
        traveller.leave()
    assert running.command("maintenance", "off").returncode == 0


def main() -> None:
    data = live.new_folder()
    running = live.start(data, live.free_port())
    try:
        with sync_playwright() as playwright, tqdm(unit=" pictures", file=sys.stderr) as bar:
            browser = playwright.chromium.launch(executable_path=journey.CHROMIUM, args=journey.ARGUMENTS)
            for way in sys.argv[1:] or WAYS:
                for language, size in WALKS:
                    photograph(browser, running, way, language, size, bar)
            closed(browser, running)
            browser.close()
    finally:
        running.stop()
        live.remove(data)
    print(f"{SHOTS}: {len(list(SHOTS.rglob('*.png')))} pictures")


if __name__ == "__main__":
    main()
