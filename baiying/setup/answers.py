"""What is asked when an installation is set up, and whether an answer will do. Pure: asks no database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baiying.kit.errors import Refusal
from baiying.network.models import Organisation

#: The federations an installation can be for, in the order in which they are asked for.
FEDERATIONS = (Organisation.UNION, Organisation.WOMEN)
ENDINGS = {Organisation.UNION: ("总工会", "Federation of Trade Unions"),
           Organisation.WOMEN: ("妇女联合会", "Women's Federation")}
#: The post of the first people: they enter units, posts and members, and open no case.
ROLE = "administrator"
MOST_ADMINISTRATORS = 2
LEAST_PASSWORD = 12
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
DISTRICT = re.compile(r"[1-9][0-9]{5}")
TRIVIAL = ("123456", "abcdef", "qwerty", "password", "admin", "baiying", "888888", "666666", "000000", "111111")

Sentence = str | Promise


@dataclass(frozen=True)
class Federation:
    """One of the federations: the names of its district unit, its telephone, and whether its streets get units too."""

    organisation: str
    name: str
    name_en: str = ""
    telephone: str = ""
    streets: bool = True


@dataclass(frozen=True)
class Administrator:
    """One of the first people. ``organisations``: whose administrator; empty for all that are set up."""

    name: str
    login: str
    password: str
    telephone: str = ""
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """All that is told; ``district`` is the six-digit code (GB/T 2260)."""

    district: str
    federations: tuple[Federation, ...] = ()
    administrators: tuple[Administrator, ...] = ()

    @classmethod
    def told(cls, told: Mapping[str, Any]) -> Answers:
        """From a mapping as a TOML file of answers has it. Raises Refusal that names the word it does not know."""
        words = dict(told)
        words.pop("areas", None)
        return cls(
            district=str(words.pop("district", "")),
            federations=tuple(_made(Federation, one) for one in words.pop("federation", [])),
            administrators=tuple(_made(Administrator, one) for one in words.pop("administrator", [])),
            **_nothing_left(words),
        )


def proposed_name(organisation: str, place: str) -> str:
    """The name that a federation of a place usually has."""
    return place + ENDINGS[Organisation(organisation)][0]


def faults(answers: Answers) -> dict[str, Sentence]:
    """What will not do, by place (``district``, ``federations``, ``administrators.0.login`` …), each in a sentence."""
    found: dict[str, Sentence] = {}
    if not DISTRICT.fullmatch(answers.district):
        found["district"] = _("A district has a code of six digits, for example 110107. Please look it up and type it.")
    if not answers.federations:
        found["federations"] = _("Please choose at least one: trade union, women's federation, or both.")
    for place, one in enumerate(answers.federations):
        if not one.name.strip():
            found[f"federations.{place}.name"] = _("The unit needs its name as it stands on its seal.")
    if not answers.administrators:
        found["administrators"] = _("Somebody must be the first administrator. Better two, so that one can help "
                                    "the other back in.")
    for place, person in enumerate(answers.administrators):
        for name, sentence in _faults_of(person, answers):
            found[f"administrators.{place}.{name}"] = sentence
    logins = [person.login for person in answers.administrators]
    if len(set(logins)) < len(logins):
        found[f"administrators.{len(logins) - 1}.login"] = _("Each person needs a login of their own.")
    return found


def weakness(password: str, *known: str) -> Sentence | None:
    """Why a password will not do, or nothing. ``known`` is what everybody knows of the person (login, name)."""
    small = password.lower()
    if len(password) < LEAST_PASSWORD:
        return _("The password is too short: at least 12 characters. Easiest is a sentence of your own that nobody "
                 "else would say.")
    if len(set(small)) < 5 or any(word in small for word in TRIVIAL):
        return _("This password is among the first that anybody would try. Take a sentence of your own.")
    if any(word and len(word) > 2 and word.lower() in small for word in known):
        return _("The password must not contain the login or the name: everybody knows those.")
    return None


def _faults_of(person: Administrator, answers: Answers) -> Iterator[tuple[str, Sentence]]:
    if not person.name.strip():
        yield "name", _("Please type the person's name.")
    if not LOGIN.fullmatch(person.login):
        yield "login", _("A login is lower-case letters, digits, dot, dash or underscore, at least two, for example "
                         "he.yingsheng.")
    if (weak := weakness(person.password, person.login, person.name)) is not None:
        yield "password", weak
    chosen = {one.organisation for one in answers.federations}
    if set(person.organisations) - chosen:
        yield "organisations", _("This federation is not being set up, so nobody can be its administrator.")


def _made(kind: type[Any], told: object) -> Any:
    if not isinstance(told, Mapping):
        raise Refusal(_("The answers are not in the form that is read. See docs/how-to/setting-up.md."))
    known = set(kind.__dataclass_fields__)
    _nothing_left({word: "" for word in told if word not in known})
    try:
        made = kind(**told)
    except TypeError as error:
        raise Refusal(_("An answer is missing: %(why)s"), why=str(error).split(":", 1)[-1].strip()) from None
    return replace(made, organisations=tuple(made.organisations)) if kind is Administrator else made


def _nothing_left(words: Mapping[str, Any] | Sequence[str]) -> dict[str, Any]:
    if words:
        raise Refusal(_("The answers hold words that nobody asked for: %(words)s. Correct them, then try again."),
                      words=", ".join(sorted(words)))
    return {}
