"""What the cast asks for: a few live cases, through the same actions as the page. Twice is once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from baiying.cases import actions, queries
from baiying.cases.actions import Receipt, Submission
from baiying.kit import door, moment
from baiying.network import queries as network
from baiying.project.demo.cast import person

FILE = Path(__file__).with_name("needs.toml")


@lru_cache
def told() -> list[dict[str, Any]]:
    """The needs as the file has them."""
    return list(tomllib.loads(FILE.read_text("utf-8"))["need"])


def tell(progress: Callable[[str, int, int], None]) -> list[Receipt]:
    """Send every need of the file at its hour, and let the unit do what the file says it did."""
    now, receipts = moment.now(), []
    for done, need in enumerate(told(), start=1):
        began = now - timedelta(hours=float(need["ago"]))
        with moment.frozen(began):
            receipt = actions.submit(submission(need))
        if not receipt.known:
            for index, step in enumerate(need.get("moves", [])):
                with moment.frozen(began + timedelta(hours=3 * (index + 1))):
                    take(receipt, step, str(index))
        receipts.append(receipt)
        progress("needs", done, len(told()))
    return receipts


def submission(need: dict[str, Any]) -> Submission:
    """A need of the file as it would come from the page."""
    area = need["area"].ljust(12, "0")
    return Submission(
        key=f"demo:{need['person']}", words=need["words"], matter=need.get("matter"), area=area,
        name=person(need["person"]).name, contact=need.get("contact", ""), answers=need.get("answers", {}),
        channel="demo",
    )


def take(receipt: Receipt, step: dict[str, str], key: str) -> None:
    """One move of the unit's own people."""
    post = next(post for post in network.posts_in(receipt.unit.id, moment.today()) if post.holder_id)
    asker = door.Asker(who=post.holder_id, units=frozenset({receipt.unit.id}), roles=frozenset({post.role}))
    view = queries.open_case(asker, receipt.number)
    offer = next(one for one in view.offers if one.move.to == step["to"])
    actions.move(asker, receipt.number, offer.move.key, step["says"], "", key, view.case.version)
