"""Incidents in labour relations, the workers' side: reported, put on a level by a person, worked off, reviewed, and at
last destroyed but for the counts.

Each worker's case stays her own: it joins the frame by a person who may open it, and judges for herself. The frame
keeps a mark of it and no name. Nobody can ask here who leads, who was there, or who knows whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.move import move as move_one
from baiying.cases.actions.tasks import check
from baiying.cases.models import Case, Incident, IncidentDuty, IncidentLine, IncidentMark
from baiying.cases.queries import incidents as queries
from baiying.cases.queries.late import wide
from baiying.catalogue import queries as catalogue
from baiying.engine import clock as engine
from baiying.engine import incidents
from baiying.kit import chance, door, erasures, log, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.number import ref_of
from baiying.network import queries as network

ERRAND = "incidents"
MOST_WORDS, MOST_HOURS = 4000, 72
OVER = _("This incident is over. What is told of it now belongs into its review.")

GONE = _("What was learned of people in this incident was destroyed on its day, so nothing can be added to it. Publish "
         "what is to be said of it without names, somewhere else.")


def report(asker: door.Asker, plan_key: str, raw: Mapping[str, object], known_at: datetime, key: str) -> str:
    """The first report; gives the name of the incident. The same form sent twice is one. Raises Refusal."""
    declaration = catalogue.plans().get(plan_key)
    unit = network.unit(min(asker.units)) if asker.units else None
    if declaration is None or unit is None:
        raise Unseen
    answers, refusals = incidents.read_report(catalogue.plan_of(declaration), raw)
    if refusals:
        first = next(iter(refusals.values()))
        raise Refusal(first.zh if catalogue.speaks_chinese() else first.en)
    if known_at > moment.now():
        raise Refusal(_("The time at which you learned of it lies in the future. Please check it."))
    with door.open(asker):
        incident_id = chance.uuid_for(f"{asker.who}:{key}", "incident")
        one, new = Incident.objects.get_or_create(id=incident_id, defaults={
            "district": unit.district, "ref": ref_of(incident_id), "declaration_id": declaration, "unit": unit,
            "facts": {name: list(said) if isinstance(said, tuple) else said for name, said in answers.items()},
            "known_at": known_at, "reported_at": moment.now()})
        if new:
            log.write("incident.reported", one.id, asker.name, {"unit": str(unit.id)})
        return one.ref


def set_level(asker: door.Asker, ref: str, level: str, words: str, key: str) -> None:
    """A person says how grave it is; the plan has only suggested it. Raises Unseen, Refusal."""
    with door.open(wide(asker)):
        one = going_on(ref)
        if catalogue.plan_of(one.declaration_id).level(level) is None:
            raise Refusal(_("Please choose one of the levels of the plan."))
        one.level = level
        one.save(update_fields=["level"])
        write(one, asker, key, event="level_set", level=level, words=words)


def tell(asker: door.Asker, ref: str, event: str, words: str, key: str) -> None:
    """Something has happened: on site, talks, an update, relief, the end, the review. Raises Unseen, Refusal."""
    with door.open(wide(asker)):
        one = queries.held(ref, lock=True)
        if one.destroyed_at is not None:
            raise Refusal(GONE)
        allowed = ("reviewed",) if one.ended_at is not None and one.reviewed_at is None else ()
        if event not in (allowed if one.ended_at is not None else queries.GOING_ON):
            raise Refusal(OVER)
        if not words.strip():
            raise Refusal(_("Please say in a sentence what has happened: numbers and steps, no names."))
        if event == "ended" and not one.level:
            raise Refusal(_("An incident without a level cannot be ended. Please set the level first."))
        if not write(one, asker, key, event=event, words=words):
            return
        if event == "ended":
            one.ended_at, one.destroy_on = moment.now(), latest_day(one)
        if event == "reviewed":
            one.reviewed_at, one.destroy_on = moment.now(), destroy_day(one, moment.now())
        one.save(update_fields=["ended_at", "reviewed_at", "destroy_on"])


def tick(asker: door.Asker, ref: str, check_key: str, key: str) -> None:
    """A line of the checklist is done; some are done only after the end. Done twice is done once. Raises Unseen,
    Refusal."""
    with door.open(wide(asker)):
        one = queries.held(ref, lock=True)
        if one.reviewed_at is not None or one.destroyed_at is not None:
            raise Refusal(GONE if one.destroyed_at is not None else OVER)
        plan = catalogue.plan_of(one.declaration_id)
        if check_key not in {line.key for line in incidents.checks_of(plan, one.level)}:
            raise Refusal(_("The checklist of this level has no such line."))
        if not IncidentLine.objects.filter(incident=one, check_key=check_key).exists():
            write(one, asker, key, check_key=check_key)


def put_on_duty(asker: door.Asker, ref: str, person: str, hours: int, key: str) -> None:
    """A colleague of one's own units is on duty from now on, for so many hours. Raises Unseen, Refusal."""
    if not 1 <= hours <= MOST_HOURS:
        raise Refusal(_("Please choose 1 to %(most)d hours."), most=MOST_HOURS)
    posts = [post for unit in asker.units for post in network.posts_in(unit, moment.today())]
    post = next((each for each in posts if ref_of(each.id) == person), None)
    if post is None or post.holder_id is None:
        raise Refusal(_("Please choose a colleague who holds a post here today."))
    with door.open(wide(asker)):
        one = going_on(ref)
        IncidentDuty.objects.get_or_create(
            id=chance.uuid_for(f"{one.id}:{post.id}:{key}", "incident_duty"),
            defaults={"incident": one, "unit_id": one.unit_id, "person_id": post.holder_id, "since": moment.now(),
                      "until": moment.now() + timedelta(hours=hours)})


def join(asker: door.Asker, ref: str, numbers: Iterable[str], key: str) -> tuple[int, int]:
    """Let cases that the asker may open stand in the frame; gives how many it has let in, and how many it cannot.

    Which of the numbers could not be let in is not said: an unseen case and none at all look alike.
    """
    with door.open(wide(asker)):
        one = going_on(ref)
    found = own_cases(asker, numbers)
    with door.open(wide(asker)):
        for case in found:
            IncidentMark.objects.get_or_create(id=queries.mark_of(one, case).id,
                                               defaults={"incident": one, "unit_id": one.unit_id})
        log.write("incident.joined", one.id, asker.name, {"count": len(found)})
    return len(found), len({*filter(None, numbers)}) - len(found)


def leave(asker: door.Asker, ref: str, numbers: Iterable[str]) -> int:
    """Take cases out of the frame again; gives how many were in it."""
    with door.open(wide(asker)):
        one = going_on(ref)
    marks = [queries.mark_of(one, case).id for case in own_cases(asker, numbers)]
    with door.open(wide(asker)):
        gone, _each = IncidentMark.objects.filter(incident=one, id__in=marks).delete()
        log.write("incident.left", one.id, asker.name, {"count": gone})
    return gone


def own_cases(asker: door.Asker, numbers: Iterable[str]) -> list[Case]:
    """The cases of these numbers that the asker may open."""
    known = []
    for typed in dict.fromkeys(filter(None, numbers)):
        try:
            known.append(access.read(typed))
        except Refusal:
            continue
    with door.open(asker):
        return list(access.visible(asker).filter(number__in=known, ended=False).defer("words"))


def step_all(asker: door.Asker, ref: str, step_key: str, text: str, answers: Mapping[str, object],
             key: str) -> tuple[int, int]:
    """Take one step in every case of the frame that the asker leads and that stands where it begins; gives how many it
    was taken in and how many were left as they are. Each in its own transaction, each to be judged by her who asked.

    Raises Unseen, Refusal.
    """
    if text:
        check(text)
    with door.open(wide(asker)):
        one = queries.held(ref)
    cases = queries.cases_in(asker, one)
    step = next((each for each in queries.steps_of(cases) if each.key == step_key), None)
    if step is None:
        raise Refusal(_("None of your cases in this incident can take this step now. Please look at the page again."))
    taken, left = 0, 0
    for case in cases:
        if (catalogue.matter_of(case.declaration_id).key, case.stage) != (step.matter.key, step.stage.key):
            continue
        try:
            move_one(asker, case.number, step.move.key, text, "", f"{key}:{one.ref}", case.version, answers)
            taken += 1
        except Refusal:
            left += 1
    if not taken:
        raise Refusal(_("This step went through in none of them. Something it asks for is missing: please look again."))
    return taken, left


def destroy_due() -> int:
    """Destroy what was learned of people in every incident whose day has come; gives how many. The job of every day."""
    with door.errand(ERRAND):
        over = list(Incident.objects.filter(destroy_on__lte=moment.today(), destroyed_at=None)
                    .values_list("id", flat=True))
    for incident_id in over:
        destroy(incident_id)
    return len(over)


def destroy(incident_id: UUID) -> int:
    """Words, facts, roster and marks go; level, days and counts stay, and a line of the log proves it. Gives 1 when
    there was something to destroy. A restore of an older backup does it again (kit.erasures)."""
    with door.errand(ERRAND):
        one = Incident.objects.select_for_update().get(id=incident_id)
        if one.destroyed_at is not None:
            return 0
        marks = IncidentMark.objects.filter(incident=one)
        one.counts = {"cases": marks.count(), "workers": one.facts.get("workers"), "lines":
                      IncidentLine.objects.filter(incident=one).count()}
        marks.delete()
        IncidentDuty.objects.filter(incident=one).delete()
        IncidentLine.objects.filter(incident=one).update(words="")
        one.facts, one.destroyed_at = {}, moment.now()
        one.save(update_fields=["counts", "facts", "destroyed_at"])
        IncidentLine.objects.create(id=chance.uuid_for(f"{one.id}", "incident_destroyed"), incident=one,
                                    unit_id=one.unit_id, at=one.destroyed_at, event="destroyed")
        log.write("incident.destroyed", one.id, door.asker().name, one.counts)
        erasures.note("incident", one.id)
        return 1


def readable() -> list[UUID]:
    """Every incident in which something is left to destroy: what a restore compares with the ledger of erasures."""
    with door.errand(ERRAND):
        return list(Incident.objects.filter(destroyed_at=None).values_list("id", flat=True))


def going_on(ref: str) -> Incident:
    """The incident, locked, while it goes on. Raises Unseen, Refusal."""
    one = queries.held(ref, lock=True)
    if one.ended_at is not None:
        raise Refusal(OVER)
    return one


def destroy_day(one: Incident, reviewed: datetime | date) -> date | None:
    """The day that the plan gives, reckoned from the review."""
    word = catalogue.plan_of(one.declaration_id).clocks[incidents.DESTROY]
    return engine.reckon(word.rule, reviewed, catalogue.calendar()).due_on


def latest_day(one: Incident) -> date | None:
    """The day on which it goes even if nobody publishes a review: reckoned from the last day for the review, so that
    whoever forgets the review does not keep by it what the law wants destroyed (L-TF art. 85)."""
    clocks = catalogue.plan_of(one.declaration_id).clocks
    last = next((word for word in clocks.values() if "reviewed" in word.until and "ended" in word.starts), None)
    due = engine.reckon(last.rule, moment.now(), catalogue.calendar()).due_on if last is not None else None
    return destroy_day(one, due or moment.now())


def write(one: Incident, asker: door.Asker, key: str, *, event: str = "", check_key: str = "", level: str = "",
          words: str = "") -> bool:
    """One more line of the incident; says whether it is new. The same form sent twice is one line."""
    if len(words) > MOST_WORDS:
        raise Refusal(_("Please keep the text under %(most)d characters."), most=MOST_WORDS)
    _line, new = IncidentLine.objects.get_or_create(
        id=chance.uuid_for(f"{one.id}:{asker.who}:{key}:{event}:{check_key}:{level}", "incident_line"),
        defaults={"incident": one, "unit_id": one.unit_id, "at": moment.now(), "event": event, "check_key": check_key,
                  "level": level, "words": words.strip(), "by_unit_id": min(asker.units)})
    if new:
        log.write(f"incident.{event or 'checked'}", one.id, asker.name, {"level": level, "check": check_key})
    return new
