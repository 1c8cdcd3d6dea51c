"""What a person is told when something cannot be done: one full sentence, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something cannot be done. The sentence says what happened, why, and what to do.

    ``sentence`` is a message of gettext_lazy (or text) with ``%(name)s`` places that ``details`` fill,
    so it is translated when it is shown and not when it is raised.
    Details are shown to the person: never put sealed words, ids or keys into them.
    """

    status = 400

    def __init__(self, sentence: str | Promise, *, status: int | None = None, **details: object) -> None:
        super().__init__(sentence)
        self.message = sentence
        self.details = details
        if status is not None:
            self.status = status

    @property
    def sentence(self) -> str:
        """The sentence in the language that is active now."""
        text = str(self.message)
        return text % self.details if self.details else text

    def __str__(self) -> str:
        return self.sentence


class Unseen(Refusal):
    """What one may not see, and what does not exist: one sentence and one status for both (promise 6)."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("There is nothing here that you can open. "
                           "The address may be mistyped, or it may not be meant for you. Go back and try again."))


class Misuse(RuntimeError):
    """The program itself did something that is forbidden everywhere. Never shown to a person; a defect."""
