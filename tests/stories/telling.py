"""One case as its people meet it over HTTP: she with number and code, staff with the buttons of their pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.http import HttpResponse
from django.test import Client

from baiying.cases import queries
from baiying.engine import flow
from baiying.kit import moment
from baiying.kit import number as numbers
from baiying.web.typesetting import chinese
from tests.web.desks import bring_in, case_of
from tests.web.pages import Form, Shown, shown
from tests.web.test_way import come_back

Staff = Callable[[str], Client]
HER = "her"  # on a device that knows nothing but the slip


@dataclass
class Told:
    """A case that was sent. What the pages show is asked of the pages; clocks and letters of the case's own story."""

    number: str
    code: str
    staff: Staff
    presses: int = 0
    browsers: dict[tuple[str, date], Client] = field(default_factory=dict)

    def _next(self) -> AbstractContextManager[datetime]:
        """Every press of a button has its own second: nothing in a story happens at once."""
        self.presses += 1
        return moment.frozen(moment.now() + timedelta(seconds=self.presses))

    @property
    def entry(self) -> bytes:
        return numbers.entry(numbers.read(self.number), numbers.read_code(self.code))

    @property
    def story(self) -> queries.Story:
        return queries.story(self.entry)

    @cached_property
    def matter(self) -> flow.Matter:
        return self.story.matter

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

    @property
    def further(self) -> set[str]:
        """The kinds of case that she is offered next."""
        return {matter.key for matter in queries.her_ways(self.entry).further}

    def page(self, who: str) -> Shown:
        """The case on the page of one of the cast."""
        return case_of(self._browser(who), self.number)

    def offered(self, who: str) -> set[str]:
        """The buttons of the next step, by their labels."""
        keys = {form.fields["move"][0] for form in steps_of(self.page(who))}
        return {move.label for move in flow.moves_from(self.matter, self.stage) if move.key in keys}

    def step(self, who: str, label: str, text: str = "", reason: str = "", **answers: str | list[str]) -> None:
        """Press the button with this label; it goes through."""
        done = self._press(self._browser(who), self.page(who), label, text, reason, answers)
        assert done.status_code == 302, shown(done).text

    def refused(self, who: str, label: str, text: str = "", reason: str = "", status: int = 400,
                **answers: str | list[str]) -> None:
        """Press the button with this label; it is refused, nothing has moved, and what was typed is still there."""
        page = self.page(who)
        back = shown(self._press(self._browser(who), page, label, text, reason, answers))
        assert back.status == status, back.text
        assert steps_of(back)[0].fields["version"] == steps_of(page)[0].fields["version"]
        assert text in back.answer.content.decode()

    def stale(self, who: str, label: str, first: str) -> None:
        """Two people open the page; the one who comes second is told so, with her text kept."""
        old = self.page(who)
        self.step(who, first)
        late = shown(self._press(self._browser(who), old, label, "第二位写的", "", {}))
        assert late.status == 409 and "第二位写的" in late.text

    def bring_in(self, who: str, party: str, unit: str, text: str, **more: str) -> Shown:
        """Ask a unit to play a part; the page that follows."""
        with self._next():
            return bring_in(self._browser(who), self.number, party, unit, text, **more)

    def task(self, who: str) -> Shown:
        """The task as one of the cast sees it who was brought in."""
        return shown(self._browser(who).get(f"/task/{numbers.read(self.number)}/"))

    def task_step(self, who: str, label: str, text: str = "", **answers: str | list[str]) -> None:
        """A step that is this party's to make; it goes through."""
        done = self._press(self._browser(who), self.task(who), label, text, "", answers)
        assert done.status_code == 302, shown(done).text

    def her(self) -> Shown:
        """Her page."""
        if (HER, moment.today()) not in self.browsers:
            self.browsers[HER, moment.today()], page = come_back(self.number, self.code)
            return page
        return shown(self._browser(HER).get("/mine/"))

    def her_step(self, label: str, text: str = "") -> None:
        """She presses the button with this label; it goes through."""
        page = self.her()
        done = self._press(self._browser(HER), page, label, text, "", {})
        assert done.status_code == 302, shown(done).text

    def her_word(self, verdict: str, why: str = "", contacted: str = "yes", **asked: str) -> Shown:
        """Her verdict; the page that follows."""
        page = self.her()
        with self._next():
            return page.press(self._browser(HER), "/mine/judge/", verdict=verdict, contacted=contacted, why=why,
                              **{f"ask.{key}": said for key, said in asked.items()})

    def _browser(self, who: str) -> Client:
        """A browser of its own; a session lasts for the day."""
        today = moment.today()
        if (who, today) not in self.browsers:
            self.browsers[who, today] = self.staff(who)
        return self.browsers[who, today]

    def _press(self, client: Client, page: Shown, label: str, text: str, reason: str,
               answers: dict[str, str | list[str]]) -> HttpResponse:
        keys = {move.key for stage in self.matter.stages.values() for move in stage.moves if move.label == label}
        found = [form for form in steps_of(page) if form.fields["move"][0] in keys]
        assert len(found) == 1 and chinese(label) in page.text, (label, page.status, page.text)
        typed = {f"ask.{key}": said for key, said in answers.items()}
        data = {**found[0].fields, "text": text, **({"reason": reason} if reason else {}), **typed}
        with self._next():
            return client.post(found[0].action, data)


def steps_of(page: Shown) -> list[Form]:
    """The forms of the next steps on a page."""
    return [form for form in page.forms if form.action.endswith(("/move/", "/mine/step/"))]
