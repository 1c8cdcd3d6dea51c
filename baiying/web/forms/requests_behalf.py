"""The form of a request on behalf of a child or a parent: the questions are about that person, the account is hers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from baiying.cases.actions import Receipt
from baiying.engine.text.readable import readable
from baiying.members.identity import KINDS
from baiying.services.actions.behalf import Other, ask_on_behalf
from baiying.web.forms.requests import PHONE_MOST, RequestForm
from baiying.web.forms.requests_entered import FIRST_GENERATION, NAME_MOST

RELATION_MOST = 30


@dataclass
class BehalfForm(RequestForm):
    """Her request for somebody else, with who that is and what she is to that person."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.name = readable(self.data.get("of_name", ""))[0][:NAME_MOST]
        self.relation = readable(self.data.get("relation", ""))[0][:RELATION_MOST]
        self.paper, self.kind = self.data.get("number", "")[:PHONE_MOST], self.data.get("kind", "")

    @property
    def subject(self) -> str:
        return self.offer.subject

    @property
    def kinds(self) -> list[tuple[str, object]]:
        """Kinds of paper that say who that person is."""
        return [(key, label) for key, label in KINDS.items() if key != FIRST_GENERATION]

    def send(self, person: UUID) -> Receipt:
        """Send it. Raises Unseen, Refusal; then nothing is stored."""
        other = Other(self.subject, self.name, self.kind, self.paper, self.relation)
        return ask_on_behalf(person, self.wish(), other)
