"""What the worlds know by name, the same in all of them: whatever an address or a form of a walk may ask for."""

from __future__ import annotations

from collections.abc import Iterable

from baiying.catalogue import queries as catalogue
from baiying.kit import moment, number
from baiying.network import queries as network
from baiying.project.demo.cast import person
from baiying.project.demo.network import unit_id
from baiying.project.leaks.deeds import Made
from baiying.project.leaks.seed import BAJIAO, PAPER, PHONE, WORDS, Seed, kept_secret, protected
from baiying.project.leaks.walk import Values

STREETS = ("110107003000", "110107004000")


def unit_ref(key: str) -> str:
    """How an administrator's address names a unit of the demo."""
    found = network.unit(unit_id(key))
    assert found is not None
    return network.ref(found)


def values(seed: Seed, made: Iterable[Made]) -> Values:
    """The names of the prepared world, and all that any deed of the run has made."""
    today = moment.today()
    found: dict[str, tuple[str, ...]] = {
        "number": (seed.cases["guarded"].number,),
        "open": (seed.cases["plain"].number, seed.cases["women"].number),
        "ref": tuple(seed.refs),
        "unit": tuple(unit_ref(key) for key in ("women.110107003", "union.110107003")),
        "other": (unit_ref("union.110107004"),), "own": (str(unit_id("union.110107003")),),
        "mine": (number.ref_of(unit_id("union.110107003")),),
        "place": (network.place_ref(network.places(today)[0]),),
        "matter": (protected().key, kept_secret().key, catalogue.default_matter().key),
        "board": tuple(one.key for one in catalogue.boards() if one.audience == "public"),
        "street": STREETS, "area": (BAJIAO,), "token": ("nobody",), "words": (WORDS,), "phone": (PHONE,),
        "login": (person("home_handler").login,), "paper": (PAPER,), "name": (person("one_part").name,),
        "person": (), "id": ("00000000-0000-8000-8000-000000000000",), "step": ("answered",),
    }
    for one in made:
        for name, more in one.items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *more)))
    if not found["person"]:
        found["person"] = found["id"]
    return found
