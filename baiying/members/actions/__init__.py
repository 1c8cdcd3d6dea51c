"""What is done with people: entering, signing in, proving, merging; one function a verb."""

from baiying.members.actions.accounts import (
    TRIES,
    NewPerson,
    add_people,
    add_person,
    change_password,
    check_new_password,
    set_password,
    sign_in,
    switch_off,
)
from baiying.members.actions.cards import NoMember, ask_for_card, give_card_back, replace_lost_card
from baiying.members.actions.codes import Proved, of_ticket, person_of, prove_code, send_code, ticket
from baiying.members.actions.devices import (
    begin,
    come_back,
    end_device,
    end_session,
    end_sessions,
    knows_device,
    prove_device,
    recognise,
    strengthen,
    sweep,
    visit,
)
from baiying.members.actions.entering import Entered, TakenBack, enter_people, undo_batch
from baiying.members.actions.factors import (
    add_passkey,
    begin_totp,
    challenge,
    confirm_totp,
    new_backup_codes,
    otpauth,
    passkey_options,
    pending_totp,
    remove_factor,
    reset_factors,
    show_code,
    show_passkey,
)
from baiying.members.actions.forgetting import forget_gone
from baiying.members.actions.invitations import Invited, accept_invitation, invite, invite_again, invited
from baiying.members.actions.merging import confirm_merge, propose_merge, undo_merge
from baiying.members.actions.persons import (
    Guardian,
    end_membership,
    enter_person,
    note_death,
    prefer_text,
    sealing_key,
)
from baiying.members.identity import NewMember

__all__ = [
    "TRIES", "Entered", "Guardian", "Invited", "NewMember", "NewPerson", "NoMember", "Proved", "TakenBack",
    "accept_invitation", "add_passkey", "add_people", "add_person", "ask_for_card", "begin", "begin_totp",
    "challenge", "change_password", "check_new_password", "come_back", "confirm_merge", "confirm_totp", "end_device",
    "end_membership", "end_session", "end_sessions", "enter_people", "enter_person", "forget_gone", "give_card_back",
    "invite", "invite_again", "invited", "knows_device", "new_backup_codes", "note_death", "of_ticket", "otpauth",
    "passkey_options", "pending_totp", "person_of", "prefer_text", "propose_merge", "prove_code", "prove_device",
    "recognise", "remove_factor", "replace_lost_card", "reset_factors", "sealing_key", "send_code", "set_password",
    "show_code", "show_passkey", "sign_in", "strengthen", "sweep", "switch_off", "ticket", "undo_batch", "undo_merge",
    "visit",
]
