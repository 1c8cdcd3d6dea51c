"""Reading what a person wrote."""

from baiying.engine.text.danger import Danger, Door, Peril, find, normalised

__all__ = ["Danger", "Door", "Peril", "find", "normalised"]
