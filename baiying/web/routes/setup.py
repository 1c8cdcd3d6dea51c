"""The pages of a fresh installation: open by address, behind the one-time key in truth, gone once it is set up."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import setup

ROUTES = (
    Route("setup/", setup.setup, PUBLIC, "Setting up: the one-time key (gone once it is set up)"),
    Route("setup/district/", setup.setup_district, PUBLIC, "Setting up: the district; only with the one-time key"),
    Route("setup/federations/", setup.setup_federations, PUBLIC,
          "Setting up: union, women's federation; only with the one-time key"),
    Route("setup/keys/", setup.setup_keys, PUBLIC, "Setting up: where the keys lie; only with the one-time key"),
    Route("setup/people/", setup.setup_people, PUBLIC,
          "Setting up: the first administrators; only with the one-time key"),
)
