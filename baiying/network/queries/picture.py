"""The network of a district as one picture in this process.

Areas and units are few and change seldom, while every submission asks for them. A picture is kept under the edition
that the database's triggers count up (``models.Edition``); whether it is still the edition in force is asked at most
once a second, with one tiny query. Inside a transaction that itself changed the network it is asked every time, and
what is seen there is not handed to others before it is committed.
"""

from __future__ import annotations

import time
from collections import defaultdict
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from uuid import UUID

from django.db import connection
from django.db.models import F

from baiying.engine.gazetteer import Names
from baiying.network.models import Absence, Area, AreaName, Place, Post, Tie, TieKind, Unit
from baiying.network.queries.span import Span, without

#: Seconds during which an edition just asked for is taken as still in force.
PATIENCE = 1.0


@dataclass
class Picture:
    """A district on one edition: everything routing needs, without a query."""

    areas: dict[str, Area] = field(default_factory=dict)
    units: dict[UUID, Unit] = field(default_factory=dict)
    units_of_area: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    uppers: dict[UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))
    receivers: dict[UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))
    lowers: dict[UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))
    partners: dict[UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))
    sectors: dict[UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))
    #: (name, kind, area) as brought in by file; (name, area) of the places to walk in.
    own_names: list[tuple[str, str, str]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    #: All its names as they are found in a text, once somebody asked (queries.gazetteer).
    names: Names | None = None

    def posts(self, unit: Unit, on: date) -> int:
        """How many living posts of the unit take in cases on that day."""
        return len({span.other for span in self.receivers.get(unit.id, ()) if span.covers(on)})

    def lives(self, unit: Unit, on: date) -> bool:
        """Whether the unit is open and somebody holds a post there that takes in cases."""
        return unit.is_open(on) and any(span.covers(on) for span in self.receivers.get(unit.id, ()))

    def upper(self, unit_id: UUID, on: date) -> Unit | None:
        """The nearest unit above by territorial ties that is open on that day."""
        passed: set[UUID] = set()
        while unit_id not in passed:
            passed.add(unit_id)
            above = next((span.other for span in self.uppers.get(unit_id, ()) if span.covers(on)), None)
            unit = self.units.get(above) if above is not None else None
            if unit is None or unit.is_open(on):
                return unit
            unit_id = unit.id
        return None

    def depth(self, unit: Unit, on: date) -> int:
        """How many territorial ties lie above it."""
        seen = {unit.id}
        above = self.upper(unit.id, on)
        while above is not None and above.id not in seen:
            seen.add(above.id)
            above = self.upper(above.id, on)
        return len(seen) - 1


_kept: dict[str, tuple[int, Picture]] = {}
_asked: tuple[float, int] = (float("-inf"), -1)
_lock = Lock()
_changed: ContextVar[bool] = ContextVar("network_changed", default=False)


def forget() -> None:
    """Called by every action that changed the network: this process asks again before it trusts a picture."""
    global _asked
    _changed.set(True)
    _asked = (float("-inf"), -1)


def picture(district: str) -> Picture:
    """The picture of a district on the edition in force; no query when one was asked within the last second."""
    version = _edition()
    kept = _kept.get(district)
    if kept is not None and kept[0] == version:
        return kept[1]
    with _lock:
        kept = _kept.get(district)
        if kept is None or kept[0] != version:
            kept = (version, _paint(district))
            if kept[1].areas or kept[1].units:  # else anybody could fill the memory with districts that are none
                _kept[district] = kept
    return kept[1]


def _edition() -> int:
    global _asked
    asked_at, version = _asked
    if not _changed.get() and time.monotonic() - asked_at < PATIENCE:
        return version
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, xact = coalesce(pg_current_xact_id_if_assigned()::text::bigint, -1) FROM network_edition"
        )
        version, ours = cursor.fetchone()
    if not ours:
        _changed.set(False)
        _asked = (time.monotonic(), version)
    return int(version)


def _paint(district: str) -> Picture:
    """Read a district: seven queries, some hundred rows."""
    seen = Picture()
    for area in Area.objects.filter(district=district).order_by("code"):
        seen.areas[area.code] = area
    for unit in Unit.objects.filter(district=district).order_by("opened_on", "id"):
        seen.units[unit.id] = unit
        seen.units_of_area[unit.area_id].append(unit)
    seen.own_names = list(AreaName.objects.filter(district=district).order_by("name", "area_id")
                          .values_list("name", "kind", "area_id"))
    # a place that lies elsewhere than the area its unit serves (a district's centre in a street) says nothing of her
    seen.places = list(Place.objects.filter(district=district, closed_on=None, units__area=F("area")).order_by("name")
                       .distinct().values_list("name", "area_id"))
    beside = {TieKind.PARTNER: seen.partners, TieKind.SECTOR: seen.sectors}
    ties = Tie.objects.filter(district=district, kind__in=[TieKind.TERRITORIAL, *beside])
    for kind, lower, upper, since, until in ties.order_by("since", "id").values_list(
        "kind", "lower_id", "upper_id", "since", "until"
    ):
        if kind in beside:
            beside[TieKind(kind)][lower].append(Span(upper, since, until))
            continue
        seen.uppers[lower].append(Span(upper, since, until))
        seen.lowers[upper].append(Span(lower, since, until))
    _paint_receivers(seen, district)
    return seen


def _paint_receivers(seen: Picture, district: str) -> None:
    """On which days somebody takes in cases in a unit: the holder while not away, or who stands in and is not away."""
    away: dict[UUID, list[Span]] = defaultdict(list)
    absences = list(Absence.objects.filter(district=district).select_related("post", "substitute").order_by("since"))
    for absence in absences:
        if absence.post.holder_id is not None:
            away[absence.post.holder_id].append(Span(absence.post.unit_id, absence.since, absence.until))
    of_post: dict[UUID, list[Span]] = defaultdict(list)
    for absence in absences:
        of_post[absence.post_id].append(Span(absence.post_id, absence.since, absence.until))
        substitute = absence.substitute
        if substitute is not None and substitute.is_active and absence.post.receives:
            standing_in = Span(absence.post_id, absence.since, absence.until).within(
                absence.post.since, absence.post.until
            )
            seen.receivers[absence.post.unit_id] += without(standing_in, away[substitute.id])
    posts = Post.objects.filter(district=district, receives=True, holder__active=True).order_by("since")
    for post, unit_id, since, until in posts.values_list("id", "unit_id", "since", "until"):
        seen.receivers[unit_id] += without([Span(post, since, until)], of_post[post])
