"""The administrator's pages: units, posts, proposals. No case is shown here. And the network for everybody."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import actions, queries
from baiying.network.models import Unit
from baiying.web.forms import administration as forms
from baiying.web.pages import page
from baiying.web.views.administration_deeds import Done, carry_out, reset_now


@dataclass(frozen=True)
class Row:
    """A unit in a list, and whether somebody takes in work there."""

    unit: Unit
    ref: str
    living: bool
    alone: bool


@dataclass(frozen=True)
class OfficeRow:
    """An office with what may be done about it."""

    office: queries.Office
    offered: dict[str, forms.DeedForm] = field(default_factory=dict)
    backs: tuple[forms.DeedForm, ...] = ()


def administration(request: HttpRequest) -> HttpResponse:
    today, wanted = moment.today(), request.GET.get("q", "").strip()
    units = queries.administered(request.asker.units, today)  # type: ignore[attr-defined]
    rows = [Row(unit, queries.ref(unit), queries.is_living(unit.id, unit.district, today),
                queries.stands_alone(unit, today)) for unit in units
            if not wanted or wanted.lower() in f"{unit.name} {unit.name_en}".lower()]
    waiting = [one for one in queries.proposals(request.asker) if queries.is_waiting(one)]  # type: ignore[attr-defined]
    return page(request, "administration/units.html", rows=rows, q=wanted, waiting=len(waiting), all=len(units),
                empty=sum(not row.living for row in rows))


def administered_unit(request: HttpRequest, key: str) -> HttpResponse:
    return unit_page(request, seen_unit(request, key))


def change_unit(request: HttpRequest, key: str) -> HttpResponse:
    """One deed. What was refused comes back filled in, with the sentence that says why."""
    unit = seen_unit(request, key)
    form = sent(request, unit)
    if not form.is_valid():
        return unit_page(request, unit, form, 400)
    try:
        done = carry_out(request.asker, unit, form)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return unit_page(request, unit, form, refusal.status, refusal.sentence)
    if done.invited is not None:
        link = request.build_absolute_uri(reverse("join", args=[done.invited.token]))
        return page(request, "administration/invited.html", unit=unit, ref=key, done=done, link=link)
    return after(unit, done)


def proposals(request: HttpRequest, status: int = 200, notice: str = "") -> HttpResponse:
    found = queries.proposals(request.asker)  # type: ignore[attr-defined]
    return page(request, "administration/proposals.html", status, notice=notice,
                waiting=[one for one in found if queries.is_waiting(one)],
                over=[one for one in found if not queries.is_waiting(one)])


def decide(request: HttpRequest) -> HttpResponse:
    """Yes or no to what somebody else proposed."""
    form, asker = forms.DecideForm(request.POST), request.asker  # type: ignore[attr-defined]
    if request.method != "POST" or not form.is_valid():
        return proposals(request)
    try:
        with transaction.atomic():
            decide_on(asker, form.cleaned_data["proposal"], form.cleaned_data["yes"] == "yes")
    except Refusal as refusal:
        return proposals(request, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("proposals"))


def decide_on(asker: door.Asker, ref: str, yes: bool) -> None:
    """Confirm or decline the proposal that the form names. Raises Unseen, Refusal."""
    wanted = next((one for one in queries.proposals(asker) if queries.ref(one) == ref), None)
    if wanted is None:
        raise Unseen
    if yes:
        reset_now(asker, actions.confirm(asker, wanted.id).reset)
    else:
        actions.decline(asker, wanted.id)


def network(request: HttpRequest) -> HttpResponse:
    """Who holds which post, for everybody."""
    return page(request, "administration/network.html", groups=queries.in_office(moment.today()))


def seen_unit(request: HttpRequest, key: str) -> Unit:
    """The unit of the address, if it is looked after by who asks. Raises Unseen."""
    found = queries.in_reach(request.asker, key, moment.today())  # type: ignore[attr-defined]
    if found is None:
        raise Unseen
    return found


def sent(request: HttpRequest, unit: Unit) -> forms.DeedForm:
    """The form that was sent. Raises Unseen for a deed that does not exist."""
    kind = forms.DEEDS.get(request.POST.get("deed", ""))
    if request.method != "POST" or kind is None:
        raise Unseen
    within = queries.administered(request.asker.units, moment.today())  # type: ignore[attr-defined]
    return kind(request.POST, unit=unit, within=within, about=request.POST.get(kind.about, ""))


def unit_page(request: HttpRequest, unit: Unit, sent: forms.DeedForm | None = None, status: int = 200,
              notice: str = "") -> HttpResponse:  # fmt: skip
    """One unit on one page, with what was sent if it did not go through."""
    today = moment.today()
    within = queries.administered(request.asker.units, today)  # type: ignore[attr-defined]
    rows = [office_row(unit, office, sent) for office in queries.offices(unit, today)]
    ties = [(tie, made(unit, forms.UntieForm, sent, about=queries.ref(tie)))
            for tie in queries.ties_upwards(unit, today)]  # fmt: skip
    return page(
        request, "administration/unit.html", status, unit=unit, ref=queries.ref(unit), notice=notice, sent=sent,
        rows=[row for row in rows if row.office.state != "over"],
        over=[row for row in rows if row.office.state == "over"], ties=ties,
        living=queries.is_living(unit.id, unit.district, today), follows=queries.who_follows(unit, today),
        alone=queries.stands_alone(unit, today),
        forms={kind.deed: made(unit, kind, sent, within) for kind in forms.DEEDS.values() if not kind.about},
    )  # fmt: skip


def office_row(unit: Unit, office: queries.Office, sent: forms.DeedForm | None) -> OfficeRow:
    """What may be done about one office."""
    if office.state == "over":
        return OfficeRow(office)
    ref = queries.ref(office.post)
    offered: list[type[forms.DeedForm]] = [forms.EndForm, forms.AwayForm]
    holder = office.post.holder
    if holder is not None:
        offered.append(forms.ResetForm if holder.active else forms.InviteAgainForm)
    backs = tuple(made(unit, forms.BackForm, sent, about=queries.ref(one)) for one in office.absences)
    return OfficeRow(office, {kind.deed: made(unit, kind, sent, about=ref) for kind in offered}, backs)


def made(unit: Unit, kind: type[forms.DeedForm], sent: forms.DeedForm | None, within: list[Unit] | None = None,
         about: str = "") -> forms.DeedForm:  # fmt: skip
    """A fresh form, or the one that was sent."""
    if isinstance(sent, kind) and sent.subject == about:
        return sent
    return kind(unit=unit, within=within or (), about=about)


def after(unit: Unit, done: Done) -> HttpResponse:
    """Back to the unit, or to the list when it is a proposal that waits."""
    if done.waits:
        return HttpResponseRedirect(reverse("proposals"))
    return HttpResponseRedirect(f"{reverse('administered_unit', args=[queries.ref(unit)])}?done=1")
