"""Deeds of the parties and of her rights: files, referrals, letters, the sheet, an emergency, an incident, a demand.

What a deed is: deeds.py.
"""

from __future__ import annotations

from datetime import timedelta

from baiying.cases import actions
from baiying.cases.actions import incidents, letters
from baiying.cases.actions.addressing import say_address
from baiying.cases.actions.correcting import Wrong, ask_correction
from baiying.cases.actions.emergency import break_glass
from baiying.cases.actions.handing_in import hand_in
from baiying.cases.queries import letters as queries
from baiying.cases.queries.story import story
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.project.leaks.deeds import DEEDS, NOTHING, Made, deed, party_asked
from baiying.project.leaks.seed import BASE, GUEST_PHONE, Seed, above

__all__ = ["DEEDS", "Made"]

PAPER = ("验伤单.txt", "三月一日, 右臂。".encode())
PLAN = "labour"  # the plan of incidents that the demo has
REPORT = {"what": ["群体欠薪"], "employer": ["某工程队"], "workers": ["40"], "danger": ["no"], "stopped": ["no"],
          "demands": ["结清四个月工资"]}


def hers(seed: Seed, case: str) -> door.Asker:
    """She, by number and code."""
    return door.Asker(door=seed.cases[case].entry)


@deed
def file(seed: Seed) -> Made:
    """She hands a file in."""
    return {"ref": (hand_in(hers(seed, "guarded"), None, *PAPER),)}


@deed
def file_of_hers(seed: Seed) -> Made:
    """She hands in a file in a case that is not protected, for herself and the unit that leads alone."""
    return {"ref": (hand_in(hers(seed, "plain"), None, *PAPER, alone=True),)}


@deed
def file_of_party(seed: Seed) -> Made:
    """One of two units that help in the same case hands a file in."""
    return {"ref": (hand_in(door.Asker(outside=seed.way), None, *PAPER),)}


@deed
def entry(seed: Seed) -> Made:
    """One of two units that help in the same case writes something for the lead."""
    actions.reply_outside(seed.way, "合同上写着每月发。", [], "entry")
    return NOTHING


@deed
def shut_party(seed: Seed) -> Made:
    """A unit was brought in; she agreed to its help, and to nothing that it may read."""
    made = party_asked(seed)
    for ref in made["ref"]:
        actions.consent(seed.cases["guarded"].entry, ref, True, "yes", groups=())
    return made


@deed
def shut(seed: Seed) -> Made:
    """She takes back what a unit at work may read."""
    case = seed.cases["guarded"]
    for task in story(case.entry).tasks:
        actions.choose(case.entry, task.ref, (), "shut")
    return NOTHING


@deed
def guest(seed: Seed) -> Made:
    """Somebody outside is asked to help in the protected case, and has a link."""
    case = seed.cases["guarded"]
    lead = seed.lead("guarded")
    ref = actions.invite(lead, case.number, actions.Guest("co", "某诊所", GUEST_PHONE, "请陪她验伤。"), "guest")
    actions.consent(case.entry, ref, True, "yes")
    actions.send_link(lead, case.number, ref, BASE, "guest")
    return {"ref": (ref,)}


@deed
def letter(seed: Seed) -> Made:
    """The lead sends a letter in the protected case, under a number."""
    lead, case = seed.lead("guarded"), seed.cases["guarded"]
    kind = next(one for one in queries.letters(lead, case.number).kinds if one.template.numbered)
    ref = letters.send(lead, case.number, kind.key, flow.UNCHANGED, "", "letter")
    served = letters.Service("handed", moment.today(), "门口交的。")
    letters.serve(lead, case.number, ref, served)
    return {"ref": (ref,)}


@deed
def sheet(seed: Seed) -> Made:
    """The lead writes the fact sheet of the protected case with her."""
    actions.write_sheet(seed.lead("guarded"), seed.cases["guarded"].number,
                        {flow.WORDS: "三月一日晚上在家中。", flow.CONTACT: "只发短信。"}, "sheet", read_back=True)
    return NOTHING


@deed
def address(seed: Seed) -> Made:
    """She says where she stays, for her handler alone."""
    say_address(seed.cases["guarded"].entry, "城东三号楼", "")
    return NOTHING


@deed
def glass(seed: Seed) -> Made:
    """The level above opens the protected case in an emergency."""
    break_glass(above(seed.cases["guarded"].unit), seed.cases["guarded"].number, "life",
                "她现在有生命危险, 电话打不通。", "glass")
    return NOTHING


@deed
def demand(seed: Seed) -> Made:
    """She asks that her words be put right."""
    made = ask_correction(seed.cases["guarded"].entry, Wrong("words", "他打我, 孩子没有事。"), "demand")
    return {"ref": (made.ref,)}


@deed
def incident(seed: Seed) -> Made:
    """A street's union reports an incident, and lets a case of its own stand in it."""
    lead = seed.lead("plain")
    ref = incidents.report(lead, PLAN, REPORT, moment.now() - timedelta(minutes=30), "incident")
    incidents.join(lead, ref, [seed.cases["second"].number], "join")
    return {"ref": (ref,)}
