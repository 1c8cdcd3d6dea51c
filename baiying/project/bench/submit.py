"""Submit of a need, matter already chosen: full path beside the floor, in turn, on the same server."""

from __future__ import annotations

import statistics
from typing import Any

from baiying.project.bench.installation import installation
from baiying.project.bench.load import Round, Visitor, drive, percentile, visitor

ROUNDS, COUNT, CONNECTIONS = 7, 1500, 8
WORDS = "我在物流园上班, 三个月没有发工资了, 老板一直说再等等。"
TARGET_SHARE, TARGET_P99 = 0.40, 5.0


def measure() -> dict[str, Any]:
    """The share of the floor's rate and the ratio of the 99th percentiles, medians over the rounds."""
    with installation() as product:
        seen = visitor(product.port)
        matter, area = choice()
        floors, submits = [], []
        for number in range(-1, ROUNDS):  # the first of each is a warm-up and not counted
            floors.append(drive(product.port, lambda i: floor_request(seen), COUNT, CONNECTIONS))
            requests = [submit_request(seen, f"{number}-{index}", matter, area) for index in range(COUNT)]
            submits.append(drive(product.port, requests.__getitem__, COUNT, CONNECTIONS))
    return result(floors[1:], submits[1:])


def choice() -> tuple[str, str]:
    """The default matter and the first community of the district."""
    from baiying.catalogue import queries as catalogue
    from baiying.network import queries as network

    return catalogue.default_matter().key, network.areas()[0].inside[0].code


def floor_request(seen: Visitor) -> bytes:
    return seen.request("/bench/floor", {"words": WORDS})


def submit_request(seen: Visitor, number: str, matter: str, area: str) -> bytes:
    import uuid

    key = uuid.uuid5(uuid.NAMESPACE_OID, number).hex
    return seen.request("/", {"words": WORDS, "key": key, "matter": matter, "area": area, "phone": ""})


def result(floors: list[Round], submits: list[Round]) -> dict[str, Any]:
    """The figures, and whether both targets are met."""
    shares = [submit.per_second / floor.per_second for floor, submit in zip(floors, submits, strict=True)]
    tails = [percentile(submit.latencies, 0.99) / percentile(floor.latencies, 0.99)
             for floor, submit in zip(floors, submits, strict=True)]
    failures = sum(one.failures for one in floors + submits)
    share, tail = statistics.median(shares), statistics.median(tails)
    return {
        "floor_per_second": round(statistics.median(one.per_second for one in floors), 1),
        "submit_per_second": round(statistics.median(one.per_second for one in submits), 1),
        "share_of_floor": round(share, 3), "shares": [round(one, 3) for one in shares], "target_share": TARGET_SHARE,
        "p99_ratio": round(tail, 2), "target_p99_ratio": TARGET_P99, "failures": failures,
        "rounds": len(floors), "requests_a_round": COUNT, "connections": CONNECTIONS,
        "met": share >= TARGET_SHARE and tail <= TARGET_P99 and failures == 0,
    }
