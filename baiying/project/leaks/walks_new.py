"""Walks of rooms that were added after the first ones. One tuple a room; see walks.py for the form of a line."""

from __future__ import annotations

from baiying.project.leaks.walk import Ask, Walk, chain, get, post

RIGHTS = (
    get("mine/rights/"), get("mine/rights/export/"), post("mine/rights/export/"),
    post("mine/rights/reach/", {"reach-contact": "{words}", "reach-phone": "{phone}", "reach-reach": "evening"}),
    post("mine/rights/address/", {"address-where": "{words}", "address-task": "{ref}"}),
    post("mine/rights/correct/", {"correct-key": "k", "correct-about": "words", "correct-text": "{words}"}),
    post("mine/rights/erase/", {"erase-key": "k", "erase-sure": "on"}),
    post("mine/rights/anyway/", {"anyway-key": "k", "anyway-text": "{words}"}),
    get("mine/rights/refuse/"), post("mine/rights/refuse/", demand="{ref}"),
    get("account/export/"), post("account/export/"), get("rights/"), get("case/<str:number>/rights/"),
    post("case/<str:number>/rights/relative/", {
        "relative-key": "k", "relative-name": "石某", "relative-relation": "儿子", "relative-state": "died",
        "relative-wish": "see", "relative-why": "办理继承。", "relative-proof": "看过户口本。"}),
    post("case/<str:number>/rights/decide/", demand="{ref}", kind="correct", yes="yes", reason="核对过。"),
    get("case/<str:number>/address/"), post("case/<str:number>/address/"),
    get("task/<str:number>/address/"), post("task/<str:number>/address/"),
)

LETTERS = (
    get("case/<str:number>/letters/"),
    get("case/<str:number>/letters/<str:key>/", at={"key": ("agreement", "none")}),
    post("case/<str:number>/letters/<str:key>/", {"key": "k", "do": "send", "addressee": "某单位"},
         at={"key": ("agreement", "none")}),
    get("case/<str:number>/letters/<str:ref>/sent/"),
    post("case/<str:number>/letters/<str:ref>/sent/", {"how": "handed", "on": "2026-03-02"}),
    get("case/<str:number>/paper/<str:ref>/<str:form>/", at={"form": ("pdf", "docx")}),
    get("mine/letters/"), get("mine/letters/<str:ref>/<str:form>/", at={"form": ("pdf", "docx")}),
    get("letters/late/"),
)

INCIDENTS = (
    get("incidents/"), post("incidents/", {"key": "k", "plan": "labour", "ago": "0", "ask.employer": "某工程队"}),
    get("incidents/<str:ref>/"),
    post("incidents/<str:ref>/", {"key": "k", "what": "join", "numbers": "{number}"}),
)

OPEN = tuple(Walk(f"case/<str:number>/{page}", (Ask("/case/{open}/" + page),))
             for page in ("letters/", "files/", "rights/", "sheet/", "guest/"))

OUTSIDE = ("received", "reply", "finish", "refuse", "close")
PARTIES = (
    post("mine/consent/groups/", {"key": "k", "task": "{ref}", "group": "contact"}),
    get("mine/sheet/"), post("mine/sheet/", {"key": "k", "version": "1"}),
    get("case/<str:number>/sheet/"),
    post("case/<str:number>/sheet/", {"key": "k", "based_on": "0", "words": "核对过。"}),
    get("case/<str:number>/guest/"), post("case/<str:number>/guest/", {
        "key": "k", "party": "co", "name": "某处", "phone": "{phone}", "code_phone": "010-0000-0998",
        "text": "请看。"}),
    get("case/<str:number>/party/<str:key>/", at={"key": ("remind", "link", "revoke")}),
    post("case/<str:number>/party/<str:key>/", {"key": "k", "task": "{ref}", "text": "请回复。"},
         at={"key": ("remind", "link", "revoke")}),
    get("outside/"), get("outside/closed/"), get("outside/files/"), post("outside/files/", {"key": "k"}),
    get("outside/files/<str:ref>/"), get("outside/do/<str:key>/", at={"key": OUTSIDE}),
    post("outside/do/<str:key>/", {"key": "k", "text": "办好了。"}, at={"key": OUTSIDE[1:4]}),
    post("outside/do/<str:key>/", {"key": "k"}, at={"key": ("received", "close")}),
    get("outside/<str:token>/"), post("outside/<str:token>/", {"code": "000000"}),
    chain("outside/", post("outside/<str:token>/", {"code": "000000"}), get("outside/")),
)

CARD = (
    get("card/"), post("card/change/", do="ask"), post("card/change/", do="lost"), get("card/at/", "?at=AAAAA"),
    get("card/keys/"), get("card/show/<str:key>/", at={"key": ("AAAAA",)}),
    chain("card/", post("card/change/", do="ask"), get("card/")),
    get("counter/"), post("counter/", code="A"), post("counter/set-up/", code="AAAAAAAA"), get("counter/pack/"),
    post("counter/settle/"), get("counter/worker.js"), get("counters/"),
    post("counters/", key="k", unit="{unit}", service="no.such.service", name="某处", times="1"),
    post("counters/<str:key>/code/", at={"key": ("AAAAA",)}), post("counters/<str:key>/close/", at={"key": ("AAAAA",)}),
)

REQUESTS = (
    get("entitled/<str:key>/request/", at={"key": ("nothing",)}),
    post("entitled/<str:key>/request/", {"key": "k", "words": "{words}"}, at={"key": ("nothing",)}),
    get("mine/request/"), post("mine/request/"),
    post("mine/request/account/", {"name": "某人", "account": "000000"}), get("case/<str:number>/request/"),
    post("case/<str:number>/request/look/", {"paper": "docs", "found": "sent_back", "reason": "{words}"}),
    post("case/<str:number>/request/put/", {"ask.on_list": "yes"}),
    get("enter/service/"), get("enter/service/<str:key>/", at={"key": ("nothing",)}),
    post("enter/service/<str:key>/", {"key": "k", "name": "某人", "kind": "id18", "number": "{paper}", "right": "yes"},
         at={"key": ("nothing",)}),
    get("rounds/"), get("rounds/new/"), post("rounds/new/", {"key": "k", "name": "某营地", "places": "3"}),
    get("rounds/<str:ref>/"), post("rounds/<str:ref>/draw/"),
)

PUBLISHING = (
    get("coverage/"),
    get("publishing/"), post("publishing/decide/", ref="{ref}", do="approve"),
    post("publishing/decide/", ref="{ref}", do="propose", words="核对过。"),
)

LEDGER = (
    get("granted/"), get("budgets/"), post("budgets/set/", {"key": "k", "service": "nothing", "sum": "1"}),
    post("budgets/matching/", {"key": "k", "service": "nothing", "to": "{ref}", "per_hundred": "100", "most": "1"}),
    post("budgets/matching/end/", {"matching": "{ref}"}), get("ledger/"), get("ledger/<str:number>/"),
    post("ledger/<str:number>/back/", {"how": "part", "sum": "1", "why": "wrong_sum", "words": "多给了, 收回。"}),
    post("ledger/<str:number>/decide/", {"agreed": "yes"}), post("ledger/<str:number>/decide/", {"agreed": "no"}),
    post("ledger/<str:number>/account/", {"grant": "{ref}", "name": "某人", "account": "000000"}),
    get("batches/"), post("batches/make/", {"key": "k", "unit": "{unit}"}),
    post("batches/payee/", {"grant": "{ref}", "name": "某人", "account": "000000"}), get("batches/<str:number>/"),
    post("batches/<str:number>/release/"), post("batches/<str:number>/drop/"),
    post("batches/<str:number>/bank/<str:form>/", at={"form": ("csv",)}), post("batches/<str:number>/files/"),
)

WALKS_NEW: tuple[Walk, ...] = (*LEDGER, *PUBLISHING, *REQUESTS, *CARD, *PARTIES, *OPEN, *RIGHTS, *LETTERS, *INCIDENTS)
