"""What the law itself sends elsewhere: another district, no competence, recusal, petition. No return: it names its
article and counts toward no limit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.returning import send_up
from baiying.cases.actions.step import Deed, carry_out, deed_of, done_before
from baiying.cases.actions.tasks import check, stay, still
from baiying.cases.models import Case, Recusal, Task
from baiying.cases.queries import free
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, log, moment
from baiying.kit.errors import Refusal
from baiying.network import queries as network

# The ground of `flow.TRANSFERS` that names another district.
ELSEWHERE = "another_district"


def transfer(asker: door.Asker, number: str, ground: str, text: str, key: str, district: str = "") -> None:
    """Send the case where the law says. She reads where, why and under which article; outside, her word is waited
    for as after an answer. ``district``: the code of another district, whose name and lines she then reads too.
    Raises Unseen, Refusal."""
    check(text)
    found = flow.TRANSFERS.get(ground)
    if found is None:
        raise Refusal(_("Please choose from the list what the law demands."))
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "transferred", asker.who, key, ground, text, *filter(None, [district]))
        if done_before(deed_id):
            return
        if case.ended or case.stage in flow.WAITING or case.unassigned:
            raise Refusal(_("This case cannot be transferred now: it is answered, at its end, or waits for a lead."))
        said = f"{found.label}{lawful_place(ground, district)} ({found.basis_zh})"[:200]
        if found.goes == "external":
            step = flow.Step(to=flow.EXTERNAL, marks=("transferred",))
            matter = catalogue.matter_of(case.declaration_id)
            carry_out(case, matter, Deed(deed_id, "transferred", step, words=text, reason=said))
            return
        stay(case, Deed(deed_id, "transferred", still(case, "transferred"), words=text, reason=said))
        go_up(case, str(deed_id), said)


def lawful_place(ground: str, district: str) -> str:
    """The other district by name, with the lines that answer there; nothing for another ground or none. Raises
    Refusal."""
    if ground != ELSEWHERE or not district:
        return ""
    other = network.other_district(district)
    if other is None:
        raise Refusal(_("We do not know this district. Please choose it from the list, or leave it open and write "
                        "where to go."))
    lines = "、".join(f"{one.name} {one.number}" for one in network.district_doors().values())
    return f": {other.name}" + (f", {lines}" if lines else "")


def recuse(asker: door.Asker, number: str, key: str) -> None:
    """Somebody keeps out of this case, which leaves her lists. Where her unit has nobody else, it goes one level up.

    Raises Unseen, Refusal.
    """
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        if asker.who is None:
            raise Refusal(_("Only a person in office can keep out of a case."))
        Recusal.objects.get_or_create(
            id=chance.uuid_for(f"{case.id}:{asker.who}", "recusal"),
            defaults={"case": case, "person_id": asker.who, "at": moment.now()})
        log.write("case.recused", case.id, asker.name, {"unit": str(case.unit_id)}, case.wrapped)
        if not free.free_in(case.unit_id, free.recused(case)):
            go_up(case, f"recusal:{asker.who}:{key}", flow.TRANSFERS["recusal"].label)


def go_up(case: Case, key: str, about: str) -> None:
    """The unit above names another lead; at the top the case stays where somebody else in office has it."""
    above = free.upper_of(case.unit, free.recused(case))
    if above is None:
        raise Refusal(_("There is no level above yours. Somebody else in office has to take this case first: "
                        "ask the administrator to appoint one."))
    send_up(case, above, Task.Kind.ASSIGN, key=key, about=about)
