"""The one door for every message to the person who asked: by the contact she gave, in the hours she chose, without a
word of what it is about. Whoever has something to tell her names one of `NOTICES`; no text goes out otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine.flow import reach
from baiying.kit import door, log, messages, moment, number

#: What can be told, and its sentence. A telephone shows it to whoever holds it: it says nothing but where to look.
NOTICES = {
    "new": gettext_noop("Something new waits under your number %(number)s. Open it with your query code."),
    "waits": gettext_noop("Something still waits for you under your number %(number)s. Open it with your query code."),
    "opened": gettext_noop("Something under your number %(number)s was opened. Who and why stands there."),
}
#: In a matter of safety the message does not even say that there is a number.
QUIET = gettext_noop("There is something new for you to read.")


@dataclass(frozen=True)
class Outgoing:
    """A message that may go out now. Sent after the commit, so that nothing goes out for what was rolled back."""

    phone: str
    text: str

    def send(self) -> None:
        messages.send(self.phone, self.text)


def tell_her(case_id: str, notice: str = "new") -> datetime | None:
    """Send a notice, or say when to come back: the first moment of the hours she chose. Nothing where none may go out.

    A job run twice may send it twice.
    """
    with door.errand("tell"):
        door.look_at(UUID(case_id))
        case = access.by_id(UUID(case_id))
        hours = hours_for(case) if case is not None and case.wrapped else None
        if case is None or hours is None:
            return None
        now = moment.shanghai(moment.now())
        if not hours.holds(now):
            return hours.next(now)
        message = outgoing(case, notice)
        if message is not None:
            log.write("case.told", case.id, door.asker().name, {"port": messages.PORT, "notice": notice}, case.wrapped)
    if message is not None:
        message.send()
    return None


def outgoing(case: Case, notice: str) -> Outgoing | None:
    """The message of this notice if it may go out this very moment. The case must be looked at."""
    hours = hours_for(case)
    if hours is None or not hours.holds(moment.shanghai(moment.now())):
        return None
    phone = Dossier(case).phone
    return Outgoing(phone, text_of(notice, case.number, protected(case))) if phone else None


def text_of(notice: str, bare_number: str, is_protected: bool) -> str:
    """What a notice says: nothing of the matter, of the unit or of her, whatever the case is."""
    sentence = NOTICES[notice]
    return _(QUIET) if is_protected else _(sentence) % {"number": number.shown(bare_number)}


def hours_for(case: Case) -> reach.Hours | None:
    """When a message may go out in this case; None for never. The case must be looked at."""
    if not case.wrapped:
        return None
    held = Dossier(case)
    return reach.hours_of(held.opened("reach"), protected(case), bool(held.opened("contact")))


def protected(case: Case) -> bool:
    """Whether a telephone that lights up may put her in danger."""
    return case.danger or catalogue.matter_of(case.declaration_id).safe

