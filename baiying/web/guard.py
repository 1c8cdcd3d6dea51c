"""Who asks, and whether the power that a route names is theirs. Default: no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.kit import door, moment
from baiying.kit import queries as kit
from baiying.kit.errors import Unseen
from baiying.members import actions as members
from baiying.members.models import Person
from baiying.network import queries as network
from baiying.network.models import Post
from baiying.web.views import trouble

PUBLIC = "public"
ASKER = "asker"
MEMBER = "member"  # signed in by telephone: request.member, request.trusted
OUTSIDE = "outside"  # a party without an account, by link and code: request.way
SELF = "self"  # signed in at all, by telephone or as staff: what belongs to an account
WAYS = (PUBLIC, ASKER, OUTSIDE, MEMBER, SELF)  # every other power comes from a post
MEMBER_IN_SESSION, SIGN_IN = "member", "sign_in"
DEVICE_COOKIE = "baiying_device"
DOOR_IN_SESSION = "door"
DOOR_UNTIL = "door_until"  # a protected case closes by itself at this second (since 1970)
OUTSIDE_IN_SESSION, OUTSIDE_UNTIL = "outside", "outside_until"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Staff:
    """A member of staff with the posts held today."""

    person: Person
    posts: list[Post] = field(default_factory=list)
    # What was shown beside the password in this session; empty: nothing.
    factor: str = ""

    @property
    def waits(self) -> bool:
        """Whether this installation lets her in only with a second factor, and this session has shown none."""
        return bool(settings.BAIYING_SECOND_FACTOR) and not self.factor

    @property
    def name(self) -> str:
        return self.person.name

    @cached_property
    def powers(self) -> frozenset[str]:
        """What all her posts allow together; a page asks it a dozen times."""
        return kit.powers_of(post.role for post in self.posts)

    def may(self, power: str) -> bool:
        return power in self.powers

    def posts_with(self, power: str) -> list[Post]:
        return [post for post in self.posts if power in kit.powers_of([post.role])]

    def asker(self, power: str) -> door.Asker:
        """This person as the door knows her: with those units only in which her post gives the power."""
        posts = self.posts_with(power)
        return door.Asker(who=self.person.id, units=frozenset(post.unit_id for post in posts),
                          roles=frozenset(post.role for post in posts))


def staff_of(request: HttpRequest) -> Staff | None:
    """The member of staff who is signed in, or nobody; a session that was ended elsewhere is over."""
    session = request.session
    if not session.get("_auth_user_id") or not session.get(SIGN_IN) or not request.user.is_authenticated:
        return None
    sign_in = members.visit(UUID(session[SIGN_IN]), request.user.id)
    if sign_in is None:
        return None
    return Staff(request.user, network.posts_of(request.user.id, moment.today()), sign_in.factor)


def member_of(request: HttpRequest) -> tuple[Person | None, bool]:
    """Who is signed in by telephone, or nobody; and whether this device is trusted by her."""
    held, sign_in = request.session.get(MEMBER_IN_SESSION), request.session.get(SIGN_IN)
    if not held or not sign_in:
        return None, False
    found = members.come_back(UUID(held), UUID(sign_in), request.COOKIES.get(DEVICE_COOKIE, ""))
    return found or (None, False)


def guarded(view: View, power: str) -> View:
    """The view behind its power. Its answer is never kept by a cache."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        request.staff = staff_of(request)  # type: ignore[attr-defined]
        request.member, request.trusted = member_of(request)  # type: ignore[attr-defined]
        answer = _refused(request, power) or view(request, *args, **named)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    inner.power = power  # type: ignore[attr-defined]
    return inner


def _refused(request: HttpRequest, power: str) -> HttpResponse | None:
    """Where to go first (find, sign in), or nothing when the way is open. Raises Unseen."""
    if power == PUBLIC:
        return None
    if power == ASKER:
        until = request.session.get(DOOR_UNTIL)
        if until is not None and until < moment.now().timestamp():
            del request.session[DOOR_UNTIL]
            request.session.pop(DOOR_IN_SESSION, None)
        held = request.session.get(DOOR_IN_SESSION)
        if not held:
            return _closed(request, reverse("find"), reverse("find"))
        request.door = bytes.fromhex(held)  # type: ignore[attr-defined]
        return None
    if power == OUTSIDE:
        if request.session.get(OUTSIDE_UNTIL, 0) < moment.now().timestamp():
            return _closed(request, reverse("outside_closed"), reverse("outside_closed"))
        request.way = bytes.fromhex(request.session[OUTSIDE_IN_SESSION])  # type: ignore[attr-defined]
        return None
    staff: Staff | None = request.staff  # type: ignore[attr-defined]
    member: Person | None = request.member  # type: ignore[attr-defined]
    if not {MEMBER: member, SELF: member or staff}.get(power, staff):
        return _closed(request, reverse("sign_in"), f"{reverse('sign_in')}?{urlencode({'next': request.path})}")
    if staff is None or power in (MEMBER, SELF):
        return None
    if staff.waits:
        return _closed(request, reverse("factors"), reverse("factors"))
    if not staff.may(power):
        raise Unseen
    request.asker = staff.asker(power)  # type: ignore[attr-defined]
    return None


def _closed(request: HttpRequest, way_in: str, first: str) -> HttpResponse:
    """The session is over. A page asked for leads to the way in first; what somebody has written comes back."""
    if request.method == "POST" and set(request.POST) - {"csrfmiddlewaretoken"}:
        return trouble.closed(request, way_in)
    return HttpResponseRedirect(first)
