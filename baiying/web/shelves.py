"""Putting what queries give into the order in which a page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from baiying.network.models import Place
from baiying.network.queries import Branch


def by_street(streets: Sequence[Branch], places: Sequence[Place], chosen: str) -> list[tuple[str, str, list[Place]]]:
    """(first nine digits, street, its places) in the order of the codes; what serves the whole district comes first."""
    heads = [("", _("For the whole district")), *((street.code[:9], street.name) for street in streets)]
    known = {code for code, _name in heads if code}
    groups = [
        (code, name, [place for place in places if (place.area_id[:9] if place.area_id[:9] in known else "") == code])
        for code, name in heads if not chosen or code == chosen[:9]
    ]
    return [(code, name, found) for code, name, found in groups if found]
