"""Each deed of an administrator: what was filled in becomes one action of the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.members import actions as members
from baiying.members import queries as people
from baiying.members.models import Person
from baiying.network import actions, queries
from baiying.network.models import Post, Unit
from baiying.web.forms.administration import DeedForm


@dataclass(frozen=True)
class Done:
    """What became of it. ``invited``: a new colleague and the end of her link, told once."""

    waits: bool = False
    invited: members.Invited | None = None


def carry_out(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    """Do what the form says. Raises Refusal, Unseen."""
    return _DEEDS[form.deed](asker, unit, form)


def _appoint(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told = form.cleaned_data
    with transaction.atomic():
        person, invited = people.by_login(told["login"]), None
        if person is None and told["full_name"] and asker.who is not None:
            invited = members.invite(f"{told['key']}:person", told["login"], told["full_name"], asker.who,
                                     told["telephone"])
            person = invited.person
        outcome = actions.give_post(asker, unit.id, told["role"], _known(person).id, told["since"], told["key"],
                                    told["until"], told["receives"])
    return Done(outcome.waits, invited)


def _end(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told = form.cleaned_data
    post = _post(unit, told["post"])
    return Done(actions.take_post(asker, post.id, told["on"], told["key"], told["vacant"], told["hand_over"]).waits)


def _away(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told = form.cleaned_data
    post = _post(unit, told["post"])
    substitute = _known(people.by_login(told["substitute"])).id if told["substitute"] else None
    return Done(actions.note_absence(asker, post.id, told["since"], told["until"], substitute, told["key"],
                                     told["hand_over"]).waits)


def _back(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told = form.cleaned_data
    absences = [one for office in queries.offices(unit, moment.today()) for one in office.absences]
    found = next((one for one in absences if queries.ref(one) == told["absence"]), None)
    if found is None:
        raise Unseen
    return Done(actions.note_return(asker, found.id, told["on"]).waits)


def _reset(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    holder = _post(unit, form.cleaned_data["post"]).holder_id
    if holder is None:
        raise Unseen
    with transaction.atomic():
        outcome = actions.reset_factors(asker, holder, unit.id, form.cleaned_data["key"])
        reset_now(asker, outcome.reset)
    return Done(outcome.waits)


def _again(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    """A new link for a colleague who has not come in yet."""
    post = _post(unit, form.cleaned_data["post"])
    person = post.holder
    if person is None or person.active or asker.who is None or not queries.in_reach(asker, unit.id, moment.today()):
        raise Unseen
    return Done(invited=members.invite_again(person, asker.who))


def _open(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told = form.cleaned_data
    new = actions.NewUnit(told["unit_name"], told["area"], tuple(told["roles"]), told["name_en"], told["telephone"])
    actions.open_below(asker, unit.id, told["level"], new, told["on"], told["key"])
    return Done()


def _close(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told, successor = form.cleaned_data, form.chosen("successor")
    return Done(actions.close(asker, unit.id, told["on"], successor.id if successor else None, told["key"],
                              told["people_go"]).waits)


def _split(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told = form.cleaned_data
    into = [actions.NewUnit(told[name], told[f"{name}_area"], tuple(unit.roles)) for name in ("first", "second")]
    return Done(actions.split(asker, unit.id, into, told["on"], told["key"], told["people_go"]).waits)


def _merge(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told = form.cleaned_data
    units = [one.id for one in form.within if queries.ref(one) in told["units"]]
    return Done(actions.merge(asker, units, unit.id, told["on"], told["key"], told["people_go"]).waits)


def _hang(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    told, upper = form.cleaned_data, form.chosen("upper")
    if upper is None:
        raise Unseen
    return Done(actions.hang(asker, unit.id, told["kind"], upper.id, told["since"], told["key"]).waits)


def _untie(asker: door.Asker, unit: Unit, form: DeedForm) -> Done:
    ties = queries.ties_upwards(unit, moment.today())
    found = next((tie for tie in ties if queries.ref(tie) == form.cleaned_data["tie"]), None)
    if found is None:
        raise Unseen
    return Done(actions.untie(asker, found.id, form.cleaned_data["on"]).waits)


def reset_now(asker: door.Asker, person: UUID | None) -> None:
    """Take away somebody's second factor, if it is due now."""
    found = people.people_by_id([person]).get(person) if person is not None else None
    if found is not None and asker.who is not None:
        members.reset_factors(found, asker.who)


def _known(person: Person | None) -> Person:
    if person is None:
        raise Refusal(_("Nobody has this account. Check the spelling; to invite a new colleague, give the name too."))
    return person


def _post(unit: Unit, ref: str) -> Post:
    """The post of this unit that the form names."""
    for office in queries.offices(unit, moment.today()):
        if queries.ref(office.post) == ref:
            return office.post
    raise Unseen


_DEEDS: dict[str, Callable[[door.Asker, Unit, DeedForm], Done]] = {
    "appoint": _appoint, "end": _end, "away": _away, "back": _back, "reset": _reset, "again": _again, "open": _open,
    "close": _close, "split": _split, "merge": _merge, "hang": _hang, "untie": _untie,
}
