"""How incidents are told."""

from __future__ import annotations

from uuid import UUID

from django import template
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from baiying.engine import flow
from baiying.engine.incidents import Level
from baiying.kit.number import ref_of
from baiying.web.templatetags.show import in_english
from baiying.web.typesetting import chinese

register = template.Library()

SAID: dict[str, Promise] = {
    "written": pgettext_lazy("incident", "Report in writing"),
    "level_set": pgettext_lazy("incident", "Level set"),
    "on_site": pgettext_lazy("incident", "On site"),
    "talks": pgettext_lazy("incident", "Talks"),
    "updated": pgettext_lazy("incident", "Update"),
    "relief": pgettext_lazy("incident", "Relief"),
    "spokesman": pgettext_lazy("incident", "Spoken to the outside"),
    "ended": pgettext_lazy("incident", "Ended"),
    "reviewed": pgettext_lazy("incident", "Review published"),
    "destroyed": pgettext_lazy("incident", "What was learned of people was destroyed"),
}


@register.filter
def event_said(event: str) -> str:
    """What has happened, in words."""
    return str(SAID.get(event, event))


@register.filter
def reported(ask: flow.Ask, said: object) -> str:
    """An answer of the first report, in words."""
    return flow.answer_text(ask, said, in_english())


@register.filter
def ref(key: UUID) -> str:
    """How a form names a row: an internal key never leaves the server."""
    return ref_of(key)


@register.filter
def called(level: Level | None) -> tuple[str, ...]:
    """Whom a level calls in, in the reader's language; Chinese where no English is."""
    if level is None:
        return ()
    return level.calls_en if in_english() and level.calls_en else tuple(chinese(one) for one in level.calls)
