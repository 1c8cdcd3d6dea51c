"""Every route is walked by the shadow pairs, or is one of the few exceptions, each with its reason."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

from baiying.api.operations import OPERATIONS
from baiying.project.leaks.walks import EXCEPTIONS, WALKS
from baiying.web.routes import ROUTES

CHECKOUT = Path(__file__).resolve().parents[2]
EXCEPTIONS_MOST = 0  # may only shrink: what is walked once is never an exception again
BESIDE = {"healthz"}  # addresses outside of both tables
ADDRESSES = {route.path for route in ROUTES} | {one.address for one in OPERATIONS}

HOW = ("`/{route}` is walked by nobody, so nobody would notice what leaks there. Add a line to "
       "baiying/project/leaks/walks.py, for instance `get(\"{route}\")`, with the forms that can be sent to it "
       "(docs/how-to/new-page.md, step 7).")


def test_every_route_is_in_the_walks_or_an_exception_with_a_reason():
    walked = {walk.route for walk in WALKS}
    missing = [HOW.format(route=path) for path in ADDRESSES if path not in walked | set(EXCEPTIONS)]
    assert not missing, "\n".join(missing)


def test_no_walk_and_no_exception_is_of_a_route_that_is_gone():
    known = ADDRESSES | BESIDE
    assert not ({walk.route for walk in WALKS} | set(EXCEPTIONS)) - known
    assert not {walk.route for walk in WALKS} & set(EXCEPTIONS)


def test_the_exceptions_only_shrink_and_each_says_why():
    assert len(EXCEPTIONS) <= EXCEPTIONS_MOST <= 10
    assert all(reason.endswith(".") and len(reason) > 20 for reason in EXCEPTIONS.values())


def test_no_walk_is_made_twice():
    assert not [walk for walk, count in Counter(map(repr, WALKS)).items() if count > 1]


def test_the_tables_of_the_docs_are_fresh():
    made = importlib.util.spec_from_file_location("leaks", CHECKOUT / "tools" / "leaks.py")
    tool = importlib.util.module_from_spec(made)
    made.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), "run: .venv/bin/python tools/leaks.py"
