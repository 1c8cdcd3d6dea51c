"""A member who asks for services on the pages, and the two people who look and decide."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baiying.kit import number as numbers
from baiying.kit.door import Asker
from baiying.ledger import actions as ledger
from baiying.members import actions as members
from baiying.members import queries as people
from baiying.members.actions import NewMember
from baiying.project.demo.cast import person
from baiying.project.demo.network import unit_id
from baiying.services.actions import telling
from tests.members.figures import street, telephone
from tests.stories.telling import Staff, Told
from tests.web.pages import Shown, shown
from tests.web.test_account_own import signed_in
from tests.web.test_way import keepsake

UNIT, ABOVE = "bajiao_handler", "district_union"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@dataclass
class Her:
    """A member on her own telephone, which a query code has proved to be hers."""

    id: UUID
    browser: Client
    staff: Staff

    def know(self, **facts: object) -> Her:
        """What is known of her, by the names of facts with __ for the dot; she agreed to each purpose."""
        told = {name.replace("__", "."): value for name, value in facts.items()}
        telling.tell(self.id, told, by=self.id, agreed=["identity", "means", "health", "work"])
        return self

    def page(self, service: str) -> Shown:
        return shown(self.browser.get(f"/entitled/{service}/request/"))

    def ask(self, service: str, *, papers: tuple[str, ...] = (), agree: tuple[str, ...] = (), round: str = "",
            words: str = "", facts: dict[str, str] | None = None, **answers: str) -> Request:  # fmt: skip
        """Fill in the form and send it with a paper for each of these keys."""
        form = self.page(service).form("ask")
        typed = {f"ask.{key}": said for key, said in answers.items()}
        typed |= {f"ask.fact:{name}": said for name, said in (facts or {}).items()}
        files = {f"paper.{key}": a_file(key) for key in papers}
        more = {"agree": list(agree), "words": words, **({"round": round} if round else {})}
        sent = shown(self.browser.post(form.action, {**form.fields, **typed, **more, **files}, follow=True))
        assert sent.status == 200, sent.text
        return Request(*keepsake(sent), self.staff)


@dataclass
class Request(Told):
    """A request on its pages."""

    def desk(self, who: str) -> Shown:
        self.page(who)  # one that nobody holds is taken up first
        return shown(self._browser(who).get(f"/case/{numbers.read(self.number)}/request/"))

    def look(self, who: str, paper: str, found: str = "accepted", reason: str = "", status: int = 302) -> None:
        """A person looks at one paper."""
        page = self.desk(who)
        form = next(one for one in page.forms if one.fields.get("paper") == [paper])
        done = self._browser(who).post(form.action, {**form.fields, "found": found, "reason": reason})
        assert done.status_code == status, shown(done).text

    def hers(self) -> Shown:
        """Her own page of it."""
        self.her()
        return shown(self._browser("her").get("/mine/request/"))

    def hand_in(self, paper: str) -> None:
        self.her()
        token = self.hers().forms[-1].fields["csrfmiddlewaretoken"][0]
        sent = {"csrfmiddlewaretoken": token, f"paper.{paper}": a_file("again")}
        done = self._browser("her").post("/mine/request/", sent)
        assert done.status_code == 302, shown(done).text


def a_file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.txt", f"a paper called {name}".encode(), content_type="text/plain")


def her(staff: Staff, turn: int = 1, name: str = "安小满") -> Her:
    """A member of the street's union, on a device that is hers."""
    found = members.enter_person(f"{name}{turn}", NewMember(1, name, street(), (), telephone(turn)), UUID(int=9))
    token = f"{turn:032d}"
    browser = signed_in(found, token)
    members.prove_device(found, token, found)
    return Her(found, browser, staff)


def fund(service: str, yuan: int) -> None:
    """The district sets money aside for a service."""
    keeper = people.by_login(person(ABOVE).login)
    assert keeper is not None
    asker = Asker(who=keeper.id, units=frozenset({unit_id("union")}))
    ledger.open_budget(asker, f"fund {service}", "110107", unit_id("union"), service, 2026, yuan * 100)
