"""Every hour, the first time a minute after midnight in Shanghai: dated changes of the network that fall due."""

from __future__ import annotations

from baiying.network import actions


def settle_network(timestamp: int) -> None:
    """Tell what took effect, and once more of every closed or empty unit, so that no work ever lies there."""
    actions.settle(again=True)
