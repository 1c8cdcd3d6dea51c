"""`baiying keys rotate`: a new master key; every case's key is wrapped anew, what it seals stays as it is.
`baiying keys expire`: remove the files of keys that have lived longer than they may.
`baiying keys cards`: the keys that sign codes of cards; `--next` makes the next one, `--now` one that begins today,
`--drop ID` destroys one that somebody else may have seen.
"""

from __future__ import annotations

import argparse

from baiying.project import key_backups
from baiying.project.errand import Lock, database_up, django_up
from baiying.project.errors import Trouble
from baiying.project.folders import folders
from baiying.project.progress import Bars


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["rotate", "expire", "cards"])
    parser.add_argument("--next", action="store_true", help="cards: make the key that signs in seven days")
    parser.add_argument("--now", action="store_true", help="cards: make a key that signs from today on")
    parser.add_argument("--drop", metavar="ID", help="cards: destroy this key; whatever it signed counts for nothing")
    parser.add_argument("--drop-old", action="store_true",
                        help="destroy the old master keys; older backups then need the key folder of their time")


def run(chosen: argparse.Namespace) -> int:
    """Rotating runs as the owner of the tables, who alone may touch every case's wrapped key."""
    if chosen.act == "expire":
        return expire()
    if chosen.act == "cards":
        return cards(chosen)
    if chosen.drop_old:
        refuse_while_running()
    with database_up("keys"):
        django_up(owner=True)
        from baiying.kit import sealing

        bars = Bars()
        count = sealing.rotate(drop_old=chosen.drop_old,
                               progress=lambda done, total: bars("wrapping keys", done, total))
    print(f"A new master key is in force; {count} keys were wrapped anew.")
    print("Write a new backup of the keys (`baiying backup FILE --keys FILE`): older ones lack this key.")
    return 0


def refuse_while_running() -> None:
    """What a web process wraps at this very moment under the old key could never be opened once that is gone."""
    lock = Lock.take(folders(), "keys")
    if lock is None:
        raise Trouble("Old master keys are destroyed only while the product does not run, so that nobody's words are "
                      "being sealed under them. Stop it, type this again, then start it.")
    lock.release()


def expire() -> int:
    """Remove every file of keys that `baiying backup` wrote here and whose day has passed."""
    gone = key_backups.remove_old()
    for one in gone:
        print(f"Removed {one.path}: it was to live until {one.expires}.")
    print(f"{len(gone)} files of keys removed. Copies that were taken elsewhere are yours to remove.")
    return 0


def cards(chosen: argparse.Namespace) -> int:
    """Make, drop and list the keys that sign codes of cards."""
    with database_up("keys"):
        django_up()
        from baiying.kit import moment, signing
        from baiying.kit.errors import Refusal
        from baiying.services.queries.counters import KEYS

        try:
            if chosen.drop:
                signing.drop(KEYS, chosen.drop)
            if chosen.next or chosen.now:
                signing.add(KEYS, moment.today() if chosen.now else None)
        except Refusal as refusal:
            raise Trouble(refusal.sentence) from refusal
        signs = signing.signer(KEYS).id
        told = signing.publics(KEYS)
        for one in signing.held(KEYS):
            state = "signs" if one.id == signs else "is believed" if one.public in told else "counts no more"
            print(f"{one.id}  from {one.begins}  {state}")
    if chosen.next or chosen.now:
        print("Write a new backup of the keys (`baiying backup FILE --keys FILE`): older ones lack this key.")
    return 0
