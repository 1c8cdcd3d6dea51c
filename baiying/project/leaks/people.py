"""Everybody who walks, each of whom is not cleared for something, and how she comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.test import Client

from baiying.kit import moment
from baiying.kit import queries as kit
from baiying.members import actions as members
from baiying.members import queries
from baiying.network import queries as network
from baiying.project.demo.cast import person
from baiying.web.guard import ASKER as WAY_OF_ASKERS
from baiying.web.guard import (
    DEVICE_COOKIE,
    DOOR_IN_SESSION,
    MEMBER_IN_SESSION,
    OUTSIDE_IN_SESSION,
    OUTSIDE_UNTIL,
    PUBLIC,
    SELF,
    SIGN_IN,
)
from baiying.web.guard import MEMBER as WAY_OF_MEMBERS
from baiying.web.guard import OUTSIDE as WAY_OF_OUTSIDERS
from baiying.web.signing import BACKEND

NOBODY, STAFF, MEMBER, ASKER, OUTSIDE = "nobody", "staff", "member", "asker", "outside"
OPEN_TO = {NOBODY: (), STAFF: (SELF,), MEMBER: (SELF, WAY_OF_MEMBERS), ASKER: (WAY_OF_ASKERS,),
           OUTSIDE: (WAY_OF_OUTSIDERS,)}
SERVER = "localhost"


@dataclass(frozen=True)
class Walker:
    """One who walks. ``who``: a key of the cast, or of the seed's colleagues, or of the case that is open to her."""

    key: str
    way: str
    who: str
    says: str
    trusted: bool = False


WALKERS = (
    Walker("nobody", NOBODY, "", "nobody in particular"),
    Walker("other_asker", ASKER, "plain", "somebody with number and code of another case"),
    Walker("other_member", MEMBER, "rider", "another member, on a device she has proved", trusted=True),
    Walker("unproven", MEMBER, "mother", "she herself, on a device that was never proved"),
    Walker("shared", MEMBER, "beaten", "her account on the device that her family shares", trusted=True),
    Walker("neighbour", STAFF, "bajiao_handler", "a handler of the other federation in the same street"),
    Walker("other_street", STAFF, "gucheng_handler", "a handler of another street"),
    Walker("home", STAFF, "home_handler", "a handler of the community's home, below the unit that leads"),
    Walker("lead", STAFF, "bajiao_women", "the handler whose unit leads the protected case"),
    Walker("colleague", STAFF, "colleague", "a colleague in the unit that leads, who is not named for the case"),
    Walker("lead_head", STAFF, "lead_head", "the head of the unit that leads, who is not named for the case"),
    Walker("other_head", STAFF, "other_head", "the head of another street"),
    Walker("desk_union", STAFF, "district_union", "the district desk of the other federation"),
    Walker("desk_women", STAFF, "district_women", "the district desk above the unit that leads"),
    Walker("partner_busy", STAFF, "lawyer", "a partner with a task in another case"),
    Walker("partner_free", STAFF, "court_clerk", "a partner without any task"),
    Walker("partner_part", STAFF, "hospital_link", "a partner who works, or is to work, in the protected case"),
    Walker("outsider", OUTSIDE, "outsider", "a party outside with link and code, in another case"),
    Walker("call_back", STAFF, "callback", "the call-back desk"),
    Walker("administrator", STAFF, "administrator", "an administrator"),
    Walker("auditor", STAFF, "auditor", "the auditor"),
    Walker("treasurer", STAFF, "treasurer", "who keeps budgets and pays, without names"),
)
BY_KEY = {walker.key: walker for walker in WALKERS}


def come(walker: Walker, entries: dict[str, str], logins: dict[str, str]) -> Client:
    """A browser of hers, signed in. ``entries``: the doors of the seed's cases; ``logins`` of its colleagues."""
    client = Client(SERVER_NAME=SERVER, raise_request_exception=False)
    WAYS_IN[walker.way](client, walker, entries, logins)
    return client


def powers(walker: Walker, logins: dict[str, str]) -> frozenset[str]:
    """What she may ask for at all: the ways of coming in that are hers, and the powers of her posts."""
    held: frozenset[str] = frozenset()
    if walker.way == STAFF:
        found = queries.by_login(logins.get(walker.who) or person(walker.who).login)
        assert found is not None, walker.who
        held = kit.powers_of(post.role for post in network.posts_of(found.id, moment.today()))
    return held | {PUBLIC, *OPEN_TO[walker.way]}


def staff(client: Client, walker: Walker, entries: dict[str, str], logins: dict[str, str]) -> None:
    found = queries.by_login(logins.get(walker.who) or person(walker.who).login)
    assert found is not None, walker.who
    client.force_login(found, backend=BACKEND)


def member(client: Client, walker: Walker, entries: dict[str, str], logins: dict[str, str]) -> None:
    """By telephone, as after the code; on a trusted device a number and code of hers were typed before."""
    her: UUID = person(walker.who).new.id
    token = walker.key.ljust(32, "0").replace("_", "-")
    session = client.session
    session[MEMBER_IN_SESSION], session[SIGN_IN] = str(her), str(members.begin(her, "Android"))
    session.save()
    client.cookies["sessionid"], client.cookies[DEVICE_COOKIE] = str(session.session_key), token
    members.recognise(her, token, "Android")
    if walker.trusted:
        members.prove_device(her, token, her)


def asker(client: Client, walker: Walker, entries: dict[str, str], logins: dict[str, str]) -> None:
    session = client.session
    session[DOOR_IN_SESSION] = entries[walker.who]
    session.save()
    client.cookies["sessionid"] = str(session.session_key)


def outside(client: Client, walker: Walker, entries: dict[str, str], logins: dict[str, str]) -> None:
    session = client.session
    session[OUTSIDE_IN_SESSION], session[OUTSIDE_UNTIL] = entries[walker.who], int(moment.now().timestamp()) + 1800
    session.save()
    client.cookies["sessionid"] = str(session.session_key)


def nobody(client: Client, walker: Walker, entries: dict[str, str], logins: dict[str, str]) -> None:
    """Nothing brought."""


WAYS_IN: dict[str, Callable[[Client, Walker, dict[str, str], dict[str, str]], None]] = {
    NOBODY: nobody, STAFF: staff, MEMBER: member, ASKER: asker, OUTSIDE: outside,
}
