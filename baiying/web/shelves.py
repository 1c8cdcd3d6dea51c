"""Putting what queries give into the order in which a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from baiying.boards.queries import PROTECTED, Total
from baiying.engine.flow import Matter
from baiying.network.models import Place
from baiying.network.queries import Branch
from baiying.web.templatetags.show import named


def by_street(streets: Sequence[Branch], places: Sequence[Place], chosen: str) -> list[tuple[str, str, list[Place]]]:
    """(first nine digits, street, its places) in the order of the codes; what serves the whole district comes first."""
    heads = [("", _("For the whole district")), *((street.code[:9], street.name) for street in streets)]
    known = {code for code, _name in heads if code}
    groups = [
        (code, name, [place for place in places if (place.area_id[:9] if place.area_id[:9] in known else "") == code])
        for code, name in heads if not chosen or code == chosen[:9]
    ]
    return [(code, name, found) for code, name, found in groups if found]


def by_name(matters: Sequence[Matter], totals: Mapping[str, Total]) -> list[tuple[str, Total]]:
    """(name in the reader's language, total); the protected matters under one name."""
    known = {one.key: named(one) for one in matters}
    known[PROTECTED] = _("Protected matters together")
    return [(known.get(key, _("A matter no longer offered")), total) for key, total in totals.items()]
