"""A job whose worker was killed is taken up again; procrastinate leaves it lying (its design)."""

from __future__ import annotations

from procrastinate import JobContext

SILENCE = 30.0  # seconds without a sign of life of the worker


async def rescue(context: JobContext, timestamp: int) -> None:
    """Put every job of a silent worker back into the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        await manager.retry_job(job)
