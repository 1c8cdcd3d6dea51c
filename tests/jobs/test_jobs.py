"""Jobs: queued in the transaction of what causes them, with ids only; taken up again when a worker was killed."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from baiying.cases import actions
from baiying.cases.actions import Submission
from baiying.jobs import timetable
from baiying.kit import moment, queue
from tests.cases.conftest import COMMUNITY, matters_where


def waiting(name: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=name, status="todo"))


def test_a_job_is_queued_if_and_only_if_what_caused_it_is_committed(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        queue.later("tell_her", case="x")
        raise RuntimeError("what caused it fails")
    assert waiting("tell_her") == []
    with transaction.atomic():
        queue.later("tell_her", case="x")
    assert [job.args for job in waiting("tell_her")] == [{"case": "x"}]


def test_she_is_told_by_her_telephone_and_the_console_shows_it_masked(db, capsys):
    with moment.frozen(datetime(2026, 3, 2, 12, tzinfo=moment.SHANGHAI)):
        receipt = actions.submit(Submission(key="k", words="工资", area=COMMUNITY, phone="138 0000 0000"))
        actions.tell_her(str(receipt.case_id))
    told = capsys.readouterr().err
    assert "13800000000" not in told.replace(" ", "") and "****" in told
    assert "工资" not in told


def test_without_a_telephone_nothing_is_sent(db, capsys):
    receipt = actions.submit(Submission(key="k", words="工资", area=COMMUNITY))
    actions.tell_her(str(receipt.case_id))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("told", [{"words": "他打我"}, {"contact": "不要发短信"}, {"matter": "safe"}])
def test_no_telephone_lights_up_by_itself_where_that_may_put_her_in_danger(db, capsys, told):
    if "matter" in told:
        told = {"matter": matters_where(lambda matter: matter.safe)}
    named = {"words": "有难处", **told}
    receipt = actions.submit(Submission(key="k", area=COMMUNITY, phone="138 0000 0000", **named))
    actions.tell_her(str(receipt.case_id))
    assert capsys.readouterr().err == ""


def test_every_job_of_the_timetable_is_known_by_name():
    names = {"tell_her", "ladder", "reminders", "rescue", "retention", "sweep"}
    assert names <= set(app.tasks)
    assert timetable.__doc__


def test_the_jobs_of_a_worker_that_was_killed_are_put_back(committed_db, monkeypatch):
    """A worker takes a job and never gives a sign of life again; the rescue puts the job back into the queue."""
    from django.db import connection

    queue.later("tell_her", case="x")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
                       [moment.now() - timedelta(minutes=5)])
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    assert waiting("tell_her") == []

    async def rescue() -> None:
        with_own = app.with_connector(app.connector.get_worker_connector())
        async with with_own.open_async() as opened:
            await timetable.rescue(type("Context", (), {"app": opened})(), 0)  # type: ignore[arg-type]

    asyncio.run(rescue())
    assert len(waiting("tell_her")) == 1
