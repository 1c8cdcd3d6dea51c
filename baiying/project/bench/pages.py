"""The handler's queue and one case's page over HTTP, in a house of 100,000 and of 2,000,000 cases, beside a bare list.

The database is filled once, measured, filled up and measured again, by the same server; what drifts of the machine in
between shows in the floor, which is measured in turn with the pages.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from baiying.project.bench.filling import fill
from baiying.project.bench.installation import installation
from baiying.project.bench.load import Round, drive
from baiying.project.bench.peer import Peer, helpdesk
from baiying.project.errors import Trouble

SMALL, LARGE = 100_000, 2_000_000
FULL = 100  # rows of a full list, and of the floor's
SIGHT = 25  # rows of the queue as it is opened (web.day); as many as the other help desk's list shows
ROUNDS, COUNT, CONNECTIONS = 5, 200, 4
TARGET_COST = 2.0  # a page of the large house costs at most so many of the small one's
# Another help desk's list of 100,000 tickets took 61 questions and 1.4 a second here, beside 400 a second of a bare
# list: 0.0035 of the floor. A hundred times that, and ten times for the page of one case. `--peer` asks itself.
PEER_SHARE = 1.4 / 400
TIMES_QUEUE, TIMES_CASE = 100, 10
TARGET_QUEUE, TARGET_CASE = TIMES_QUEUE * PEER_SHARE, TIMES_CASE * PEER_SHARE


@dataclass(frozen=True)
class Page:
    """One page that is measured. ``mark``: what stands in it ``rows`` times when it is the page."""

    port: int
    path: str
    cookie: str
    mark: str
    rows: int = 1
    share: float = 1.0  # of the requests of a round: a slow one is asked less often

    @property
    def request(self) -> bytes:
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n\r\n".encode()


def measure(small: int = SMALL, large: int = LARGE, count: int = COUNT, peer: bool = False) -> dict[str, Any]:
    """Requests a second of the queue, the case's page and the floor in both houses; the ratios and the targets.

    ``peer``: beside another help desk with as many tickets as the small house has cases, in turn with ours.
    """
    with installation() as product, contextlib.ExitStack() as beside:
        number, seed, units = seeded()
        cookie = signed_in(product.port)
        pages = ours(product.port, number, cookie, FULL if small >= SMALL else 1)
        theirs = of_peer(beside.enter_context(helpdesk(product, small))) if peer else {}
        found: dict[str, dict[str, float]] = {}
        filled = 0
        for name, size in (("small", small), ("large", large)):
            fill(product.server, seed, units, filled, size)
            filled = size
            found[name] = rounds({**pages, **(theirs if name == "small" else {})}, count)
            beside.close()  # the large house stands alone
    beside_it = beside_peer(found["small"]) if peer else {}
    figures = {**result(found, small, large), **beside_it, "requests_a_round": count}
    return {**figures, "met": figures["met"] and figures.get("peer_beaten", True)}


def ours(port: int, number: str, cookie: str, rows: int) -> dict[str, Page]:
    """The floor, the queue as it is opened and with all of its rows, and one case."""
    return {"floor": Page(port, "/bench/list", cookie, "<tr", rows),
            "queue": Page(port, "/today/", cookie, 'class="queue-row', min(rows, SIGHT)),
            "whole": Page(port, "/today/?all=1", cookie, 'class="queue-row', rows),
            "case": Page(port, f"/case/{number}/", cookie, "三个月没有发工资")}


def of_peer(peer: Peer) -> dict[str, Page]:
    """The other help desk's list, which is a page and the rows it then asks for, and one ticket."""
    return {"peer_page": Page(peer.port, peer.list_page, peer.cookie, "ticketTable", share=0.1),
            "peer_rows": Page(peer.port, peer.list_rows, peer.cookie, '"row_class"', 25, share=0.06),
            "peer_ticket": Page(peer.port, peer.ticket, peer.cookie, "desk@example.org", share=0.1)}


def rounds(pages: dict[str, Page], count: int) -> dict[str, float]:
    """The median rate of each page, all in turn; the first round warms up and is not counted."""
    rates: dict[str, list[Round]] = {name: [] for name in pages}
    for page in pages.values():
        check(page)
    for _round in range(ROUNDS + 1):
        for name, page in pages.items():
            asked = max(int(count * page.share), CONNECTIONS)
            rates[name].append(drive(page.port, same(page.request), asked, CONNECTIONS))
    failures = sum(one.failures for each in rates.values() for one in each)
    if failures:
        raise Trouble(f"{failures} pages did not come; a rate of failures would say nothing.")
    return {name: statistics.median(one.per_second for one in each[1:]) for name, each in rates.items()}


def same(request: bytes) -> Callable[[int], bytes]:
    return lambda index: request


def seeded() -> tuple[str, Any, list[Any]]:
    """One real case with a move of its story, led by the handler's unit: its number, its key, the units that lead."""
    from baiying.cases import actions, queries
    from baiying.cases.actions import Submission
    from baiying.catalogue import queries as catalogue
    from baiying.kit import door, moment
    from baiying.network import queries as network

    today, holder, matter = moment.today(), handler(), catalogue.default_matter()
    unit = next(post.unit_id for post in network.posts_of(holder, today))
    area = next((area.code for branch in network.areas() for area in branch.inside
                 if network.first_unit(matter.org, area.code, today, matter.lead_level).id == unit), None)
    if area is None:
        raise Trouble("No community's cases are led by the unit that the demo's handler serves.")
    told = actions.submit(Submission(key="bench", words="我在物流园上班, 三个月没有发工资了, 老板一直说再等等。" * 2,
                                     matter=matter.key, area=area, phone="010-0000-0999"))
    asker = door.Asker(who=holder, units=frozenset({unit}))
    view = queries.open_case(asker, told.number)
    step = next(offer for offer in view.offers if not offer.missing and not offer.move.reasons and not offer.needs_text)
    actions.move(asker, told.number, step.move.key, "已经联系", "", "bench", view.case.version)
    leading = [one for one in network.units(today) if one.organisation == told.unit.organisation
               and network.is_living(one.id, one.district, today)]
    return told.number, told.case_id, sorted({one.id for one in leading} | {unit}, key=str)


def account() -> Any:
    """The demo's handler of the first street."""
    from baiying.project.demo import accounts, person

    login = person("bajiao_handler").login
    return next(one for one in accounts() if one.login == login)


def handler() -> Any:
    from baiying.members import queries as members

    found = members.by_login(account().login)
    assert found is not None  # the demo has just been filled
    return found.id


def signed_in(port: int) -> str:
    """Sign in as the handler by the form; gives what the browser would carry."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("GET", "/in/")
    answer = link.getresponse()
    page, cookies = answer.read().decode(), " ".join(answer.headers.get_all("Set-Cookie") or [])
    first = re.search(r"csrftoken=(\w+)", cookies)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if first is None or token is None:
        raise Trouble(f"The page for signing in gave no token (status {answer.status}).")
    who = account()
    link.request("POST", "/in/", urlencode({"login": who.login, "password": who.password,
                                            "csrfmiddlewaretoken": token[1]}),
                 {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={first[1]}"})
    answer = link.getresponse()
    answer.read()
    found = re.search(r"sessionid=(\w+)", " ".join(answer.headers.get_all("Set-Cookie") or []))
    if found is None:
        raise Trouble(f"Signing in as {who.login} gave no session (status {answer.status}).")
    return f"sessionid={found[1]}"


def check(page: Page) -> None:
    """Whether the page is the page: it comes, with as many rows as a full list has. Raises Trouble."""
    link = http.client.HTTPConnection("127.0.0.1", page.port, timeout=120)
    link.request("GET", page.path, headers={"Cookie": page.cookie})
    answer = link.getresponse()
    found = answer.read().decode().count(page.mark)
    if answer.status != 200 or found < page.rows:
        raise Trouble(f"{page.path} came with status {answer.status} and {found} times {page.mark}, not {page.rows}; "
                      "that is not the page.")


def beside_peer(small: dict[str, float]) -> dict[str, Any]:
    """How many times as fast as the other help desk; its list takes both of its answers."""
    listed = 1 / (1 / small["peer_page"] + 1 / small["peer_rows"])
    queue, case = small["queue"] / listed, small["case"] / small["peer_ticket"]
    return {"peer_list_per_second": round(listed, 2), "peer_ticket_per_second": round(small["peer_ticket"], 2),
            "queue_times_peer": round(queue, 1), "target_queue_times_peer": TIMES_QUEUE,
            "case_times_peer": round(case, 1), "target_case_times_peer": TIMES_CASE,
            "peer_beaten": queue >= TIMES_QUEUE and case >= TIMES_CASE}


def result(found: dict[str, dict[str, float]], small: int, large: int) -> dict[str, Any]:
    """The figures, and whether the targets are met. A cost is corrected by what the floor drifted in between."""
    def share(house: str, page: str) -> float:
        return found[house][page] / found[house]["floor"]

    costs = {page: found["small"][page] / found["large"][page] for page in ("queue", "case")}
    return {
        "cases": [small, large],
        **{f"{page}_per_second": [round(found[house][page], 1) for house in ("small", "large")]
           for page in ("floor", "queue", "whole", "case")},
        "queue_cost": round(costs["queue"], 2), "case_cost": round(costs["case"], 2), "target_cost": TARGET_COST,
        "queue_share_of_floor": round(share("small", "queue"), 3), "target_queue_share": TARGET_QUEUE,
        "whole_share_of_floor": round(share("small", "whole"), 3),
        "case_share_of_floor": round(share("small", "case"), 3), "target_case_share": TARGET_CASE,
        "rounds": ROUNDS, "connections": CONNECTIONS,
        "met": max(costs.values()) <= TARGET_COST and share("small", "queue") >= TARGET_QUEUE
        and share("small", "case") >= TARGET_CASE,
    }
