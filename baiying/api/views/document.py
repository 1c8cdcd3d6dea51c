"""The OpenAPI document: what this API says and takes, for programs. No page of it is served: that would load from
elsewhere."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from django.http import HttpRequest, HttpResponse


def document(request: HttpRequest) -> HttpResponse:
    """This document. It is the same for everybody, in English with Chinese summaries."""
    return HttpResponse(written(), content_type="application/json")


@cache
def written() -> bytes:
    """It never changes while the process lives."""
    return bytes(import_module("baiying.api.built").written())  # which is built of this operation too
