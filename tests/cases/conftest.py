"""A need of the cast, and the people of the unit that leads it."""

from __future__ import annotations

import shutil
from uuid import UUID

import pytest

from baiying.cases import actions
from baiying.cases.actions import Receipt, Submission
from baiying.catalogue import queries as catalogue
from baiying.catalogue.actions import load
from baiying.kit import door, moment, number
from baiying.kit import queries as kit
from baiying.network import queries as network

COMMUNITY = "110107003037"  # 八角南里社区


def matters_where(test) -> str:
    """The key of the first matter that the test accepts: tests know matters by what they are, not by name."""
    return next(matter.key for matter in catalogue.matters() if test(matter))


@pytest.fixture
def send(db):
    """Send a need; gives its receipt."""
    def sending(words: str = "三个月没有发工资了。", key: str = "one", **named) -> Receipt:
        return actions.submit(Submission(key=key, words=words, **{"area": COMMUNITY, **named}))
    return sending


@pytest.fixture
def trial(db, settings, tmp_path) -> str:
    """The key of a matter with every kind of clock, in force for this test beside the product's own."""
    from tests.cases.trial import KEY, TOML

    folder = tmp_path / "catalogue"
    shutil.copytree(settings.BAIYING_CATALOGUE, folder)
    (folder / "matters" / f"{KEY}.toml").write_text(TOML, encoding="utf-8")
    load(folder)
    return KEY


@pytest.fixture
def guarded_matter(db) -> str:
    return matters_where(lambda matter: matter.privacy == "P3" and matter.safe)


def entry(receipt: Receipt) -> bytes:
    return number.entry(receipt.number, receipt.code)


def people_of(unit_id: UUID) -> door.Asker:
    """Somebody who holds a post in this unit today: one that opens cases where there is any."""
    held = [post for post in network.posts_in(unit_id, moment.today()) if post.holder_id]
    post = next((one for one in held if "case.open" in kit.powers_of([one.role])), held[0])
    return door.Asker(who=post.holder_id, units=frozenset({unit_id}), roles=frozenset({post.role}))
