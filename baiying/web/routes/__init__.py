"""The table of routes. Each names its power: `public` for everybody, `asker` for her who holds number and code,
else a power that a post must give (catalogue/roles.toml). One file for each kind of people who come."""

from __future__ import annotations

from baiying.web.routes import (
    account,
    administration,
    asker,
    boards,
    box,
    card,
    concerns,
    federation,
    files,
    handler,
    importing,
    incidents,
    ledger,
    letters,
    outside,
    partner,
    protected,
    public,
    publishing,
    requests,
    rights,
    services,
    setup,
    where,
)
from baiying.web.routes.route import Route

__all__ = ["ROUTES", "Route"]

ROUTES: tuple[Route, ...] = (public.ROUTES + boards.ROUTES + box.ROUTES + asker.ROUTES + account.ROUTES + handler.ROUTES
                             + files.ROUTES + letters.ROUTES + protected.ROUTES + partner.ROUTES + outside.ROUTES
                             + federation.ROUTES
                             + concerns.ROUTES + incidents.ROUTES
                             + administration.ROUTES + setup.ROUTES + importing.ROUTES + where.ROUTES
                             + rights.ROUTES + services.ROUTES + requests.ROUTES + card.ROUTES
                             + publishing.ROUTES + ledger.ROUTES)
