"""Budgets, the ledger, payment batches, and what of it everybody may see."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import grants, ledger, notices, payments

ROUTES = (
    Route("granted/", notices.granted, PUBLIC, "The public notice of grants: number, class and amount alone"),
    Route("budgets/", ledger.budgets, "budget.see", "The unit's budgets: promised, granted, paid, left"),
    Route("budgets/set/", ledger.budget_set, "budget.keep", "Set money aside for a service in a year"),
    Route("budgets/matching/", ledger.matching_set, "budget.keep",
          "Add to what another unit grants, up to a ceiling: a matching share"),
    Route("budgets/matching/end/", ledger.matching_end, "budget.keep", "Add nothing to these grants any more"),
    Route("ledger/", ledger.ledger, "budget.see", "The lines of the unit, without names"),
    Route("ledger/<str:number>/", grants.grant, "budget.see", "One grant by its number: its lines, without a name"),
    Route("ledger/<str:number>/back/", grants.grant_back, "grant.correct",
          "Ask with a reason that a grant be taken back, wholly or in part"),
    Route("ledger/<str:number>/decide/", grants.grant_decide, "grant.correct",
          "Agree to what a colleague asked to take back, or let it be"),
    Route("ledger/<str:number>/account/", grants.grant_account, "budget.keep",
          "Write down the right account after the bank sent it back"),
    Route("batches/", payments.batches, "budget.see", "What waits to be paid, and the payment batches"),
    Route("batches/make/", payments.batch_make, "budget.keep", "Make a batch of what waits"),
    Route("batches/payee/", payments.batch_payee, "budget.keep", "Write down to whom a grant is paid"),
    Route("batches/<str:number>/", payments.batch, "budget.see", "One batch: what is in it, without names"),
    Route("batches/<str:number>/release/", payments.batch_release, "payment.release", "Release a colleague's batch"),
    Route("batches/<str:number>/drop/", payments.batch_drop, "budget.keep", "Take a batch apart before its release"),
    Route("batches/<str:number>/bank/<str:form>/", payments.batch_bank, "budget.keep", "The file for the bank"),
    # The file of the bank names people: it stays in memory, as the files of a case do (web.uploads).
    Route("batches/<str:number>/files/", payments.batch_results, "budget.keep", "Bring what the bank paid or not"),
)
