"""Whoever had her need written down takes a 查询码 of her own, once: that on the slip was seen by the writer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.queries.ends import may_take_code
from baiying.kit import door, log
from baiying.kit import number as numbers
from baiying.kit.errors import Refusal, Unseen


def take_code(entry: bytes, number: str, key: str) -> tuple[str, bytes]:
    """A new 查询码 for the case that this entry opens, and its entry; the old one opens nothing from here on.

    The same press twice gives the same code, though the old entry opens nothing by then. Raises Unseen, Refusal.
    """
    code = numbers.code_for(f"own:{access.read(number)}:{key}")
    new = numbers.entry(access.read(number), code)
    with door.open(door.Asker(door=new)):
        if access.visible(door.asker()).exists():
            return code, new
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        if case.number != access.read(number):
            raise Unseen
        if not may_take_code(case):
            raise Refusal(_("A code of your own can be taken once, in a case that was written down for you. Yours "
                            "stays as it is."))
        case.entry = new
        case.save(update_fields=["entry"])
        log.write("case.own_code", case.id, door.asker().name, {}, case.wrapped)
    return code, new
