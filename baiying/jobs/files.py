"""Every night: what a broken-off upload left on the disk is taken away."""

from __future__ import annotations

from baiying.cases.actions.files import sweep_orphans


def sweep_files(timestamp: int) -> None:
    """Remove blobs that no row names."""
    sweep_orphans()
