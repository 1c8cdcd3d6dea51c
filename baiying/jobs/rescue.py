"""A job whose worker was killed is taken up again; procrastinate leaves it lying (its design)."""

from __future__ import annotations

from procrastinate.contrib.django import app

SILENCE = 30.0  # seconds without a sign of life of the worker


def rescue(timestamp: int) -> None:
    """Put every job of a silent worker back into the queue."""
    for job in app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        app.job_manager.retry_job(job)
