"""The form on which a unit writes a request down for somebody without an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from baiying.cases.actions import Receipt
from baiying.engine.text.readable import readable
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.kit.number import ref_of
from baiying.members.identity import KINDS
from baiying.network.models import Unit
from baiying.services.actions.receiving import Herself, enter_for
from baiying.web.forms.handler_enter import CHANNELS
from baiying.web.forms.requests import PHONE_MOST, RequestForm

NAME_MOST, FIRST_GENERATION = 60, "id15"


@dataclass
class EnteredForm(RequestForm):
    """Her request as she says it, with who she is, how it came, and that it was read to her."""

    units: Sequence[Unit] = field(default=())

    def __post_init__(self) -> None:
        super().__post_init__()
        self.name = readable(self.data.get("name", ""))[0][:NAME_MOST]
        self.paper, self.kind = self.data.get("number", "")[:PHONE_MOST], self.data.get("kind", "")
        self.channel, self.unit = self.data.get("channel", ""), self.data.get("unit", "")
        self.right = self.data.get("right") == "yes"

    @property
    def kinds(self) -> list[tuple[str, object]]:
        """Kinds of paper that she may show."""
        return [(key, label) for key, label in KINDS.items() if key != FIRST_GENERATION]

    @property
    def channels(self) -> tuple[tuple[str, object], ...]:
        return CHANNELS

    @property
    def whose(self) -> list[tuple[str, Unit]]:
        """The units that may write it down, as the form names them."""
        return [(ref_of(one.id), one) for one in self.units]

    def store(self, asker: Asker) -> Receipt:
        """Write it down. Raises Unseen, Refusal; then nothing is stored."""
        unit = dict(self.whose).get(self.unit) or (self.units[0] if len(self.units) == 1 else None)
        if unit is None:
            raise Unseen
        herself = Herself(self.name, self.kind, self.paper, self.channel, self.right)
        return enter_for(asker, unit.id, herself, self.wish())
