"""What only the desks of staff and partners show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baiying.cases.about import DEMAND
from baiying.cases.models import Task
from baiying.cases.queries import AT_ONCE
from baiying.cases.queries.lines import VERDICTS
from baiying.kit import moment
from baiying.kit.number import ref_of
from baiying.web import day_rows
from baiying.web.templatetags.show import in_english, named, short_day

PAGES = {Task.Kind.ASSIGN: "ruling", Task.Kind.RULE: "ruling", Task.Kind.EXTEND: "extension",
         Task.Kind.SET_ASIDE: "ending", Task.Kind.COMPLAINT: "complaint", Task.Kind.CALL_BACK: "call_back",
         Task.Kind.CLIMB: "climb"}
DONE = {
    "give_back": _("Given back. The level above names who leads; the clocks run on."),
    "transfer": _("Transferred. The person reads where, why and by which article."),
    "retake": _("Put right. The person sees it; if it went to another unit, that one has it now."),
    "recuse": _("You keep out of it: the case has left your lists."),
    "pause": _("Our clocks stand still until the day you named. The person sees it."),
    "resume": _("Our clocks run again."),
    "extend": _("Asked. Until the level above has decided, the clock runs as before."),
    "set_aside": _("Asked. The level above decides; until then all goes on."),
    "call_back": _("Asked. Somebody above calls the person and writes down the verdict."),
    "finish": _("Reported back. The unit that asked and the person read it."),
    "refuse": _("Said, with its ground. The unit that asked looks for another way."),
    "ruling": _("Named. The case stands on that unit's list now, with its clocks as they are."),
    "relative": _("Decided. It stands with its reason on the case."),
    "extension": _("Decided. The unit and the person see it."),
    "ending": _("Decided. The unit sees it, and if it is an end, the person reads why."),
    "complaint": _("Answered. The person reads it; the unit below does not."),
    "visit": _("Counted. Nobody agreed to a request, so no word was kept."),
    "verdict": _("Written down as the person's word. The person can change it."),
}
register = template.Library()


@register.filter
def may(staff: Any, power: str) -> bool:
    """Whether a post held today gives this power: what one may not do is not offered either."""
    return staff is not None and staff.may(power)


@register.filter
def ref(thing: Any) -> str:
    """How a form names a unit or a template: an internal key never leaves the server."""
    return ref_of(thing.id)


@register.filter
def verdict_words(verdict: str) -> str:
    """Her verdict in the reader's language."""
    return str(VERDICTS[verdict]) if verdict in VERDICTS else ""


register.filter("soon", day_rows.soon)
register.filter("band", day_rows.band)
register.filter("queue_row", day_rows.case_row)


@register.filter
def last_day(at: datetime | None) -> str:
    """Until when, in a list: the last day where a day ends the time, else the hour too."""
    if at is None:
        return ""
    here = moment.shanghai(at)
    if (here.hour, here.minute) == (0, 0):
        return short_day((here - timedelta(seconds=1)).date())
    return f"{short_day(here)} {here:%H:%M}"


@register.filter
def task_url(row: Any) -> str:
    """Where a task is done: those of the level above have pages of their own."""
    return reverse(PAGES.get(row.task.kind, "task"), args=[row.address])


@register.filter
def tally(rows: Any) -> str:
    """How many there are; a list that was cut off says so."""
    return f"{len(rows)}+" if len(rows) >= AT_ONCE else str(len(rows))


@register.filter
def clock_of(row: Any) -> str:
    """The clock that a task is about, in the reader's language; empty where it is about none."""
    if row.relative:
        return ""
    if row.task.about.startswith(DEMAND):
        return gettext("an answer about the person's information")
    found = row.matter.clocks.get(row.task.about) if row.task.kind in (Task.Kind.CLIMB, Task.Kind.EXTEND) else None
    return named(found, "label")


@register.filter
def done_said(request: HttpRequest) -> str:
    """What was just done, in a sentence; the address names the act, never words."""
    return str(DONE.get(request.GET.get("done", ""), ""))


@register.filter
def law(duty: Any) -> str:
    """The article behind a duty, in the reader's language."""
    return str((duty.basis_en if in_english() else duty.basis_zh) or duty.basis)


@register.filter
def said_back(question: Any) -> str:
    """An answer as it is read aloud."""
    told = [one for one in question.said if one]
    if question.ask.kind == "yesno":
        return str(_("Yes") if told == ["yes"] else _("No"))
    labels = {option.label: named(option, "label") for option in question.ask.options}
    return ", ".join(labels.get(one, one) for one in told)
