"""Incidents: the list with the form of a first report, and one incident on one page."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baiying.cases.queries import incidents as queries
from baiying.web.forms.incidents import MOST_HOURS, IncidentForm, ReportForm, steps_asked
from baiying.web.forms.need import fresh_key
from baiying.web.pages import page
from baiying.web.presses import pressed


def incidents(request: HttpRequest) -> HttpResponse:
    """What goes on and what is over; a press reports a new one."""
    form = ReportForm(request.POST or None)
    return pressed(form, lambda: form.carry_out(request.asker),  # type: ignore[attr-defined]
                   lambda ref: reverse("incident", args=[ref]), partial(incidents_page, request, form))


def incidents_page(request: HttpRequest, form: ReportForm, status: int = 200, notice: str = "") -> HttpResponse:
    """The page, with what was typed when it did not go through."""
    return page(request, "incidents/incidents.html", status, notice=notice, form=form, opened=bool(notice),
                rows=queries.incidents_of(request.asker), key=request.POST.get("key") or fresh_key())  # type: ignore[attr-defined]


def incident(request: HttpRequest, ref: str) -> HttpResponse:
    """One of them; every press comes back here with what it did."""
    form = IncidentForm(request.POST or None)
    return pressed(form, lambda: form.carry_out(request.asker, ref),  # type: ignore[attr-defined]
                   lambda did: reverse("incident", args=[ref]) + did, partial(incident_page, request, ref))


def incident_page(request: HttpRequest, ref: str, status: int = 200, notice: str = "") -> HttpResponse:
    """The page of one, with what was typed when it did not go through."""
    view = queries.frame(request.asker, ref)  # type: ignore[attr-defined]
    return page(request, "incidents/incident.html", status, view=view, notice=notice, done=request.GET,
                key=request.POST.get("key") or fresh_key(), typed=request.POST, hours=MOST_HOURS,
                steps=steps_asked(view.steps, request.POST))
