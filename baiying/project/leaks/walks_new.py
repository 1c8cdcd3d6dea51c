"""Walks of rooms that were added after the first ones. One tuple a room; see walks.py for the form of a line."""

from __future__ import annotations

from baiying.project.leaks.walk import Walk

WALKS_NEW: tuple[Walk, ...] = ()
