"""Signing in and out, and what belongs to an account."""

from __future__ import annotations

from baiying.web.guard import PUBLIC, SELF
from baiying.web.routes.route import Route
from baiying.web.views import account, account_members, account_own

ROUTES = (
    Route("in/", account.sign_in, PUBLIC, "Sign in: by telephone, staff by password"),
    Route("in/telephone/", account.telephone, PUBLIC, "A code goes to the telephone that was typed"),
    Route("in/code/", account.code, PUBLIC, "The code that came"),
    Route("in/who/", account.who, PUBLIC, "Which of several people at one telephone"),
    Route("in/second/", account.second, PUBLIC, "The second factor, after the password"),
    Route("join/<str:token>/", account.join, PUBLIC, "A colleague's invitation: once, for seven days"),
    Route("out/", account.sign_out, PUBLIC, "Sign out"),
    Route("messages/", account.messages, PUBLIC, "What the console would have sent; in the demo alone"),
    Route("account/", account_own.account, SELF, "My account: sessions, devices, how I am reached"),
    Route("account/password/", account_own.password, SELF, "A new password; staff alone"),
    Route("account/factors/", account_own.factors, SELF, "The second factors; staff alone"),
    Route("account/factors/totp/", account_own.totp, SELF, "Add an authenticator; staff alone"),
    Route("account/factors/passkey/", account_own.passkey, SELF, "Keep a passkey; staff alone"),
    Route("account/factors/backup/", account_own.backup_codes, SELF, "Ten new backup codes; staff alone"),
    Route("account/factors/remove/", account_own.remove_factor, SELF, "Remove a second factor; staff alone"),
    Route("account/sessions/end/", account_own.end_session, SELF, "End one session, or all others"),
    Route("account/devices/end/", account_own.end_device, SELF, "A device is a stranger again"),
    Route("members/", account_members.keeping, "member.keep", "The members of the unit: look one up, enter one"),
    Route("members/enter/", account_members.enter_member, "member.keep", "Enter one person, with a guardian under 14"),
    Route("members/merge/", account_members.merge_members, "member.keep", "Propose that two are one person"),
    Route("members/merge/decide/", account_members.decide_merge, "member.keep", "Confirm a merge, or take it back"),
    Route("members/died/", account_members.note_death, "member.keep", "Note a death"),
    Route("account/text/", account_own.text_only, SELF, "Written to and never called, or called again"),
)
