"""The engine refuses in two languages; whoever reads is told in her own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit.errors import Refusal

T = TypeVar("T")


def refused_as_sentence(work: Callable[[], T]) -> T:
    """What the engine answers; its refusal as a sentence of the kit. Raises Refusal."""
    try:
        return work()
    except flow.Refused as refused:
        raise Refusal(refused.zh if catalogue.speaks_chinese() else refused.en) from None
