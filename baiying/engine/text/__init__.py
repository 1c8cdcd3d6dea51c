"""Reading what a person wrote."""

from baiying.engine.text.danger import Danger, Door, Peril, find, normalised
from baiying.engine.text.model import BadModel, Guess, Model, guess, load
from baiying.engine.text.patterns import BadPattern, compiled, signs_of
from baiying.engine.text.suggesting import SURE, Suggested, Suggestion, suggest
from baiying.engine.text.topics import GROUPS, Elsewhere, Topic, Topics, Way

__all__ = [
    "GROUPS",
    "SURE",
    "BadModel",
    "BadPattern",
    "Danger",
    "Door",
    "Elsewhere",
    "Guess",
    "Model",
    "Peril",
    "Suggested",
    "Suggestion",
    "Topic",
    "Topics",
    "Way",
    "compiled",
    "find",
    "guess",
    "load",
    "normalised",
    "signs_of",
    "suggest",
]
