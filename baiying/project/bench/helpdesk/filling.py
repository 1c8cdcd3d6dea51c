"""Fills the other help desk: `python -m baiying.project.bench.helpdesk.filling COUNT` prints a session and a ticket."""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from django.apps import apps

COPIES = {
    "helpdesk_ticket": ("id", "seed.id + n", {}),
    "helpdesk_followup": ("id", "seed.id + n", {"ticket_id": "seed.ticket_id + n"}),
}


def fill(count: int) -> dict[str, object]:
    """One queue, one superuser, ``count`` open tickets with a follow-up each; a session of hers and one ticket."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    who: Any = get_user_model()._default_manager.create_superuser("desk", "desk@example.org", "desk")  # type: ignore[attr-defined]
    queue = model("Queue").create(title="Desk", slug="desk")
    ticket = model("Ticket").create(title="三个月没有发工资", queue=queue, status=1, submitter_email="who@example.org",
                                    description="我在物流园上班, 三个月没有发工资了, 老板一直说再等等。" * 2)
    model("FollowUp").create(ticket=ticket, title="Comment", comment="已经联系", public=True, user=who)
    with connection.cursor() as cursor:
        for table, (key, value, changed) in COPIES.items():
            cursor.execute("SELECT column_name::text FROM information_schema.columns WHERE table_name = %s", [table])
            columns = [str(row[0]) for row in cursor.fetchall()]
            told = {key: value, **changed}
            values = ", ".join(told.get(name, f"seed.{name}") for name in columns)
            cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} seed, "
                           f"generate_series(1, %s) n", [count - 1])
        cursor.execute("ANALYZE")
    session = SessionStore()
    session.update({SESSION_KEY: str(who.pk), HASH_SESSION_KEY: who.get_session_auth_hash(),
                    BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"})
    session.save()
    return {"session": session.session_key, "ticket": ticket.pk}


def model(name: str) -> Any:
    """The manager of one model of the other help desk."""
    return apps.get_model("helpdesk", name)._default_manager


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(int(sys.argv[1]))))
