"""The handler's queue and one case's page over HTTP, in a house of 100,000 and of 2,000,000 cases, beside a bare list.

The database is filled once, measured, filled up and measured again, by the same server; what drifts of the machine in
between shows in the floor, which is measured in turn with the pages.
"""

from __future__ import annotations

import http.client
import re
import statistics
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from baiying.project.bench.filling import fill
from baiying.project.bench.installation import Installation, installation
from baiying.project.bench.load import Round, drive
from baiying.project.errors import Trouble

SMALL, LARGE = 100_000, 2_000_000
FULL = 100  # rows of a full list
ROUNDS, COUNT, CONNECTIONS = 5, 200, 4
TARGET_COST = 2.0  # a page of the large house costs at most so many of the small one's
# Another help desk's list of 100,000 tickets took 61 questions and 1.4 a second here, beside 400 a second of a bare
# list: 0.0035 of the floor. A hundred times that, and ten times for the page of one case.
PEER_SHARE = 1.4 / 400
TARGET_QUEUE, TARGET_CASE = 100 * PEER_SHARE, 10 * PEER_SHARE


def measure(small: int = SMALL, large: int = LARGE, count: int = COUNT) -> dict[str, Any]:
    """Requests a second of the queue, the case's page and the floor in both houses; the ratios and the targets."""
    with installation() as product:
        number, seed, units = seeded()
        cookie = signed_in(product.port)
        pages = {"floor": "/bench/list", "queue": "/today/", "case": f"/case/{number}/"}
        requests = {name: asked(product.port, path, cookie) for name, path in pages.items()}
        found: dict[str, dict[str, float]] = {}
        filled = 0
        for name, size in (("small", small), ("large", large)):
            fill(product.server, seed, units, filled, size)
            filled = size
            for page, path in pages.items():
                check(product.port, path, cookie, rows=FULL if page != "case" and size >= SMALL else 1)
            found[name] = rounds(product, requests, count)
    return {**result(found, small, large), "requests_a_round": count}


def rounds(product: Installation, requests: dict[str, bytes], count: int) -> dict[str, float]:
    """The median rate of each page, all in turn; the first round warms up and is not counted."""
    rates: dict[str, list[Round]] = {name: [] for name in requests}
    for _round in range(ROUNDS + 1):
        for name, request in requests.items():
            rates[name].append(drive(product.port, same(request), count, CONNECTIONS))
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


def asked(port: int, path: str, cookie: str) -> bytes:
    """A GET as bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()


def check(port: int, path: str, cookie: str, rows: int) -> None:
    """Whether the page is the page: it comes, with as many rows as a full list has."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", path, headers={"Cookie": cookie})
    answer = link.getresponse()
    page = answer.read().decode()
    if answer.status != 200 or page.count("<tr") + page.count("<li") < rows:
        raise Trouble(f"{path} came with status {answer.status} and {page.count('<tr')} rows; that is not the page.")


def result(found: dict[str, dict[str, float]], small: int, large: int) -> dict[str, Any]:
    """The figures, and whether the targets are met. A cost is corrected by what the floor drifted in between."""
    def share(house: str, page: str) -> float:
        return found[house][page] / found[house]["floor"]

    costs = {page: found["small"][page] / found["large"][page] for page in ("queue", "case")}
    return {
        "cases": [small, large],
        **{f"{page}_per_second": [round(found[house][page], 1) for house in ("small", "large")]
           for page in ("floor", "queue", "case")},
        "queue_cost": round(costs["queue"], 2), "case_cost": round(costs["case"], 2), "target_cost": TARGET_COST,
        "queue_share_of_floor": round(share("small", "queue"), 3), "target_queue_share": TARGET_QUEUE,
        "case_share_of_floor": round(share("small", "case"), 3), "target_case_share": TARGET_CASE,
        "rounds": ROUNDS, "connections": CONNECTIONS,
        "met": max(costs.values()) <= TARGET_COST and share("small", "queue") >= TARGET_QUEUE
        and share("small", "case") >= TARGET_CASE,
    }
