"""One case as its people meet it over HTTP: she with number and code, staff with the buttons of their pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from baiying.cases import queries
from baiying.engine import flow
from baiying.kit import moment
from baiying.kit import number as numbers
from tests.web.pages import Form, Shown, shown
from tests.web.test_way import come_back

Staff = Callable[[str], Client]


@dataclass
class Told:
    """A case that was sent. What the pages show is asked of the pages; clocks and letters of the case's own story."""

    number: str
    code: str
    staff: Staff
    presses: int = 0

    def _next(self) -> AbstractContextManager[datetime]:
        """Every press of a button has its own second: nothing in a story happens at once."""
        self.presses += 1
        return moment.frozen(moment.now() + timedelta(seconds=self.presses))

    @property
    def story(self) -> queries.Story:
        return queries.story(numbers.entry(numbers.read(self.number), numbers.read_code(self.code)))

    @property
    def stage(self) -> str:
        return self.story.case.stage

    @property
    def running(self) -> set[str]:
        """The clocks that run."""
        return {clock.word.key for clock in self.story.clocks if clock.running}

    @property
    def met(self) -> set[str]:
        """The clocks that were met and run no more."""
        return {clock.word.key for clock in self.story.clocks} - self.running

    def limit(self, clock: str) -> str:
        """Until which day (of Shanghai) a running clock runs, like 2026-03-09."""
        (found,) = (one for one in self.story.clocks if one.word.key == clock and one.running)
        assert found.reckoning.due_on is not None
        return found.reckoning.due_on.isoformat()

    @property
    def letters(self) -> dict[str, str]:
        """The letters in her story by their names, the last of each."""
        return {letter.label: letter.text for letter in self.story.letters}

    def page(self, who: str) -> Shown:
        """The case on the page of one of the cast."""
        return shown(self.staff(who).get(f"/case/{numbers.read(self.number)}/"))

    def offered(self, who: str) -> set[str]:
        """The buttons of the next step."""
        keys = {form.fields["move"][0] for form in self._forms(self.page(who))}
        return {move.label for move in self._moves() if move.key in keys}

    def step(self, who: str, label: str, text: str = "", reason: str = "", **answers: str | list[str]) -> Shown:
        """Press the button with this label; it goes through."""
        done = self._press(who, label, text, reason, answers)
        assert done.status == 200, done.text
        return done

    def refused(self, who: str, label: str, text: str = "", reason: str = "", status: int = 400,
                **answers: str | list[str]) -> Shown:
        """Press the button with this label; it is refused, nothing has moved, and what was typed is still there."""
        before = self.story.case.version
        back = self._press(who, label, text, reason, answers)
        assert back.status == status and self.story.case.version == before, (back.status, back.text)
        assert text in back.text
        return back

    def stale(self, who: str, label: str, first: str) -> None:
        """Two people open the page; the one who comes second is told so, with her text kept."""
        client = self.staff(who)
        old = shown(client.get(f"/case/{numbers.read(self.number)}/"))
        self.step(who, first)
        form = self._form(old, next(move for stage in self.story.matter.stages.values() for move in stage.moves
                                    if move.label == label).key)
        late = shown(client.post(form.action, {**form.fields, "text": "第二位写的"}, follow=True))
        assert (late.status, "第二位写的" in late.text) == (409, True), late.text

    def her(self) -> tuple[Client, Shown]:
        """Her page, on a device that knows nothing but the slip."""
        return come_back(self.number, self.code)

    def her_step(self, label: str, text: str = "") -> Shown:
        client, mine = self.her()
        form = self._form(mine, self._key(label))
        with self._next():
            done = shown(client.post(form.action, {**form.fields, "text": text}, follow=True))
        assert done.status == 200, done.text
        return done

    def her_word(self, verdict: str, why: str = "", contacted: str = "yes", **asked: str) -> Shown:
        client, mine = self.her()
        with self._next():
            return mine.press(client, "/mine/judge/", verdict=verdict, contacted=contacted, why=why,
                              **{f"ask.{key}": said for key, said in asked.items()})

    def _press(self, who: str, label: str, text: str, reason: str, answers: dict[str, Any]) -> Shown:
        client = self.staff(who)
        form = self._form(shown(client.get(f"/case/{numbers.read(self.number)}/")), self._key(label))
        typed = {f"ask.{key}": said for key, said in answers.items()}
        data = {**form.fields, "text": text, **({"reason": reason} if reason else {}), **typed}
        with self._next():
            return shown(client.post(form.action, data, follow=True))

    def _moves(self) -> tuple[flow.Move, ...]:
        story = self.story
        return flow.moves_from(story.matter, story.case.stage)

    def _key(self, label: str) -> str:
        return next(move.key for move in self._moves() if move.label == label)

    def _form(self, page: Shown, key: str) -> Form:
        found = [form for form in self._forms(page) if form.fields["move"] == [key]]
        assert found, (key, page.status, page.text)
        return found[0]

    def _forms(self, page: Shown) -> list[Form]:
        return [form for form in page.forms if form.action.endswith(("/move/", "/mine/step/"))]
