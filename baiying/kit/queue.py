"""Putting a job into the queue, in the caller's transaction: it exists if and only if what caused it does."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app


def later(name: str, **ids: str) -> None:
    """Queue the job of this name. It takes ids only: what it needs it reads itself when it runs."""
    app.configure_task(name, allow_unknown=True).defer(**ids)


def at(when: datetime, name: str, **ids: str) -> None:
    """Queue the job of this name for a later moment."""
    app.configure_task(name, allow_unknown=True, schedule_at=when).defer(**ids)
