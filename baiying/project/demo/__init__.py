"""The demo: an invented cast in a real district, with a generated past. Says 演示 wherever it shows."""

from baiying.project.demo.cast import Account, accounts, cast, person
from baiying.project.demo.seeding import seed

__all__ = ["Account", "accounts", "cast", "person", "seed"]
