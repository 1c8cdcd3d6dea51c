"""What the log costs: a submission with its line and the same one without, in turn, in one process on one database.

The line is written unlinked, in the submission's own transaction; the sealer links it later in another process. The
whole way of a submission is gone: middleware, form, action, commit with full durability.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import models

from baiying.project.bench.installation import installation
from baiying.project.bench.submit import WORDS, choice

ROUNDS, COUNT = 15, 120
TARGET = 0.10


def measure(count: int = COUNT) -> dict[str, Any]:
    """The share of a submission that its line of the log takes: median over the rounds, and their quartiles."""
    with installation():
        matter, area = choice()
        shares, rates = list[float](), list[float]()
        for number in range(-1, ROUNDS):  # the first is a warm-up and not counted
            kept, without = one_round(number, count, matter, area)
            if number >= 0:
                shares.append((kept - without) / kept)
                rates.append(count / kept)
    low, middle, high = statistics.quantiles(shares, n=4)
    return {"log_share_of_submit": round(middle, 3), "quartiles": [round(low, 3), round(high, 3)],
            "target_share": TARGET, "submit_per_second": round(statistics.median(rates), 1), "rounds": ROUNDS,
            "submissions_a_round": count, "met": middle < TARGET}


def one_round(number: int, count: int, matter: str, area: str) -> tuple[float, float]:
    """Seconds with and without the line, one submission of each in turn, so that both meet the same machine."""
    from django.test import Client

    browser, kept, without = Client(SERVER_NAME="localhost"), 0.0, 0.0
    for index in range(count):
        kept += seconds(browser, f"{number}-{index}-kept", matter, area)
        with no_line():
            without += seconds(browser, f"{number}-{index}-without", matter, area)
    return kept, without


def seconds(browser: Any, name: str, matter: str, area: str) -> float:
    """How long one submission takes; it must have been taken."""
    import uuid

    key = uuid.uuid5(uuid.NAMESPACE_OID, name).hex
    told = {"words": WORDS, "key": key, "matter": matter, "area": area, "phone": ""}
    began = time.perf_counter()
    answer = browser.post("/", told)
    took = time.perf_counter() - began
    if answer.status_code != 302:
        raise RuntimeError(f"a submission was answered with {answer.status_code}")
    return took


@contextmanager
def no_line() -> Iterator[None]:
    """For the time of a block nothing is written to the log. Only here: the product has no such switch."""
    from baiying.kit import inserting, log

    def insert(rows: Sequence[models.Model]) -> None:
        real([row for row in rows if row is not None])

    real = inserting.insert
    with mock.patch.object(log, "line", lambda *words, **named: None), mock.patch.object(inserting, "insert", insert):
        yield
