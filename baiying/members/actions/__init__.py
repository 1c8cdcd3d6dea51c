"""What is done with people: entering, signing in, proving, merging; one function a verb."""

from baiying.members.actions.accounts import (
    TRIES,
    NewPerson,
    add_people,
    add_person,
    set_password,
    sign_in,
    switch_off,
)
from baiying.members.actions.entering import Entered, TakenBack, enter_people, undo_batch
from baiying.members.identity import NewMember

__all__ = [
    "TRIES", "Entered", "NewMember", "NewPerson", "TakenBack", "add_people", "add_person", "enter_people",
    "set_password", "sign_in", "switch_off", "undo_batch",
]
