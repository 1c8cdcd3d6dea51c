"""What is done with accounts: adding, a new password, signing in, switching off."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, rate, sealing
from baiying.kit.chance import letters_for, uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal
from baiying.members import access, queries
from baiying.members.actions.devices import end_sessions, hashed_token
from baiying.members.models import Device, Person, Telephone
from baiying.network import actions as posts
from baiying.network import queries as network

#: Tries per login and source in a quarter of an hour; per login from anywhere; per source whatever the login.
TRIES = 8
TRIES_EVERYWHERE = 60
TRIES_OF_SOURCE = 40
WINDOW = 900
SHORTEST_PASSWORD = 12


@dataclass(frozen=True)
class NewPerson:
    """What is needed for an account. ``key`` is its idempotency key; without a password nobody can sign in with it.

    Only staff has a login; all others are reached by telephone, if at all.
    """

    key: str
    login: str | None
    name: str
    password: str | None = None
    telephone: str | None = None
    text_only: bool = False

    @property
    def id(self) -> UUID:
        """The identity the account gets."""
        return uuid_for(self.key, "person")


def add_person(new: NewPerson) -> Person:
    """Add one account; the same key twice is one account.

    :raises Refusal: another account has the login.
    """
    return add_people([new])[0]


def add_people(news: Sequence[NewPerson]) -> list[Person]:
    """Add accounts, all or none; those whose key is known are left as they are."""
    ids = [new.id for new in news]
    try:
        with transaction.atomic():
            with door.errand("members"):
                known = set(Person.objects.filter(id__in=ids).values_list("id", flat=True))
            # hashing is slow on purpose and leaves the interpreter alone meanwhile: the cores share it
            with ThreadPoolExecutor() as pool:
                made = list(pool.map(_made, [new for new in news if new.id not in known]))
            with door.errand("members"):
                Person.objects.bulk_create(person for person, _telephones in made)
                Telephone.objects.bulk_create(telephone for _person, telephones in made for telephone in telephones)
    except (DataError, IntegrityError) as error:
        raise Refusal(
            _("A login is lower-case letters, digits, dot, dash or underscore, at least two, and nobody else's.")
        ) from error
    with door.errand("members"):
        found = Person.objects.in_bulk(ids)
    return [found[one] for one in ids]


def set_password(person: Person, password: str) -> None:
    """Give her a new password; the old one opens nothing any more, and her sessions end."""
    Person.objects.filter(id=person.id).update(password=make_password(password))
    end_sessions(person.id)


def change_password(person: Person, old: str, new: str) -> None:
    """She gives herself a new password. Raises Refusal: the old one is wrong, or the new one too weak."""
    if not rate.allow("change_password", person.id.bytes, TRIES, WINDOW):
        raise Refusal(_("Too many tries. Wait a quarter of an hour, then try again."), status=429)
    if not check_password(old, person.password):
        raise Refusal(_("The present password is not right. Please type it again."))
    check_new_password(new, str(person.login or ""))
    set_password(person, new)


def check_new_password(password: str, login: str) -> None:
    """Raises Refusal for a password that is soon guessed. Length is what counts; signs are not prescribed."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(_("A password has at least %(least)d characters. Four or five words in a row are good."),
                      least=SHORTEST_PASSWORD)
    if len(set(password)) < 5 or (login and login in password.lower()):
        raise Refusal(_("This password is soon guessed: it repeats itself or holds the account's name. "
                        "Please choose another one."))


def switch_off(person: Person) -> None:
    """She cannot sign in any more and her posts are not living: their work passes on. What she did stays hers."""
    with transaction.atomic():
        Person.objects.filter(id=person.id).update(active=False)
        network.forget()
        posts.settle()


def sign_in(login: str, password: str, source: str = "", token: str = "") -> Person:
    """The person whose login and password these are.

    ``source`` is where the try comes from (an address); it only counts tries. An unknown login, an account that was
    switched off and a wrong password give one sentence after the same work, so that nobody learns who has an account.

    Strangers who try many passwords do not lock her out: while they do, who has a second factor, or comes on a device
    on which she signed in before (its cookie is ``token``), still gets in with the right password, and nobody else.

    :raises Refusal: they do not fit, or there were too many tries.
    """
    login = login.strip().lower()[:64]
    allowed = [
        rate.allow("sign_in", f"{login} {source}", TRIES, WINDOW),
        not source or rate.allow("sign_in_source", source, TRIES_OF_SOURCE, WINDOW),
    ]
    calm = rate.allow("sign_in_login", login, TRIES_EVERYWHERE, WINDOW)
    if not all(allowed):
        raise Refusal(_("Too many tries. Wait a quarter of an hour, then try again."), status=429)
    found = Person.objects.filter(login=login, active=True).first()
    fits = check_password(password, found.password if found is not None else _nobodys_password())
    if not calm and not (found is not None and fits and _no_stranger(found, token)):
        raise Refusal(_("Too many tries. Wait a quarter of an hour, then try again."), status=429)
    if found is None or not fits:
        raise Refusal(_("Login and password do not fit together. Check both and try again."))
    forgive(login, source)
    return found


def forgive(login: str, source: str) -> None:
    """The right password was no try at guessing: whoever signs in often is never shut out for it."""
    rate.forgive("sign_in", f"{login} {source}")
    rate.forgive("sign_in_login", login)
    if source:
        rate.forgive("sign_in_source", source)


def _no_stranger(person: Person, token: str) -> bool:
    """Whether more than the password speaks for her: a second factor to come, or a device that she used before."""
    with door.open(Asker(who=person.id)):
        known = token and Device.objects.filter(person=person, hashed=hashed_token(token), ended_at=None).exists()
    return bool(known) or queries.has_factor(person.id)


_nobody: list[str] = []


def _nobodys_password() -> str:
    """A password of nobody, made once: checking it costs what checking a real one costs."""
    if not _nobody:
        _nobody.append(make_password(letters_for("nobody", "password", 24)))
    return _nobody[0]


def _made(new: NewPerson) -> tuple[Person, list[Telephone]]:
    made = Person(id=new.id, login=new.login, name=new.name, password=make_password(new.password),
                  text_only=new.text_only)
    if not new.telephone:
        return made, []
    made.key = sealing.new_key(made.id)
    return made, [telephone_of(made, sealing.phone(new.telephone))]


def telephone_of(person: Person, telephone: str) -> Telephone:
    """A number of hers as a row, not stored yet; she has a key already."""
    index = access.telephone_index(telephone)
    row = uuid_for(person.id.bytes + index, "telephone")
    sealed = sealing.seal(person.wrapped, person.id, "telephone", telephone, row)
    return Telephone(id=row, person=person, sealed=sealed, index=index)
