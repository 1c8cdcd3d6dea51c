"""What one world has more than its shadow: each deed is one protected thing, made by the ways of the house.

A deed gives the names of what it made (numbers, refs, tokens …): every world of a run is asked for them, the one that
has the thing and the one that has not. Keys are fixed, so both sides would give them the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from baiying.cases import actions, queries
from baiying.cases.actions import concerns
from baiying.cases.actions import protected as protected_cases
from baiying.catalogue import queries as catalogue
from baiying.kit import door, draft, moment
from baiying.members import actions as members
from baiying.members.actions import NewMember
from baiying.network import actions as network_actions
from baiying.network import queries as network
from baiying.project.demo.cast import person
from baiying.project.demo.network import unit_id
from baiying.project.leaks.seed import (
    BAJIAO,
    GUCHENG,
    PAPER,
    PHONE,
    WAGES,
    WORDS,
    Case,
    Seed,
    answer,
    at_work,
    kept_secret,
    of_safety,
    protected,
    step,
    tell,
)

Made = Mapping[str, tuple[str, ...]]
Deed = Callable[[Seed], Made]
NOTHING: Made = {}
MADE = "made"  # one number in all worlds for whatever case is made: a world has one, and each is asked for everywhere
DEEDS: dict[str, Deed] = {}


def deed(does: Deed) -> Deed:
    """Make a deed known by the name of its function."""
    DEEDS[does.__name__] = does
    return does


def taken(seed: Seed, case: Case) -> Made:
    """The lead takes a protected case up: from then on no colleague opens it."""
    seed.cases["taken"] = case
    protected_cases.take(seed.lead("taken"), case.number)
    return named(case)


def named(case: Case) -> Made:
    return {"number": (case.number,)}


@deed
def safe_case(seed: Seed) -> Made:
    """A case of safety, told by somebody whose account her family may open."""
    return taken(seed, tell(MADE, WORDS, matter=protected().key, phone=PHONE, name="小金", contact="只在下午发短信",
                            asker=person("beaten").new.id))


@deed
def secret_case(seed: Seed) -> Made:
    """A case of a protected matter that is tied to her account."""
    return taken(seed, tell(MADE, matter=kept_secret().key, phone=PHONE, asker=person("mother").new.id))


@deed
def danger_case(seed: Seed) -> Made:
    """Words of danger in a matter that is not protected."""
    return taken(seed, tell(MADE, "今晚没有地方住, 身上没有钱。", area=BAJIAO, phone=PHONE))


@deed
def plain_case(seed: Seed) -> Made:
    """A case that is not guarded, of another street."""
    return named(tell(MADE, WAGES, area=GUCHENG, phone=PHONE))


@deed
def other_words(seed: Seed) -> Made:
    """The words, the name, the way of contact and the telephone of a protected case are others."""
    return taken(seed, tell(MADE, WORDS + "孩子也在。", matter=protected().key, phone=PHONE, name="小金",
                            contact="晚上八点前"))


@deed
def some_words(seed: Seed) -> Made:
    """The same case with other words and nothing beside them."""
    return taken(seed, tell(MADE, WORDS, matter=protected().key))


@deed
def sealed_field(seed: Seed) -> Made:
    """A telephone, a name and a way of contact in a case that is not guarded."""
    return named(tell(MADE, phone=PHONE, name="小石", contact="上午"))


@deed
def no_field(seed: Seed) -> Made:
    """The same case without them."""
    return named(tell(MADE))


@deed
def note(seed: Seed) -> Made:
    """A step of the lead in a protected case, with words."""
    step(seed.lead("guarded"), seed.cases["guarded"], "note", text="孩子已经接到外婆家。")
    return NOTHING


@deed
def party_asked(seed: Seed) -> Made:
    """A unit is to be brought in; the person has not agreed yet."""
    hospital = network.posts_of(person("hospital_link").new.id, moment.today())[0].unit_id
    case = seed.cases["guarded"]
    actions.bring_in(seed.lead("guarded"), case.number, actions.Call("co", hospital, "请陪她验伤。"), "party")
    return {"ref": tuple(one.ref for one in queries.story(case.entry).consents_asked)}


@deed
def party(seed: Seed) -> Made:
    """A unit was brought in and works on its task."""
    made = party_asked(seed)
    for ref in made["ref"]:
        actions.consent(seed.cases["guarded"].entry, ref, True, "yes")
    return made


@deed
def answered(seed: Seed) -> Made:
    """The protected case was answered."""
    answer(seed.lead("guarded"), seed.cases["guarded"])
    return NOTHING


@deed
def verdict(seed: Seed) -> Made:
    """Her word in the protected case."""
    actions.judge(seed.cases["guarded"].entry, "solved", True, "都好了", "word")
    return NOTHING


@deed
def reading(seed: Seed) -> Made:
    """The protected case was opened once more, and her telephone shown."""
    queries.open_case(seed.lead("guarded"), seed.cases["guarded"].number)
    queries.reach(seed.lead("guarded"), seed.cases["guarded"].number)
    return NOTHING


@deed
def complaint(seed: Seed) -> Made:
    """She complains about the unit that leads her case."""
    actions.complain(seed.cases["elsewhere"].entry, "说话很难听。", "more")
    return NOTHING


@deed
def guarded_complaint(seed: Seed) -> Made:
    """She complains about the unit that leads her protected case."""
    actions.complain(seed.cases["guarded"].entry, "说话很难听。", "more")
    return NOTHING


@deed
def concern(seed: Seed) -> Made:
    """Cases of another street are called one need."""
    other = tell(MADE, area=GUCHENG)
    held = concerns.confirm(seed.lead("elsewhere"), [seed.cases["elsewhere"].number, other.number], "同一家店", "more")
    return {"number": (other.number,), "ref": (held.ref,)}


@deed
def beside(seed: Seed) -> Made:
    """The same two cases, each by itself."""
    return named(tell(MADE, area=GUCHENG))


@deed
def kept_draft(seed: Seed) -> Made:
    """Somebody writes in the box of another browser."""
    draft.keep("leaks-another-browser", "need", WORDS)
    return NOTHING


@deed
def member(seed: Seed) -> Made:
    """A person with this telephone and paper is entered by another unit."""
    her = NewMember(1, "来人", unit_id("station.110107004"), (("id18", PAPER),), PHONE)
    made = members.enter_person("leaks:more", her, UUID(int=9))
    return {"person": (str(made),)}


@deed
def account(seed: Seed) -> Made:
    """An account of somebody who asks, with this telephone."""
    made = members.add_person(members.NewPerson("leaks:account", None, "来人", telephone=PHONE))
    return {"person": (str(made.id),)}


@deed
def invitation(seed: Seed) -> Made:
    """A colleague of another unit is invited. The link is hers alone: who holds it is cleared, nobody walks it."""
    members.invite("leaks:invited", "leaks.invited", "来人", at_work(unit_id("union")).who or UUID(int=9), PHONE)
    return {"login": ("leaks.invited",)}


@deed
def proposal(seed: Seed) -> Made:
    """A change of the network waits for a second person."""
    today = moment.today()
    administrator = person("administrator").new.id
    posts = network.posts_of(administrator, today)
    asker = door.Asker(who=administrator, units=frozenset(post.unit_id for post in posts),
                       roles=frozenset({"administrator"}))
    network_actions.close(asker, unit_id("women.110107005"), today + timedelta(days=9), None, "leaks:close", True)
    return {"ref": tuple(network.ref(one) for one in network.proposals(asker))}


@deed
def set_aside(seed: Seed) -> Made:
    """The lead asks for an end of the protected case without her word."""
    actions.ask_set_aside(seed.lead("guarded"), seed.cases["guarded"].number, "spam", "不是求助。", "more")
    return NOTHING


@deed
def asked_to_call(seed: Seed) -> Made:
    """The level above is to ask her for her word in the protected case."""
    actions.ask_call_back(seed.lead("guarded"), seed.cases["guarded"].number, "我们不好自己问。", "more")
    return NOTHING


@deed
def given_back(seed: Seed) -> Made:
    """The lead gives the protected case back: the level above names who leads."""
    ground = next(iter(catalogue.options("return_grounds"))).label
    actions.give_back(seed.lead("guarded"), seed.cases["guarded"].number, ground, "不归我们。", "back")
    return NOTHING


@deed
def withdrawn(seed: Seed) -> Made:
    """She takes the protected case back."""
    actions.withdraw(seed.cases["guarded"].entry, "back")
    return NOTHING


@deed
def template(seed: Seed) -> Made:
    """A text that another unit uses again and again."""
    actions.keep_template(seed.lead("guarded"), seed.cases["guarded"].unit, "接到以后", "先问安全。", "leaks")
    return NOTHING


def last_quarter(matter_key: str, area: str) -> Case:
    """A protected case of a quarter whose figures are published."""
    with moment.frozen(moment.shanghai(moment.now()) - timedelta(days=112)):
        return tell(MADE, WORDS, matter=matter_key, area=area)


@deed
def published_here(seed: Seed) -> Made:
    """A protected case of the last quarter, from one street."""
    return taken(seed, last_quarter(protected().key, BAJIAO))


@deed
def published_there(seed: Seed) -> Made:
    """The same from another street and of another protected matter."""
    return taken(seed, last_quarter(of_safety()[-1].key, GUCHENG))
