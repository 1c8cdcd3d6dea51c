"""Chinese sentences with Chinese punctuation, as pages show them."""

from baiying.engine.text.typesetting import chinese

__all__ = ["chinese"]
