"""On the receipt: for which place her need was taken, what she is asked, and where it lawfully belongs otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from baiying.cases import queries
from baiying.kit import chance
from baiying.network import queries as network
from baiying.network.queries import DistrictDoor, OtherDistrict
from baiying.web.forms.need import areas

ASKED_MOST = 8


@dataclass(frozen=True)
class Where:
    """``area``: the place in words, empty when it is not known; ``candidates``: places that she may have meant, by
    code; ``all``: every street and community; ``doors``: the lines that answer in another district."""

    area: str
    code: str
    candidates: tuple[tuple[str, str], ...]
    other: OtherDistrict | None
    doors: tuple[DistrictDoor, ...]
    all: list[tuple[str, object]]
    key: str


def where_of(story: queries.Story) -> Where | None:
    """Where her need was taken to be; nothing for a guarded one, whose words are read for nothing."""
    case = story.case
    if case.guarded or case.ended:
        return None
    found = network.find_area(story.words)
    asked = [(code, network.area_said(code)) for code in found.candidates if code != case.area]
    other = None if case.area else found.other_district
    doors = tuple(network.district_doors().values()) if other else ()
    return Where(network.area_said(case.area), case.area, tuple(asked[:ASKED_MOST]), other, doors, areas()[1:],
                 chance.fresh(16).hex())
