"""Photograph every page, in both languages, at 360 and 1280 px, into build/shots/. Run: make shots

Starts the demo on a data folder and a port of its own, walks the ways of tests/browser/journey.py and stops it.
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
from tests.browser import hers, journey  # noqa: E402

WALKS = [(language, size) for language in ("zh-hans", "en") for size in (journey.PHONE, journey.DESKTOP)]


def walk(traveller: journey.Traveller) -> Iterator[tuple[str, Page]]:
    """Every page of everybody."""
    yield from journey.open_to_all(traveller)
    yield from journey.request_to_verdict(traveller)
    yield from journey.in_danger(traveller)
    for way in (hers.protected, hers.account, hers.complaint, hers.letter):
        yield from way(traveller)
    for place, key in enumerate(journey.matters_with_questions(traveller), start=1):
        for name, page in journey.matter_asked_for(traveller, key):
            yield f"{name}-{place}", page


def photograph(browser: Browser, running: live.Live, language: str, size: tuple[int, int], bar: tqdm) -> None:
    """One walk, a picture at each step."""
    traveller = journey.Traveller(browser, running.address, size, running.accounts(), language)
    folder = SHOTS / f"{language}-{size[0]}"
    folder.mkdir(parents=True, exist_ok=True)
    for count, (name, page) in enumerate(walk(traveller), start=1):
        page.screenshot(path=folder / f"{count:02}-{name.replace('/', '-')}.png", full_page=True)
        bar.update()
    traveller.leave()


def main() -> None:
    data = live.new_folder()
    running = live.start(data, live.free_port())
    try:
        with sync_playwright() as playwright, tqdm(unit=" pictures", file=sys.stderr) as bar:
            browser = playwright.chromium.launch(executable_path=journey.CHROMIUM, args=journey.ARGUMENTS)
            for language, size in WALKS:
                photograph(browser, running, language, size, bar)
            browser.close()
    finally:
        running.stop()
        live.remove(data)
    print(f"{SHOTS}: {len(list(SHOTS.rglob('*.png')))} pictures")


if __name__ == "__main__":
    main()
