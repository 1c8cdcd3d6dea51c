"""Take the two pictures of the README from a running demo.

`make run` in one terminal; in another, with a handler's login and password as the first one printed them:
`.venv/bin/python docs/pictures/take.py http://127.0.0.1:8000 he.yingsheng PASSWORD`
"""

from __future__ import annotations

import shutil
import sys
import tomllib
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
NEEDS = HERE.parents[1] / "baiying" / "project" / "demo" / "needs.toml"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1100, "height": 640}


def main(address: str, login: str, password: str) -> None:
    """Photograph the box on a phone and the handler's day on a desk."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        front(browser, address)
        today(browser, address, login, password)
        browser.close()


def front(browser: Browser, address: str) -> None:
    """The front page with a need of the demo's cast in the box; it is not sent."""
    words = tomllib.loads(NEEDS.read_text("utf-8"))["need"][0]["words"]
    page = browser.new_page(viewport=PHONE, device_scale_factor=1.5, locale="zh-CN")
    page.goto(address)
    page.locator("textarea[name=words]").fill(words)
    page.screenshot(path=HERE / "front-360.png")


def today(browser: Browser, address: str, login: str, password: str) -> None:
    """The day's list of one handler."""
    page = browser.new_page(viewport=DESK, locale="zh-CN")
    page.goto(f"{address}/in/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    page.screenshot(path=HERE / "handler.png")


if __name__ == "__main__":
    main(*sys.argv[1:4])
