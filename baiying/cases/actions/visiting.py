"""下基层访妇情办实事: what is heard on a visit. With her yes, said on the spot, each thing becomes a case of hers, with
a slip; without it one count by topic, community and week, and not a word.

There is no note about a person or a household: a thing heard is a case or it is a number (report section 7).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from baiying.cases.actions.entering import own_unit, planned, store_inside
from baiying.cases.actions.submit import Plan, Receipt, Submission
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, log, moment, sealing
from baiying.kit.errors import Refusal
from baiying.network import queries as network
from baiying.network.models import Unit

MOST_ROWS, OLDEST = 50, timedelta(days=14)
COUNT = """INSERT INTO cases_heard (id, district, area, topic, week, count) VALUES (%s, %s, %s, %s, %s, %s)
           ON CONFLICT (area, topic, week) DO UPDATE SET count = cases_heard.count + excluded.count"""


@dataclass(frozen=True)
class Heard:
    """One thing heard. ``consents``: she said yes to a case of her own; without it no words, no name, no number."""

    topic: str
    words: str = ""
    consents: bool = False
    matter: str | None = None
    phone: str = ""
    name: str = ""
    contact: str = ""
    text_only: bool = False


@dataclass(frozen=True)
class Visit:
    """A visit: the unit that went, the community, the day, and what was heard there."""

    unit_id: UUID
    area: str
    on: date
    rows: tuple[Heard, ...]


def visit(asker: door.Asker, told: Visit, key: str) -> list[Receipt]:
    """Enter what was heard, all of it or nothing; gives a receipt for each thing that became a case, in the order of
    the rows. Sent twice it is once. Raises Unseen, Refusal with the row that cannot be taken."""
    unit = own_unit(asker, told.unit_id)
    check(told)
    visit_id = chance.uuid_for(f"{asker.who}:{key}", "visit")
    plans = [plan_of(asker, told, unit, place, visit_id) for place, row in enumerate(told.rows) if row.consents]
    with door.open(asker):
        once(visit_id)
        known = bool(log.lines_about(visit_id))
        receipts = [store_inside(plan) for plan in plans]
        if not known:
            counted = Counter(row.topic for row in told.rows if not row.consents)
            for topic, count in sorted(counted.items()):
                add(unit.district, told, topic, count)
            log.write("visit.entered", visit_id, asker.name,
                      {"unit": str(unit.id), "cases": [str(one.case_id) for one in receipts],
                       "counted": sum(counted.values())}, None)
        return receipts


def plan_of(asker: door.Asker, told: Visit, unit: Unit, place: int, visit_id: UUID) -> Plan:
    """The case that one row becomes. Raises Refusal, which names the row."""
    row = told.rows[place]
    sent = Submission(key=f"{visit_id}:{place}", words=row.words, matter=row.matter or visit_matter().key,
                      area=told.area, phone=row.phone, name=row.name, contact=row.contact, channel="visit",
                      text_only=row.text_only)
    try:
        if row.phone:
            sealing.phone(row.phone)
        return planned(asker, sent, unit, here=True)
    except Refusal as refusal:
        raise Refusal(_("Row %(row)d: %(why)s"), row=place + 1, why=refusal.sentence) from None


def check(told: Visit) -> None:
    """Whether every row can be taken. Raises Refusal with the first that cannot."""
    if not told.rows or len(told.rows) > MOST_ROWS:
        raise Refusal(_("Please enter at least one thing that was heard, and at most %(most)d at once."),
                      most=MOST_ROWS)
    if network.area(told.area) is None:
        raise Refusal(_("Please choose the community of the visit from the list."))
    if not moment.today() - OLDEST <= told.on <= moment.today():
        raise Refusal(_("Please enter the day of the visit: today or one of the last %(days)d days."), days=OLDEST.days)
    topics = {option.label for option in catalogue.options("topics")}
    for place, row in enumerate(told.rows, start=1):
        if row.topic not in topics:
            raise Refusal(_("Row %(row)d: please choose a topic from the list."), row=place)
        if row.consents and not row.words.strip():
            raise Refusal(_("Row %(row)d: she agreed to a request of her own, so please write down her words."),
                          row=place)
        if not row.consents and any(one.strip() for one in (row.words, row.phone, row.name, row.contact)):
            raise Refusal(_("Row %(row)d: without her yes no words, name or telephone are kept, only a count by topic. "
                            "Ask for her yes, or take them out of this row."), row=place)


def visit_matter() -> flow.Matter:
    """The kind of case that a thing heard becomes when no other is chosen."""
    return next((one for one in catalogue.matters() if one.visit), catalogue.default_matter())


def once(visit_id: UUID) -> None:
    """Let two that send the same visit at once go one after the other, and look at its line of the log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [visit_id.int % 2**63])
    door.look_at(visit_id)


def add(district: str, told: Visit, topic: str, count: int) -> None:
    """One more for the topic in this community and week. No time, no person, no text."""
    week = told.on - timedelta(days=told.on.weekday())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [chance.uuid_for(f"{told.area}:{topic}:{week}", "heard"), district, told.area, topic,
                               week, count])
