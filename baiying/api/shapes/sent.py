"""A need and her later words as they are sent."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from baiying.api.shapes.shape import Sent
from baiying.cases.actions import Guardian, Submission, arriving
from baiying.catalogue import queries as catalogue
from baiying.engine.text.readable import readable
from baiying.kit.errors import Refusal

Short = Annotated[str, Field(max_length=80)]
Line = Annotated[str, Field(max_length=200)]
Said = Annotated[dict[Short, Annotated[list[Annotated[str, Field(max_length=5_000)]], Field(max_length=40)]],
                 Field(max_length=80)]
CHANNEL = "api"


class GuardianSent(Sent):
    """Who stands beside a child under 14."""

    name: Annotated[str, Field(max_length=60)]
    relation: Annotated[str, Field(max_length=40)]
    phone: Annotated[str, Field(max_length=40)] = ""
    consents: bool = False
    """Without it the need is taken all the same: the child may need help against this very person."""

    def meant(self) -> Guardian:
        return Guardian(clean(self.name), clean(self.relation), self.phone, self.consents)


class Need(Sent):
    """What is difficult, in her own words, and the little that may be added to it. Only the words are required."""

    words: Annotated[str, Field(min_length=1, max_length=20_000)]
    matter: Short = ""
    """A key of GET /matters; empty: her words are read for it."""
    topic: Short = ""
    area: Annotated[str, Field(pattern=r"^([0-9]{12})?$")] = ""
    """The 12-digit code of a street or community; empty: not sure."""
    phone: Annotated[str, Field(max_length=40)] = ""
    name: Annotated[str, Field(max_length=60)] = ""
    contact: Line = ""
    """When and how it is safe to reach her, in her words."""
    reach: Literal["", "never", "day", "office", "morning", "afternoon", "evening"] = ""
    """When a message may reach her. A message never says what it is about."""
    text_only: bool = False
    """She reads, she does not hear: written to, never called."""
    guardian: GuardianSent | None = None
    answers: Said = {}
    """To the matter's own questions, by their keys; several values where several can be chosen."""

    def submission(self, key: str) -> Submission:
        """What the action takes, cleaned as the box cleans it. Raises Refusal."""
        if self.matter and all(one.key != self.matter for one in catalogue.matters()):
            raise Refusal(_("We do not know this kind of matter. Please choose one of the list, or leave it open."))
        return Submission(
            key=arriving.key_of(key, self.model_dump()), words=clean(self.words), matter=self.matter or None,
            topic=self.topic, area=self.area or None, phone=arriving.telephone(self.phone), name=clean(self.name),
            contact=clean(self.contact), answers=cleaned(self.answers) if self.matter else {}, channel=CHANNEL,
            guardian=self.guardian.meant() if self.guardian else None, text_only=self.text_only, reach=self.reach)


class Words(Sent):
    """What the unit waits for from her."""

    text: Annotated[str, Field(min_length=1, max_length=5_000)]


class Judged(Sent):
    """Her word at the end. Only this closes a case."""

    verdict: Literal["solved", "partly", "not_solved"]
    contacted: bool | None = None
    """Whether somebody contacted her in time; null: she would rather not say."""
    why: Annotated[str, Field(max_length=5_000)] = ""
    answers: Said = {}
    """To the questions that the matter asks at the end."""


def clean(text: str) -> str:
    """A text of hers without invisible characters."""
    return readable(text)[0]


def cleaned(answers: dict[str, list[str]]) -> dict[str, list[str]]:
    return {key: [clean(one) for one in said] for key, said in answers.items()}
