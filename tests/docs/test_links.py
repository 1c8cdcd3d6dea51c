"""Every link leads somewhere, every page can be found, every picture is small and there."""

from __future__ import annotations

import struct

import pytest

from tests.docs.pages import CHECKOUT, PAGES, READMES, links, text, told

MOST_BYTES = 200_000


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_every_link_and_picture_of_a_page_exists(page):
    assert not [target for target in links(page) if not (page.parent / target).exists()]


def test_every_page_can_be_reached_from_the_readme():
    reached, todo = set(), [READMES[0]]
    while todo:
        page = todo.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            todo += [(page.parent / target).resolve() for target in links(page)]
    assert not {told(page) for page in PAGES} - {told(page) for page in reached}


def test_both_readmes_lead_to_the_same_places():
    english, chinese = (set(links(page)) - {"README.md", "README.zh.md"} for page in READMES)
    assert english == chinese
    assert "README.zh.md" in links(READMES[0])[:1] and "README.md" in links(READMES[1])[:1]


def test_the_pictures_are_small_and_the_phone_is_360_wide():
    pictures = {path.name: path.read_bytes() for path in (CHECKOUT / "docs" / "pictures").glob("*.png")}
    assert {"front-360.png", "handler.png"} <= set(pictures)
    assert not [name for name, content in pictures.items() if len(content) > MOST_BYTES]
    width = struct.unpack(">I", pictures["front-360.png"][16:20])[0]
    assert width % 180 == 0, "taken at 360 px, at a scale of halves"


def test_every_decision_says_context_decision_and_consequences_on_one_page():
    folder = CHECKOUT / "docs" / "decisions"
    numbered = sorted(folder.glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in numbered] == list(range(1, len(numbered) + 1))
    for page in numbered:
        said = text(page)
        assert all(f"**{part}.**" in said for part in ("Context", "Decision", "Consequences")), told(page)
        assert len(said.split()) < 400, told(page)
        assert said.splitlines()[0] == f"# {page.name[:4]} " + said.splitlines()[0][7:]
