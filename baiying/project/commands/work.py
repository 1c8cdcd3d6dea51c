"""`baiying work`: queued and timed jobs, and the sealer that links the log within a second."""

from __future__ import annotations

import argparse
import asyncio
import logging
import threading

LOOK_EVERY = 0.3  # seconds between two looks of the sealer
CONCURRENCY = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(chosen: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT."""
    import django

    django.setup()
    ending = threading.Event()
    sealer = threading.Thread(target=seal_until, args=[ending], name="sealer", daemon=True)
    sealer.start()
    try:
        asyncio.run(jobs())
    finally:
        ending.set()
        sealer.join(5)
    return 0


async def jobs() -> None:
    """Run procrastinate's worker with its own connections; it handles the signals."""
    from procrastinate.contrib.django import app

    with_own = app.with_connector(app.connector.get_worker_connector())
    async with with_own.open_async() as opened:
        await opened.run_worker_async(concurrency=CONCURRENCY, delete_jobs="successful",
                                      fetch_job_polling_interval=1.0, shutdown_graceful_timeout=10)


def seal_until(ending: threading.Event) -> None:
    """Link committed lines until told to end. A database that is away is waited for."""
    from django.db import DatabaseError, connection

    from baiying.kit import log

    while not ending.wait(LOOK_EVERY):
        try:
            log.link_waiting()
        except log.ChainCut as cut:  # lines are still written, each with its keyed hash; an operator must look
            logging.getLogger(__name__).error("%s", cut.sentence)
            ending.wait(60)
        except DatabaseError as error:
            logging.getLogger(__name__).warning("The sealer waits for the database: %s", type(error).__name__)
            connection.close()
            ending.wait(1)
