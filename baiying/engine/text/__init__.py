"""Reading what a person wrote."""

from baiying.engine.text.danger import Danger, Door, Peril, find, normalised
from baiying.engine.text.patterns import BadPattern, compiled, signs_of
from baiying.engine.text.suggesting import SURE, Suggested, Suggestion, suggest
from baiying.engine.text.topics import GROUPS, Elsewhere, Topic, Topics, Way

__all__ = [
    "GROUPS",
    "SURE",
    "BadPattern",
    "Danger",
    "Door",
    "Elsewhere",
    "Peril",
    "Suggested",
    "Suggestion",
    "Topic",
    "Topics",
    "Way",
    "compiled",
    "find",
    "normalised",
    "signs_of",
    "suggest",
]
