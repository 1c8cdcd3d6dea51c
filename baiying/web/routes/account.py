"""Signing in and out, and what belongs to an account."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import account

ROUTES = (
    Route("in/", account.sign_in, PUBLIC, "Sign in"),
    Route("out/", account.sign_out, PUBLIC, "Sign out"),
)
