"""The line of a case in a list of cases, as one piece of markup.

A list has up to a hundred of them, and a template that is included for each costs more than all the rest of the page;
so the words are put together here and set into the markup at once. Everything set in is escaped.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from baiying.cases.queries import Row, TaskRow
from baiying.kit import moment
from baiying.web.templatetags.show import icon, last_moment, named, short_day

SOON = timedelta(hours=48)  # before its end a clock is marked as soon due
LINE = (
    '<li class="queue-row{look}"><a href="{address}"><span class="queue-due">{due}</span>'
    '<span class="queue-what"><span class="strong">{matter}</span>{band} <span class="small soft">{stage}</span>'
    '<br>{gist}</span>'
    '<span class="queue-where small soft">{area}<br><span class="nowrap">{number}</span></span></a></li>'
)
TAG = '<span class="tag{}">{}</span>'
STRONG = '<span class="strong">{}</span>'
SOFT = '<span class="small soft">{}</span>'
SEALED = '<span class="soft">{} {}</span>'
NUMBER = "NUMBER"


def case_row(row: Row) -> SafeString:
    """One case on a line: by when, what, where. Of a protected one that nobody holds: by when, and its number."""
    if row.free:
        return free_row(row)
    late, near, track = row.late, soon(row), band(row)
    return format_html(
        LINE, look=" queue-late" if late else " queue-soon" if near else "", address=address_of(row.address),
        due=due_said(row, late, near), matter=named(row.matter),
        band=format_html(" " + TAG, " tag-warm", track) if track else "", stage=named(row.stage, "label"),
        gist=row.gist or protected(), area=row.area, number=row.number,
    )


def free_row(row: Row) -> SafeString:
    """A protected case that waits to be taken; its line leads to the page on which it is."""
    due = format_html(STRONG, last_moment(row)) if row.due_at is not None else format_html(SOFT, _("no clock"))
    return format_html(
        LINE, look=" queue-late" if row.late else " queue-soon" if soon(row) else "",
        address=reverse("take", args=[row.address]), due=due, matter=_("a protected case waits to be taken"), band="",
        stage="",
        gist=format_html(SEALED, icon("lock"), _("whoever takes it holds it; she who asked sees who that is")),
        area="", number=row.number)


def due_said(row: Row, late: bool, near: bool) -> SafeString:
    """By when, or why there is no such day."""
    if row.waits_for_her:
        return format_html(TAG, "", _("the person's word"))
    if row.case.paused_until and not late:
        until = _("until %(day)s") % {"day": short_day(row.case.paused_until)}
        return format_html(TAG + STRONG, " tag-warm", _("stands still"), until)
    if row.due_at is None:
        return format_html(SOFT, _("no clock"))
    told = format_html(STRONG + SOFT, last_moment(row), named(row.clock, "label"))
    if late:
        return format_html(TAG + "{}", " tag-alarm", pgettext("clock", "late"), told)
    return format_html(TAG + "{}", " tag-warm", pgettext("clock", "soon"), told) if near else told


def protected() -> SafeString:
    """What stands in the place of words that only the case's page shows."""
    return format_html(SEALED, icon("lock"), _(
        "protected: open the case to read it; the opening is logged, and the person sees it"))


def soon(line: Row | TaskRow) -> bool:
    """Whether it runs out within two days."""
    return line.due_at is not None and not line.late and line.due_at - moment.now() <= SOON


def band(row: Row) -> str:
    """The track that a case is on, in the reader's language; empty where its matter has none."""
    return next((named(one, "label") for one in row.matter.bands if one.name == row.case.band), "")


def address_of(number: str) -> str:
    """The address of a case's page."""
    before, after = around_number()
    return before + number + after


@cache
def around_number() -> tuple[str, str]:
    """What stands before and behind the number in every case's address: asked of the routes once."""
    before, _number, after = reverse("case", args=[NUMBER]).partition(NUMBER)
    return before, after
