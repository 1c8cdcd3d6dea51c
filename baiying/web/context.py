"""The context processor that settings name."""

from baiying.web.pages import everywhere

__all__ = ["everywhere"]
