"""A sheet of posts: matched by unit, post and login; accounts that are not there are made without a password."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.catalogue import queries as catalogue
from baiying.importing import bringing
from baiying.importing.members import Counts
from baiying.importing.models import Sheet
from baiying.importing.scope import Scope, plain
from baiying.importing.sheet_rows import SheetRow
from baiying.kit.errors import Refusal
from baiying.members import actions as members
from baiying.members import queries as member_queries
from baiying.network import actions as network
from baiying.network import queries as network_queries
from baiying.network.models import Level, Post, Unit

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")  # as the table of people has it


@dataclass
class Planned:
    """What one row comes to: the unit, the role, the person (an account or a new one), the days."""

    unit: Unit
    role: str
    login: str
    person: UUID | None
    new: members.NewPerson | None
    since: date
    until: date | None
    receives: bool
    known: bool


class Posts:
    """The list of posts of one sheet."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.roles = {plain(word): role.key for role in catalogue.roles().values()
                      for word in (role.key, role.name, role.name_en) if word}
        self.two = {role.key for role in catalogue.roles().values() if role.two_persons}
        self.held: dict[UUID, list[Post]] = {}
        self.names: dict[str, str] = {}
        self.lines: dict[tuple[UUID, str, str], int] = {}

    def gather(self, entry: SheetRow) -> None:
        """Nothing of one row is needed by another."""

    def check(self, entry: SheetRow, thorough: bool = True) -> None:
        """Make of the row a post, or say what is wrong with it."""
        unit = entry.held("unit", lambda: self.scope.named(entry.text("unit"))) if entry.text("unit") else None
        role = self.roles.get(plain(entry.text("role")), "")
        if entry.text("role") and not role:
            entry.refuse("role", Refusal(_("There is no post of this name. Known are: %(known)s"),
                                         known="、".join(one.name for one in catalogue.roles().values())))
        login = entry.text("login").lower()
        if login and not LOGIN.fullmatch(login):
            entry.refuse("login", Refusal(_("A login is lower-case letters, digits, dot, dash or underscore, at least "
                                            "two, for example he.yingsheng.")))
        if unit is not None and unit.level == Level.DISTRICT and self.scope.unit is not None:
            entry.refuse("unit", Refusal(_("Posts of a district unit are given by two persons together, on the pages "
                                           "of units and posts, not by a sheet.")))
        elif role in self.two and self.scope.unit is not None:
            entry.refuse("role", Refusal(_("This post is given by two persons together, on the pages of units and "
                                           "posts, not by a sheet.")))
        elif unit is not None and role and role not in network_queries.roles_for(unit):
            entry.refuse("role", Refusal(_("This role does not fit this unit. Choose one from the list.")))
        since, until = entry.values.get("since") or self.scope.on, entry.values.get("until")
        if self.scope.unit is not None and since < self.scope.on:
            entry.refuse("since", Refusal(_("This day is over: nobody is given a post for days that have passed. Leave "
                                            "it empty for today, or choose a later day.")))
        if until is not None and until <= since:
            entry.refuse("until", Refusal(_("The last day lies before the first one.")))
        person = self._person(entry, login)
        if entry.faults or unit is None:
            return
        first = self.lines.setdefault((unit.id, role, login), entry.line)
        if first != entry.line:
            entry.refuse("login", Refusal(_("Row %(line)d gives the same person the same post already."), line=first))
            return
        receives = entry.values.get("receives")
        new = None if person is not None else members.NewPerson(
            key=f"import:person:{login}", login=login, name=entry.text("name"),
            telephone=entry.text("telephone") or None)
        known = person is not None and any(
            post.holder_id == person and post.role == role for post in self._posts(unit))
        if person is not None and person == self.scope.who and not known:
            entry.refuse("login", Refusal(_("Nobody gives a post to herself. Ask another administrator.")))
            return
        entry.made = Planned(unit, role, login, person, new, since, until, receives is not False, known)

    def enter(self, entries: Sequence[SheetRow], sheet: Sheet) -> Counts:
        """Make the accounts and give the posts; first it is written down what this sheet brings."""
        plans = [(entry, entry.made) for entry in entries if not entry.made.known]
        new = {plan.login: plan.new for _entry, plan in plans if plan.new is not None}
        made = {one.login: one.id for one in new.values()}
        posts = [(entry.line, network.appointed(
            f"import:{plan.unit.id}:{plan.role}:{plan.login}:{plan.since}", plan.unit, plan.role,
            plan.person or made[plan.login], plan.since, plan.until, plan.receives)) for entry, plan in plans]
        bringing.note(sheet, [(line, "post", post.id, None, None) for line, post in posts])
        members.add_people(list(new.values()))
        network.enter(posts=[post for _line, post in posts])
        return Counts(len(posts), 0, len(entries) - len(posts))

    def _person(self, entry: SheetRow, login: str) -> UUID | None:
        """The account with this login. One of another name is a fault: it would give her post to somebody else."""
        name = plain(entry.text("name"))
        if login and self.names.setdefault(login, name) != name:
            entry.refuse("login", Refusal(_("Another row gives this login to a person of another name.")))
        found = member_queries.by_login(login) if login else None
        if found is None:
            return None
        if plain(found.name) != name:
            entry.refuse("login", Refusal(_("This login belongs to a person of another name. Choose another login.")))
        elif not found.active:
            entry.refuse("login", Refusal(_("This account is switched off. An administrator must switch it on first.")))
        return found.id

    def _posts(self, unit: Unit) -> list[Post]:
        if unit.id not in self.held:
            self.held[unit.id] = network_queries.posts_in(unit.id, self.scope.on)
        return self.held[unit.id]
