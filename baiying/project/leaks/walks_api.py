"""What is asked of the API in both worlds of a pair: every operation, with and without number and code of the case."""

from __future__ import annotations

from baiying.project.leaks.walk import Ask, Walk

ROOT = "api/v1/"
KEY = {"Idempotency-Key": "walked-walked-walked-walked"}
WRONG = ("{number}", "2345-6789")  # the protected number with a code that nobody has
JUDGED = '{"verdict": "partly", "why": "还差一半"}'


def read(path: str, *asked: str) -> Walk:
    """Ask for it; ``asked``: the path with its places filled in, where it has any."""
    return Walk(ROOT + path, tuple(Ask("/" + ROOT + one) for one in asked or (path,)))


def send(path: str, text: str, basic: tuple[str, str] = ("", "")) -> Walk:
    return Walk(ROOT + path, (Ask("/" + ROOT + path, None, KEY, text, basic),))


def hers(path: str, basic: tuple[str, str]) -> Walk:
    return Walk(ROOT + path, (Ask("/" + ROOT + path, basic=basic),))


WALKS_API: tuple[Walk, ...] = (
    read("openapi.json"), read("matters"), read("matters/{key}", "matters/{matter}"), read("services"),
    read("services/{key}", "services/no.such.service"), read("places"), read("places", "places?area={area}"),
    read("facts"), send("entitlements", '{"facts": {"person.migrant": true}}'), read("boards"),
    read("boards/{key}", "boards/{board}"), read("boards/{key}", "boards/{board}?period=2025"), read("coverage"),
    send("cases", '{"words": "三个月没有发工资了。", "area": "{area}", "phone": "010-0000-0999"}'),
    *(send("cases", '{"words": "{words}", "phone": "' + phone + '"}') for phone in ("010-0000-0999", "{phone}")),
    send("cases", '{"words": "三个月没有发工资了。", "matter": "{matter}"}'),
    hers("case", ("", "")), hers("case", WRONG), hers("case", ("{number}", "{number}")),
    send("case/words", '{"text": "带来了。"}', WRONG), send("case/verdict", JUDGED, WRONG),
    send("case/verdict", JUDGED),
)
