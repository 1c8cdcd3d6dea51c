"""The one prepared world from which every other one is cloned: open cases of the walkers' units, a protected one, a
task at a partner's, a concern, requests that wait above, members. Made by the ways of the house, with keys of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from baiying.cases import access, actions, queries, referring
from baiying.cases.actions import Receipt, Submission, concerns, searching
from baiying.cases.actions import protected as protected_cases
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.members import actions as members
from baiying.members.actions import NewMember, NewPerson
from baiying.network import actions as network_actions
from baiying.network import queries as network
from baiying.network.models import Unit
from baiying.project.demo.cast import person
from baiying.project.demo.network import unit_id

BAJIAO, GUCHENG = "110107003037", "110107004000"  # 八角南里社区; a street whose community is not known
WAGES, WORDS = "三个月没有发工资了。", "他打我, 还不让我带走孩子。"
PHONE, PAPER = "010-0000-0777", "100000198001010017"
GUEST_PHONE, BASE = "010-0000-0779", "https://example.invalid/outside/"
COLLEAGUES = {"colleague": ("dotted", "women.110107003", "handler"),
              "lead_head": ("rare", "women.110107003", "head"),
              "other_head": ("one_part", "women.110107004", "head")}


@dataclass(frozen=True)
class Case:
    """A case of the seed or of a deed: what leads back to it."""

    number: str
    code: str
    id: UUID
    unit: UUID
    matter: str

    @property
    def entry(self) -> bytes:
        return number.entry(self.number, self.code)


@dataclass
class Seed:
    """What is known of the prepared world; every clone of it is asked for by these names."""

    cases: dict[str, Case] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)
    way: bytes = b""  # by which a party outside comes to its task in the plain case
    strangers: frozenset[UUID] = frozenset()  # whose hands no deed of a lead may be

    def lead(self, case: str) -> door.Asker:
        """Somebody of the unit that leads this case; never the colleague who keeps out."""
        return at_work(self.cases[case].unit, self.strangers)


def matters(fits: Callable[[flow.Matter], bool]) -> list[flow.Matter]:
    """The matters that fit, in the order of the catalogue: no key is known here."""
    return [one for one in catalogue.matters() if fits(one)]


def protected() -> flow.Matter:
    """A matter of safety that a street leads and that begins with a step of the lead."""
    return of_safety()[0]


def of_safety() -> list[flow.Matter]:
    """Those of the women's federation that a street leads."""
    return matters(lambda one: one.privacy == "P3" and one.safe and one.org == "women" and one.lead_level == "street")


def kept_secret() -> flow.Matter:
    """A protected matter that is not one of safety."""
    return matters(lambda one: one.privacy == "P3" and not one.safe)[0]


def at_work(unit: UUID, skip: frozenset[UUID] = frozenset()) -> door.Asker:
    """Somebody who takes in cases there."""
    post = next(post for post in network.posts_in(unit, moment.today())
                if post.holder_id and post.receives and post.holder_id not in skip)
    return door.Asker(who=post.holder_id, units=frozenset({unit}), roles=frozenset({post.role}))


def above(unit: Unit | UUID) -> door.Asker:
    """Somebody of the unit one level above."""
    below = network.unit(unit) if isinstance(unit, UUID) else unit
    assert below is not None
    upper = network.upper(below, moment.today())
    assert upper is not None
    return at_work(upper.id)


def case_of(receipt: Receipt) -> Case:
    return Case(receipt.number, receipt.code, receipt.case_id, receipt.unit.id, receipt.matter.key)


def tell(key: str, words: str = WAGES, **more: object) -> Case:
    """A need as it comes from the page."""
    told = {"area": BAJIAO, **more}
    return case_of(actions.submit(Submission(key=f"leaks:{key}", words=words, **told)))  # type: ignore[arg-type]


def step(asker: door.Asker, case: Case, key: str, to: Callable[[str], bool] = lambda to: True,
         text: str = "和本人说过了。") -> None:
    """One step of the lead that leads there."""
    view = queries.open_case(asker, case.number)
    offer = next(one for one in view.offers if not one.missing and len(one.awaits) < 2 and to(one.move.to))
    reason = offer.move.reasons[0].label if offer.move.reasons else ""
    actions.move(asker, case.number, offer.move.key, text, reason, key, view.case.version)


def answer(asker: door.Asker, case: Case) -> None:
    """On the shortest way to an answer."""
    for turn in range(20):
        view = queries.open_case(asker, case.number)
        if view.case.stage in flow.WAITING:
            return
        far = distances(view.matter)
        offer = min((one for one in view.offers if not one.missing and len(one.awaits) < 2),
                    key=lambda one: far.get(one.move.to, len(far)))
        reason = offer.move.reasons[0].label if offer.move.reasons else ""
        actions.move(asker, case.number, offer.move.key, "已经办好。", reason, f"answer-{turn}", view.case.version)
    raise AssertionError("no way to an answer")


def distances(matter: flow.Matter) -> dict[str, int]:
    """How many moves each stage is away from one that waits for her word."""
    far = dict.fromkeys(flow.WAITING, 0)
    for _turn in matter.stages:
        for key, stage in matter.stages.items():
            near = [far[one.to] + 1 for one in stage.moves if one.to in far and len(one.agree) < 2]
            far[key] = min([*near, far.get(key, len(matter.stages))])
    return far


def prepare() -> Seed:
    """Make the prepared world in this database. ``moment`` must stand still."""
    seed = Seed()
    appoint(seed)
    worker, mother = person("worker").new.id, person("mother").new.id
    cases = seed.cases
    cases["plain"] = tell("plain", phone="010-0000-0101", asker=worker)
    cases["second"] = tell("second", "老板拖欠工资三个月, 我们几个人都没有拿到。", phone="010-0000-0103")
    cases["third"] = tell("third", "老板拖欠工资三个月, 我们几个人都没有拿到钱。")
    cases["answered"] = tell("answered", phone="010-0000-0105")
    cases["elsewhere"] = tell("elsewhere", area=GUCHENG)
    cases["women"] = tell("women", "想找一份能接孩子的工作。", asker=mother, matter=matters(
        lambda one: one.org == "women" and one.privacy != "P3")[0].key)
    cases["guarded"] = tell("guarded", WORDS, matter=protected().key, phone="010-0000-0102")
    answer(seed.lead("answered"), cases["answered"])
    lawyer = network.posts_of(person("lawyer").new.id, moment.today())[0].unit_id
    actions.bring_in(seed.lead("plain"), cases["plain"].number, actions.Call("co", lawyer, "请看一看合同。"), "task")
    actions.ask_set_aside(seed.lead("second"), cases["second"].number, "spam", "像是重复的。", "aside")
    actions.complain(cases["third"].entry, "没有人理我。", "complaint")
    protected_cases.take(seed.lead("guarded"), cases["guarded"].number)
    outsider(seed)
    held = concerns.confirm(seed.lead("plain"), [cases["plain"].number, cases["third"].number], "欠薪", "concern")
    seed.refs.append(held.ref)
    members.enter_person("leaks:member", NewMember(1, person("rider").name, unit_id("union.110107003"), (),
                                                   "010-0000-0778"), UUID(int=9))
    searching.read_unread()
    return seed


def outsider(seed: Seed) -> None:
    """Somebody without an account helps in the plain case too, by a link."""
    lead, number_of = seed.lead("plain"), seed.cases["plain"].number
    guest = actions.Guest("co", "某律师", GUEST_PHONE, "请看一看合同。")
    ref = actions.invite(lead, number_of, guest, "outsider")
    actions.send_link(lead, number_of, ref, BASE, "outsider")
    with door.open(lead):
        task = next(one for one in access.tasks_of(access.one(lead, number_of)) if one.ref == ref)
        referral = referring.referral_of(task)
    assert referral is not None and referral.way is not None
    seed.way = bytes(referral.way)


def appoint(seed: Seed) -> None:
    """More colleagues: two in the unit that will lead the protected case, one of them its head, and one head of
    another street."""
    for key, (name, unit, role) in COLLEAGUES.items():
        seed.logins[key] = f"leaks.{key}".replace("_", ".")
        made = members.add_person(NewPerson(f"leaks:{key}", seed.logins[key], person(name).name, "four words in a row"))
        where = network.unit(unit_id(unit))
        assert where is not None
        network_actions.appoint(f"leaks:{key}", where, role, made.id, date(2024, 1, 1))
        seed.strangers |= {made.id}

