"""Her rights over what is kept of her, the answers of the unit that leads, and where she stays."""

from __future__ import annotations

from baiying.web.guard import ASKER, MEMBER
from baiying.web.routes.route import Route
from baiying.web.views import handler_rights, rights

ROUTES = (
    Route("mine/rights/", rights.rights, ASKER, "What is kept of her, and what she can do about it"),
    Route("mine/rights/export/", rights.take_along, ASKER, "Everything about her case as one file"),
    Route("mine/rights/reach/", rights.reached, ASKER, "How she is called and reached from now on"),
    Route("mine/rights/address/", rights.stays, ASKER, "Where she stays, for the two who need it"),
    Route("mine/rights/correct/", rights.correct, ASKER, "Her words or an answer are wrong"),
    Route("mine/rights/erase/", rights.erase, ASKER, "What she told is erased, or she reads why not yet"),
    Route("mine/rights/anyway/", rights.erase_anyway, ASKER, "She asks for erasure although a ground was named"),
    Route("mine/rights/refuse/", rights.refuse_relative, ASKER, "What somebody asked in her place ends at her press"),
    Route("account/export/", rights.take_account, MEMBER, "Everything about a member, on a device she has proved"),
    Route("rights/", handler_rights.demands, "case.list", "What people ask about their information, by its day"),
    Route("case/<str:number>/rights/", handler_rights.case_rights, "case.open", "What she asks in one case"),
    Route("case/<str:number>/rights/decide/", handler_rights.decide, "case.move", "Grant or refuse, with a reason"),
    Route("case/<str:number>/rights/relative/", handler_rights.enter_relative, "case.move",
          "What a near relative asks of somebody who died or cannot act"),
    Route("case/<str:number>/address/", handler_rights.case_address, "case.open",
          "Where she stays, for her handler alone; logged"),
    Route("task/<str:number>/address/", handler_rights.task_address, "task.open",
          "Where she stays, for the unit that goes there; logged"),
)
