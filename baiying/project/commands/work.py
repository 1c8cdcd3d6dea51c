"""`baiying work`: queued and timed jobs, and the sealer that links the log within a second."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import threading
from types import FrameType
from typing import Any

from baiying.project.errors import Trouble

LOOK_EVERY = 0.3  # seconds between two looks of the sealer
CONCURRENCY = 4
GRACE = 10  # seconds that a running job is given to end
LONGEST = 14.0  # seconds after which the process ends, whatever still waits for a database that is gone
ORPHANED = 2.0  # the same when its launcher was killed: the next one must not find it at work (jobs are rescued)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(chosen: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT."""
    import django

    django.setup()
    from procrastinate.exceptions import ConnectorException

    ending = threading.Event()
    sealer = threading.Thread(target=seal_until, args=[ending], name="sealer", daemon=True)
    sealer.start()
    try:
        asyncio.run(jobs())
    except ConnectorException as error:
        raise Trouble("The worker has lost the database and ends; whoever started it starts it again.") from error
    finally:
        ending.set()
        sealer.join(5)
    return 0


async def jobs() -> None:
    """Run procrastinate's worker with its own connections; it ends its jobs on SIGTERM and SIGINT."""
    from procrastinate.contrib.django import app

    loop = asyncio.get_running_loop()
    connector: Any = app.connector
    with_own = app.with_connector(connector.get_worker_connector())
    async with with_own.open_async() as opened:
        at_work = asyncio.ensure_future(opened.run_worker_async(
            concurrency=CONCURRENCY, delete_jobs="successful", fetch_job_polling_interval=1.0,
            shutdown_graceful_timeout=GRACE, install_signal_handlers=False))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ender(loop, at_work))
        try:
            await at_work
        except asyncio.CancelledError:
            logging.getLogger(__name__).info("The worker was asked to end.")


def ender(loop: asyncio.AbstractEventLoop, at_work: asyncio.Future[None]):  # type: ignore[no-untyped-def]
    """A handler that ends the worker in order, and in the end by force: a database that is gone answers nobody."""
    parent = os.getppid()

    def hear(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(at_work.cancel)
        last = threading.Timer(LONGEST if os.getppid() == parent else ORPHANED, os._exit, [0])
        last.daemon = True
        last.start()

    return hear


def seal_until(ending: threading.Event) -> None:
    """Link committed lines until told to end. A database that is away is waited for."""
    from django.db import DatabaseError, connection

    from baiying.kit import log
    from baiying.kit.errors import Refusal

    told = ""
    while not ending.wait(LOOK_EVERY):
        try:
            log.link_waiting()
            told = ""
        except (DatabaseError, Refusal) as error:
            word = str(error) if isinstance(error, Refusal) else "waits for the database"
            if word != told:
                logging.getLogger(__name__).warning("The sealer of the log: %s", word)
                told = word
            connection.close()
            ending.wait(1)
