"""Everything about her as one file to take along: a page to read, the same as data, and her files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.template.loader import render_to_string

from baiying.cases.queries.everything import Everything
from baiying.kit import moment
from baiying.web.downloads import answer

#: The name says nothing of what is in it: it may lie on a telephone that others look at.
NAME = "data.zip"


def packed(cases: Sequence[Everything], account: Mapping[str, object] | None = None) -> HttpResponse:
    """A zip of these cases, and of her account where it is given. Its bytes depend on what is in it alone."""
    held = io.BytesIO()
    stamp = moment.shanghai(moment.now())
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        def put(name: str, content: bytes) -> None:
            book.writestr(zipfile.ZipInfo(name, stamp.timetuple()[:6]), content)

        told = {"made_at": stamp.isoformat(timespec="minutes"), "account": account or {},
                "cases": [dict(one.told) for one in cases]}
        put("data.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
        put("index.html", render_to_string("web/rights/export.html", {**told, "made_at": stamp}).encode())
        for one in cases:
            for name, content in one.papers:
                folder = str(one.told["number"]) + "/" if len(cases) > 1 else ""
                put(f"files/{folder}{name}", content)
    return answer(held.getvalue(), "application/zip", NAME)
