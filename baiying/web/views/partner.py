"""The pages of those who were brought in: their own tasks, one task on one page, and what they say back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import queries
from baiying.cases.models import Task
from baiying.kit.errors import Refusal, Unseen
from baiying.web.forms.move import MoveForm, next_steps
from baiying.web.forms.partner import AddForm, ArrivedForm, BackForm, FinishForm, RefuseForm
from baiying.web.pages import page
from baiying.web.presses import once

BACK: dict[str, type[BackForm]] = {"received": ArrivedForm, "add": AddForm, "finish": FinishForm,
                                   "refuse": RefuseForm}
LAST = ("finish", "refuse")  # afterwards the task is off this desk


def tasks(request: HttpRequest) -> HttpResponse:
    """The unit's own tasks, what runs out first on top."""
    rows = queries.tasks(request.asker, [Task.Kind.WORK])  # type: ignore[attr-defined]
    return page(request, "tasks.html", rows=rows, cut=queries.AT_ONCE if len(rows) >= queries.AT_ONCE else 0)


def task(request: HttpRequest, number: str) -> HttpResponse:
    return task_page(request, number)


def task_page(request: HttpRequest, number: str, status: int = 200, notice: str = "",
              tried: BackForm | None = None) -> HttpResponse:
    """One task on one page, with what was typed when it did not go through."""
    seen = queries.open_task(request.asker, number)  # type: ignore[attr-defined]
    party = seen.task.task.party
    forms: dict[str, Any] = {name: tried if isinstance(tried, kind) else kind(party=party, auto_id=f"{name}_%s")
                             for name, kind in BACK.items()}
    stale = request.POST.get("text", "") if notice and tried is None else ""
    return page(request, "task.html", status, task=seen, steps=next_steps(seen.offers, request.POST), notice=notice,
                typed=stale, **forms)


@once
def task_move(request: HttpRequest, number: str) -> HttpResponse:
    """A step of the case that is this party's to make."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("task", args=[number]))
    form = MoveForm(request.POST)
    if not form.is_valid():
        return task_page(request, number, 400, form.sentence)
    try:
        form.carry_out(request.asker, number, given=True)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return task_page(request, number, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("task", args=[number]))


@once
def task_back(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """It has arrived, words for the lead; done, or not, in writing: afterwards the task is no longer on this desk."""
    if request.method != "POST" or key not in BACK:
        raise Unseen
    form = BACK[key](request.POST, auto_id=f"{key}_%s")
    if not form.is_valid():
        return task_page(request, number, 400, form.sentence, form)
    try:
        form.carry_out(request.asker, number)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return task_page(request, number, refusal.status, refusal.sentence, form)
    return HttpResponseRedirect(f"{reverse('tasks')}?done={key}" if key in LAST else reverse("task", args=[number]))
