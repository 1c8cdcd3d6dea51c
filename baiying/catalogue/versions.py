"""A service and its rule as they were declared in one version, in force or not: a request is judged by the version
under which it was sent."""

from __future__ import annotations

from functools import lru_cache

from baiying.catalogue import access
from baiying.catalogue.promised import promised
from baiying.catalogue.queries import edition
from baiying.engine import loader
from baiying.engine.loader.rules import Known, build_rule
from baiying.engine.rules import Rule
from baiying.engine.services import Service


@lru_cache(maxsize=256)
def service_under(declaration_id: str) -> Service:
    """The service of one version."""
    found = _declared(declaration_id)
    return loader.service(found.kind, found.key, found.table)


def rule_under(declaration_id: str) -> Rule | None:
    """Its rule, with the facts and lines in force now: a line that was filled meanwhile counts. None where it can no
    longer be built; then a person decides."""
    return _rule_under(declaration_id, edition())


@lru_cache(maxsize=256)
def _rule_under(declaration_id: str, edition_id: str) -> Rule | None:
    found, held = _declared(declaration_id), promised()
    rule = service_under(declaration_id).rule
    try:
        known = Known(held.types, held.lines)
        return build_rule(found.key, {**rule, "ask": found.table.get("ask", {})}, known)
    except ValueError:
        return None


def _declared(declaration_id: str) -> loader.Declaration:
    found = access.declarations().get(id=declaration_id)
    return loader.Declaration(found.kind, found.key, found.body)
