"""The jobs of some days, run by hand in the order of their hours; and what the queue was given."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import connection

from baiying.jobs import figures, ladder, network, reminders, retention, search, sweep, tell_her
from baiying.kit import moment
from baiying.project.leaks import stillness

DAILY = (search.search, ladder.ladder, reminders.reminders, retention.retention, figures.figures, figures.recount,
         sweep.sweep)
WAITING = "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"


def run_days() -> None:
    """Every job, on every day from the deed to the walk."""
    day = stillness.BEGAN
    while (day := day + timedelta(days=1)) < stillness.LATER:
        run(day)
    with moment.frozen(day):
        network.settle_network(0)


def run(day: datetime = stillness.BEGAN + timedelta(hours=1)) -> None:
    """Every job once, and whatever waits in the queue for somebody to be told."""
    with moment.frozen(day):
        for job in DAILY:
            job(0)
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            waiting = cursor.fetchall()
            for _key, name, told in waiting:
                if name == "tell_her":
                    tell_her.tell_her(**json.loads(told))
            cursor.execute("UPDATE procrastinate_jobs SET status = 'cancelled' WHERE status = 'todo'")
