"""One line of the table of routes."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import URLPattern
from django.urls import path as address

from baiying.web.guard import View, guarded


@dataclass(frozen=True)
class Route:
    """One address. `says` is what the page is for, as docs/powers.md lists it."""

    path: str
    view: View
    power: str
    says: str

    @property
    def name(self) -> str:
        return self.view.__name__

    def pattern(self) -> URLPattern:
        return address(self.path, guarded(self.view, self.power), name=self.name)
