"""A member who asks for services on the pages, and the two people who look and decide."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baiying.kit import door
from baiying.kit import number as numbers
from baiying.kit.door import Asker
from baiying.ledger import access, bank
from baiying.ledger import actions as ledger
from baiying.ledger import queries as books
from baiying.ledger.words import Kind
from baiying.members import actions as members
from baiying.members import queries as people
from baiying.members.actions import NewMember
from baiying.network.models import Post
from baiying.project.demo.cast import person
from baiying.project.demo.network import unit_id
from baiying.services.actions import telling
from tests.members.figures import street, telephone
from tests.stories.telling import Staff, Told
from tests.web.pages import Shown, shown
from tests.web.test_account_own import signed_in
from tests.web.test_both_languages import faults
from tests.web.test_way import keepsake

UNIT, ABOVE = "bajiao_handler", "district_union"
ANOTHER_KEEPER = UUID(int=78)


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
        page = shown(self.browser.get(f"/entitled/{service}/request/"))
        assert page.status != 200 or not list(faults(page, "zh-hans"))
        return page

    def ask(self, service: str, *, papers: tuple[str, ...] = (), agree: tuple[str, ...] = (), round: str = "",
            words: str = "", facts: dict[str, str] | None = None, also: dict[str, str] | None = None,
            **answers: str) -> Request:  # fmt: skip
        """Fill in the form and send it with a paper for each of these keys."""
        form = self.page(service).form("ask")
        typed = {f"ask.{key}": said for key, said in answers.items()}
        typed |= {f"ask.fact:{name}": said for name, said in (facts or {}).items()}
        files = {f"paper.{key}": a_file(key) for key in papers}
        more = {"agree": list(agree), "words": words, **({"round": round} if round else {}), **(also or {})}
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
        with self._next():
            done = self._browser(who).post(form.action, {**form.fields, "found": found, "reason": reason})
        assert done.status_code == status, shown(done).text

    def put(self, who: str, **typed: str) -> None:
        """The unit puts down what the papers say."""
        form = self.desk(who).form("/request/put/")
        files = {key: "" for key in form.fields if key.startswith("paper.")}
        done = self._browser(who).post(form.action, {**form.fields, **files, **typed})
        assert done.status_code == 302, shown(done).text

    @property
    def story_lot(self) -> str:
        """Her number in the line, as her page tells it."""
        return self.hers().text.partition("排队号：")[2].split("。")[0].strip()

    def hers(self) -> Shown:
        """Her own page of it."""
        self.her()
        page = shown(self._browser("her").get("/mine/request/"))
        found = list(faults(page, "zh-hans"))
        assert not found, found
        return page

    def hand_in(self, paper: str) -> None:
        self.her()
        token = self.hers().forms[-1].fields["csrfmiddlewaretoken"][0]
        sent = {"csrfmiddlewaretoken": token, f"paper.{paper}": a_file("again")}
        with self._next():
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


def keeper() -> Asker:
    """Who keeps the district's books."""
    found = people.by_login(person(ABOVE).login)
    assert found is not None
    return Asker(who=found.id, units=frozenset({unit_id("union"), unit_id("women")}))


def fund(service: str, yuan: int, unit: str = "union") -> None:
    """The district sets money aside for a service."""
    ledger.open_budget(keeper(), f"fund {service}", "110107", unit_id(unit), service, 2026, yuan * 100)


def in_the_books(asked: Request, promises: bool = False) -> list[tuple[str, int]]:
    """The lines of a request in the ledger, as the district sees them; what was only kept free when asked for."""
    case = asked.story.case.id
    with door.open(keeper()):
        lines = books.lines_of(case)
    return [(str(one.kind), one.fen) for one in lines if (one.kind in (Kind.PROMISE, Kind.RELEASE)) == promises]


def stands(service: str) -> tuple[int, int, int, int]:
    """Of the district's budget for a service: promised, granted, paid, left."""
    one = books.budget(keeper(), unit_id("union"), service, 2026)
    return one.promised, one.granted, one.paid, one.left


def second_keeper() -> Asker:
    """Another one beside the keeper."""
    return Asker(who=ANOTHER_KEEPER, units=keeper().units)


def put_account(service: str, name: str, account: str) -> None:
    """The treasurer writes down to whom what waits of a service is paid."""
    for one in books.waiting(keeper()):
        if one.line.service == service and not one.known:
            ledger.put_payee(keeper(), one.line.id, ledger.To(name, account))


def pay_all(says: str = "已付", key: str = "pay") -> None:
    """The district pays what waits: one makes the batch, another one releases it, the bank says what became of it."""
    batch = ledger.make_batch(keeper(), key, unit_id("union"))
    ledger.release_batch(second_keeper(), batch.number)
    with door.open(keeper()):
        rows = list(access.items(batch.id))
    told = "\n".join(["付款编号,金额,结果", *(f"{one.ref},{bank.yuan(one.fen)},{says}" for one in rows)])
    ledger.take_results(keeper(), batch.number, told.encode())


def hold_above_too(who: str) -> None:
    """This person of the street holds a post in the district as well."""
    found = people.by_login(person(who).login)
    above = Post.objects.filter(unit_id=unit_id("union"), role="district_desk").first()
    assert found is not None and above is not None
    Post.objects.create(id=UUID(int=77), district=above.district, unit_id=above.unit_id, role=above.role,
                        holder_id=found.id, since=above.since)  # fmt: skip
