"""How services are shown: sums in yuan, papers by their names, lengths of time."""

from __future__ import annotations

import calendar

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from baiying.catalogue.promised import promised
from baiying.engine.clock import Rule
from baiying.engine.rules import Answer, Judgement, Limit, Use
from baiying.engine.services import Paper
from baiying.kit import moment
from baiying.services.queries.entitlement import Entitlements, Offer
from baiying.web.templatetags.show import day, in_english, named, span

register = template.Library()
#: How often, in words, as a limit counts.
PERS = {
    "day": lambda: pgettext("limit", "a day"), "month": lambda: pgettext("limit", "a month"),
    "year": lambda: pgettext("limit", "a year"), "life": lambda: pgettext("limit", "in a life"),
    "event": lambda: pgettext("limit", "for one event"), "round": lambda: pgettext("limit", "in a round"),
    "certificate": lambda: pgettext("limit", "for one certificate"),
    "project": lambda: pgettext("limit", "for one project"),
}  # fmt: skip
FEN = 100


@register.filter
def yuan(fen: int) -> str:
    """A sum of fen in yuan, with fen only where there are some."""
    shown = f"{fen // FEN:,}" if fen % FEN == 0 else f"{fen / FEN:,.2f}"
    return _("%(sum)s yuan") % {"sum": shown}


@register.filter
def paper_named(offer: Offer, key: str) -> str:
    """A paper of the service by its key, as the reader calls it."""
    return named(next((one for one in offer.service.papers if one.key == key), None), "label")


@register.filter
def unsure(offer: Offer) -> bool:
    """Whether some source of what is said of the service was not checked."""
    return any(not one.sure and one.key != "house" for one in offer.service.sources)


@register.filter
def needed(offer: Offer) -> tuple[Paper, ...]:
    """What she cannot do without: questions and papers of the service that are hers to bring."""
    return tuple(one for one in offer.service.papers if one.need and not one.by)


@register.filter
def length_said(limit: str) -> str:
    """A length of time of the catalogue in words."""
    return span(Rule.parse(limit))


@register.filter
def not_now(offer: Offer) -> list[str]:
    """Why somebody who is entitled cannot have it on this day, in sentences; none when she can."""
    found = [_used_up(one) for one in offer.used_up]
    window = offer.rule.window
    if not offer.closed or window is None:
        return found
    if window.yearly:
        first, last = (_day_of_year(*one) for one in window.yearly)
        return [*found, _("It is asked for each year from %(first)s to %(last)s.") % {"first": first, "last": last}]
    if window.closes and moment.today() > window.closes:
        return [*found, _("It could be asked for until %(last)s.") % {"last": day(window.closes)}]
    return [*found, _("It can be asked for from %(first)s on.") % {"first": day(window.opens)}]


@register.filter
def to_count(judgement: Judgement) -> list[str]:
    """The limits of which nothing here knows how much is used, in sentences: a person asks and counts."""
    return [_uncounted(one.limit) for one in judgement.limits if one.reached is Answer.UNKNOWN]


def _uncounted(limit: Limit) -> str:
    told = {"most": yuan(limit.most) if limit.most else _("%(n)s times") % {"n": limit.times}, "per": PERS[limit.per]()}
    if limit.of == "household":
        return _(
            "At most %(most)s %(per)s for one household. No files of households are kept here, so a person asks you "
            "whether somebody you live with has had it."
        ) % told
    if limit.of:
        return _("At most %(most)s %(per)s for one unit or group. Whoever handles it counts.") % told
    return _("At most %(most)s %(per)s. Your request says which one it is; it is counted then.") % told


def _day_of_year(month: int, number: int) -> str:
    return f"{number} {calendar.month_abbr[month]}" if in_english() else f"{month}月{number}日"


def _used_up(use: Use) -> str:
    """One limit of which nothing is left."""
    limit = use.limit
    if limit.not_with:
        other = named(promised().services.get(limit.not_with)) or limit.not_with
        return _("You have had “%(other)s”, and the two do not go together.") % {"other": other}
    per = PERS[limit.per]()
    if limit.most:
        return _("Used up: at most %(sum)s %(per)s.") % {"sum": yuan(limit.most), "per": per}
    return _("Used up: at most %(times)s × %(per)s.") % {"times": limit.times, "per": per}


@register.filter
def count(found: Entitlements, kind: str) -> int:
    """How many services stand so."""
    return len(state(found, kind))


@register.filter
def state(found: Entitlements, kind: str) -> tuple[Offer, ...]:
    """The services that stand so."""
    return found.of(kind)
