"""Going round all pages in a browser, as each role of the cast: for axe and for pictures."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from playwright.sync_api import Error, Page

from tests import rounds
from tests.browser.journey import CAST, Traveller, sign_in

LINKS = "links => links.map(link => link.getAttribute('href'))"


def roles() -> list[str]:
    """Nobody in particular, then one of the cast for every role and kind of unit that posts are held in."""
    first: dict[frozenset[str], str] = {}
    for one in tomllib.loads(CAST.read_text(encoding="utf-8"))["person"]:
        posts = frozenset(f"{post['role']} {post['unit'].split('.')[0]}" for post in one.get("posts", ()))
        if posts:
            first.setdefault(posts, one["key"])
    return ["", *first.values()]


ROLES = roles()


def tour(traveller: Traveller, who: str) -> Iterator[tuple[str, Page]]:
    """Every page that this person comes to, once for each route; gives (its address as a name, the page)."""
    page, table = traveller.device(), rounds.rows()
    if who:
        sign_in(traveller, page, who)
        table = [row for row in table if row.power != "public"]

    def visit(address: str) -> list[str]:
        try:
            answer = page.goto(address)
        except Error as told:
            if "Download" not in str(told):
                raise
            answer = None  # a file: no page
        shown = answer is not None and answer.ok and "text/html" in (answer.headers.get("content-type") or "")
        landed.append(shown and rounds.row_of(address, table) == rounds.row_of(path_of(page), table))
        return list(page.locator("a[href]").evaluate_all(LINKS)) if landed[-1] else []

    landed: list[bool] = []
    for _row, address in rounds.go_round(table, visit):
        if landed[-1]:
            yield address.strip("/").replace("/", "-").replace("?", "-") or "front", page


def path_of(page: Page) -> str:
    """The path where the page is in the end: being led elsewhere is no page of this address."""
    return "/" + page.url.split("/", 3)[3].split("?")[0].split("#")[0]
