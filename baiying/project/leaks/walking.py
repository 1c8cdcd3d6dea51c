"""One world is walked: everybody asks for everything, each request is undone before the next."""

from __future__ import annotations

import contextlib
import pickle
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from baiying.kit import moment
from baiying.network import queries as network
from baiying.project.leaks import people, stillness
from baiying.project.leaks.answers import Answer, read
from baiying.project.leaks.seed import Seed
from baiying.project.leaks.walk import Ask, Step

Key = tuple[str, str]  # (walker, step)
Tell = Callable[[int], None]
BROKEN = 500


@dataclass
class Walked:
    """What everybody was answered in one world, and what went out by message when its jobs ran."""

    answers: dict[Key, Answer] = field(default_factory=dict)
    sent: stillness.Sent = field(default_factory=list)

    def save(self, path: Path) -> None:
        path.write_bytes(pickle.dumps(self))

    @classmethod
    def load(cls, path: Path) -> Walked:
        found = pickle.loads(path.read_bytes())  # made by a child of this very process, in a folder of its own
        assert isinstance(found, cls)
        return found


def walk(seed: Seed, walkers: Iterable[people.Walker], asked: Mapping[str, Iterable[Step]], later: bool,
         chance: stillness.Chance) -> Walked:
    """Walk this process's database. ``asked``: the steps of each walker, by her key."""
    found = Walked()
    entries = {key: case.entry.hex() for key, case in seed.cases.items()} | {"outsider": seed.way.hex()}
    with moment.frozen(stillness.LATER if later else stillness.WALKED):
        for walker in walkers:
            with transaction.atomic(), posts_read_once():
                chance.begin(walker.key)
                browser = people.come(walker, entries, seed.logins)
                for step in asked[walker.key]:
                    chance.begin(f"{walker.key} {step.name}")
                    for turn, answer in enumerate(undone(browser, step)):
                        found.answers[walker.key, f"{step.name} [{turn}]" if turn else step.name] = answer
                transaction.set_rollback(True)
    return found


@contextlib.contextmanager
def posts_read_once() -> Iterator[None]:
    """Inside, the posts of somebody are read once: the guard asks for them at each of her many hundred requests, and
    none of them lasts."""
    with patch.object(network, "posts_of", cache(network.posts_of)):
        yield


def undone(browser: Client, step: Step) -> list[Answer]:
    """Ask in a copy of her browser, and let nothing remain."""
    stillness.forget()
    kept = dict(browser.cookies.items())
    with transaction.atomic():
        answers = [read(ask(browser, one)) for one in step.asks]
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.update(kept)
    return answers


def ask(browser: Client, one: Ask) -> HttpResponseBase:
    headers = dict(one.headers)
    if any(one.basic):
        headers["Authorization"] = "Basic " + b64encode(":".join(one.basic).encode()).decode()
    if one.text:
        return browser.post(one.path, one.text, content_type="application/json", headers=headers)
    if one.typed is None:
        return browser.get(one.path, headers=headers)
    return browser.post(one.path, dict(one.typed), headers=headers)


def quiet_sign_in() -> None:
    """Django notes the last login by its own clock; nothing of ours shows it."""
    user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
