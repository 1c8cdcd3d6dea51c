"""The pages of the documentation, and what stands in them: links, code, names."""

from __future__ import annotations

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
READMES = (CHECKOUT / "README.md", CHECKOUT / "README.zh.md")
PAGES = (*READMES, *sorted((CHECKOUT / "docs").rglob("*.md")))
MADE = {CHECKOUT / "docs" / "powers.md"}  # by tools/powers.py, which has a test of its own
WRITTEN = tuple(page for page in PAGES if page not in MADE)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")


def told(page: Path) -> str:
    return str(page.relative_to(CHECKOUT))


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str = "") -> list[str]:
    """The fenced blocks of one language; those without a language are commands and what they answer."""
    return [body for found, body in FENCE.findall(text(page)) if found == language]


def inline(page: Path) -> list[str]:
    """What stands between single backquotes in the running text."""
    return INLINE.findall(FENCE.sub("", text(page)))


def links(page: Path) -> list[str]:
    """The targets of links and pictures, without places inside a page; none of the outside."""
    found = [link or source for link, source in LINK.findall(FENCE.sub("", text(page)))]
    return [target.split("#")[0] for target in found if "://" not in target and not target.startswith("#")]
