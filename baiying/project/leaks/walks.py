"""Every route, and what is asked of it in both worlds of a pair. A new route gets its line here (see `walk`).

    get("streets/")                                  the page, once for each walker
    get("streets/<str:street>/", "?as=csv")          once for each value that the worlds know for `street`
    get("file/<str:ref>/", at={"ref": ("a", "b")})   once for each value that is given here
    post("streets/say/", key="k", text="{words}")    a form; undone afterwards
    chain("b/", post("a/", …), get("b/"))            one after the other, in one browser

Values that the worlds know: `number` (of the protected cases, which nobody has in the other world), `open` (of an
open case), `ref`, `unit`, `place`, `matter`, `board`, `street`, `token`, `words`, `phone` and others (values.py).
A new kind of protected thing is a deed in deeds.py; what it made is asked for by itself in every world.
"""

from __future__ import annotations

from baiying.project.leaks.walk import Ask, Walk, chain, get, post
from baiying.project.leaks.walks_api import WALKS_API
from baiying.project.leaks.walks_new import WALKS_NEW

# Routes that cannot be walked, each with its reason. May only shrink: tests/leaks/test_every_route.py has the number.
EXCEPTIONS: dict[str, str] = {}

# Rightly filled in for every form that is about one case: where a walker may not do it, the answer says nothing.
CASE = {"key": "k", "version": "1", "move": "{step}", "reason": "核对过", "text": "核对过。", "ground": "spam",
        "until": "2026-03-20", "clock": "answer", "sure": "on", "unit": "{other}", "yes": "no", "verdict": "partly",
        "via": "phone", "party": "co", "words": "核对过。", "other": "{number}"}
ACTS = ("give_back", "transfer", "pause", "resume", "extend", "set_aside", "call_back", "recuse", "retake")
NEED = {"key": "walked", "words": "三个月没有发工资了。", "area": "{area}", "phone": "010-0000-0999"}
STEPS_OF_NETWORK = {"key": "k", "deed": "appoint", "login": "{login}", "role": "handler"}

EVERYBODY = (
    get(""), post("", NEED), chain("received/", post("", NEED), get("received/"), get("mine/"), get("slip/")),
    *(post("", {**NEED, name: "{" + name + "}"}) for name in ("words", "phone", "matter")),
    get("received/"), chain("draft/", post("draft/", words="{words}", key="d"), get("")), post("drop/"),
    get("danger.json"), post("prefer/", language="en", next="/today/"), post("prefer/", large="1", next="/"),
    get("leave/"), post("leave/"), get("places/"), get("places/", "?area={street}"), get("places/", "?q=八角"),
    get("places/<str:key>/", at={"key": ("nowhere",)}), chain("places/<str:key>/", Ask("/places/{place}/")),
    get("catalogue/"), get("catalogue/", "?q=工资"), Walk("catalogue/<str:key>/", (Ask("/catalogue/{matter}/"),)),
    get("about/"), get("network/"), get("network/", "?q=八角"), get("healthz"), get("messages/"), get("desk/"),
    post("suggest/", words="{words}", area="{area}"), post("suggest/", words="{number}"),
    post("fits/", words="{words}"),
    get("received/files/"), post("received/files/", key="k"),
    post("received/otherwise/", key="k", topic="wages"), post("received/where/", key="k", area="{area}"),
    get("find/"), get("find/", "?number={number}"), post("find/", number="{number}", code="2345-6789"),
    post("find/", number="{number}", code="{number}"),
)
BOARDS = (
    get("boards/"), Walk("boards/<str:key>/", (Ask("/boards/{board}/"),)),
    *(Walk("boards/<str:key>/", (Ask("/boards/{board}/?kind=" + kind),)) for kind in ("month", "quarter", "year")),
    Walk("boards/<str:key>/street/<str:street>/", (Ask("/boards/{board}/street/{street}/"),)),
    Walk("boards/<str:key>/matter/<str:matter>/", (Ask("/boards/{board}/matter/{matter}/"),)),
    *(Walk("boards/<str:key>/file/", (Ask("/boards/{board}/file/?as=" + kind + "&table=" + table),))
      for kind in ("csv", "xlsx") for table in ("course", "matters", "streets")),
    get("boards/below/"), get("boards/below/street/<str:street>/"), get("boards/below/matter/<str:matter>/"),
    *(get("boards/below/file/", "?as=" + kind + "&table=" + table) for kind in ("csv", "xlsx")
      for table in ("course", "matters", "streets", "units")),
    get("boards/ours/"), get("boards/ours/", "?kind=year"), get("boards/ours/", "?matter={matter}"),
    get("boards/ours/cases/"), get("boards/ours/cases/", "?kind=year"), get("boards/ours/cases/", "?matter={matter}"),
    *(get("boards/ours/file/", "?as=" + kind + "&table=" + table) for kind in ("csv", "xlsx")
      for table in ("course", "matters")),
)
HERS = (
    get("mine/"), post("mine/judge/", key="k", verdict="partly", contacted="yes", why="还差一半"),
    post("mine/withdraw/", key="k", sure="on"), post("mine/step/", key="k", move="{step}", version="1"),
    post("mine/consent/", key="k", task="{ref}", yes="yes"), post("mine/days/", key="k"),
    post("mine/reply/", {"reply-key": "k", "reply-text": "带来了。"}), post("mine/code/", key="k"),
    post("mine/complain/", {"complain-key": "k", "complain-text": "没人理我。"}),
    post("mine/contest/", {"contest-key": "k", "contest-text": "不是这样。"}),
    post("mine/further/", key="k", matter="{matter}"), post("mine/apart/", key="k"), get("mine/list/"),
    get("mine/files/"), post("mine/files/", ref="{ref}", to="lead"), get("mine/files/<str:ref>/"),
    post("mine/list/<str:number>/"), get("mine/list/<str:number>/"), post("mine/close/"), get("slip/"),
)
ACCOUNT = (
    get("in/"), get("in/", "?next=/case/{number}/"), post("in/", login="{login}", password="wrong"),
    chain("in/telephone/", post("in/telephone/", telephone="{phone}"), get("in/code/")),
    chain("in/code/", post("in/telephone/", telephone="{phone}"), post("in/code/", code="000000")),
    get("in/code/"), get("in/who/"), post("in/who/"), get("in/second/"), post("in/second/", code="000000"),
    get("join/<str:token>/"), post("join/<str:token>/", password="correct horse staple"), post("out/"), get("account/"),
    get("account/password/"), post("account/password/", old="a", new="correct horse staple"), get("account/factors/"),
    get("account/factors/totp/"), post("account/factors/totp/", code="000000"), get("account/factors/passkey/"),
    post("account/factors/passkey/", called="k", credential="[]"), post("account/factors/backup/"),
    post("account/factors/remove/", row="{id}"), post("account/sessions/end/", row="{id}"),
    post("account/devices/end/", row="{id}"), post("account/text/", text_only="on"),
    get("members/"), post("members/", name="{name}"), post("members/", telephone="{phone}"),
    post("members/", kind="id18", number="{paper}"),
    *(post("members/enter/", {"key": "k", "name": "新来的", "unit": "{own}", **one})
      for one in ({"telephone": "{phone}"}, {"kind": "id18", "number": "{paper}"})),
    post("members/merge/", key="k", kept="{person}", gone="{id}", reason="同一个人"),
    post("members/merge/decide/", merge="{id}", yes="on"), post("members/died/", person="{person}", on="2026-03-01"),
)
HANDLERS = (
    get("today/"), get("today/", "?all=1"), get("today/", "?kind={matter}"), get("case/<str:number>/"),
    *(Walk(f"case/<str:number>/{page}", (Ask("/case/{open}/" + page),))
      for page in ("", "similar/", "print/", "hands/")),
    get("case/<str:number>/", "?template={ref}"), get("case/<str:number>/reach/"), post("case/<str:number>/reach/"),
    post("case/<str:number>/move/", CASE), get("case/<str:number>/similar/"), get("case/<str:number>/print/"),
    get("case/<str:number>/files/"), post("case/<str:number>/files/", ref="{ref}", to="asker"),
    get("case/<str:number>/files/<str:ref>/"), get("case/<str:number>/take/"), post("case/<str:number>/take/"),
    get("protected/"), post("protected/<str:number>/", person="{ref}", how="also"), get("emergency/"),
    get("emergency/", "?number={number}"), post("emergency/", key="k", number="{number}", ground="life", reason="短"),
    get("emergency/<str:number>/"), get("emergency/<str:number>/files/<str:ref>/"),
    get("case/<str:number>/hands/"), get("case/<str:number>/hands/", "?party=co"),
    post("case/<str:number>/hands/", CASE), get("case/<str:number>/do/<str:key>/", at={"key": ACTS}),
    post("case/<str:number>/do/<str:key>/", CASE, at={"key": ACTS}), get("enter/"), get("enter/", "?matter={matter}"),
    chain("enter/", post("enter/", {**NEED, "channel": "phone", "unit": "{mine}", "step": "store", "right": "on"}),
          get("enter/slip/")), get("enter/slip/"),
    get("visit/"), post("visit/", {"key": "k", "unit": "{mine}", "area": "{area}", "on": "2026-03-02",
                                 "count": "1", "row1-words": "路灯坏了。"}), get("texts/"),
    post("texts/", {"key": "k", "unit": "{mine}", "title": "题", "text": "文"}), post("texts/aside/", template="{ref}"),
    get("search/"), post("search/", q="{number}"), post("search/", q="{words}"), post("search/", q="{phone}"),
    post("search/", q="{name}"), get("concerns/"), get("concerns/", "?closed=1"), get("concerns/topics/"),
    post("concerns/", what="join", key="k", numbers="{number} {open}", title="一件事"),
    post("concerns/", what="decline", key="k", numbers="{number} {open}"),
    get("concerns/case/<str:number>/"), get("concerns/case/<str:number>/", headers={"HX-Request": "true"}),
    post("concerns/case/<str:number>/", what="join", key="k", numbers="{number}"), get("concerns/<str:ref>/"),
    post("concerns/<str:ref>/", what="add", key="k", numbers="{number}"),
)
PARTNERS = (
    get("task/<str:number>/files/"), post("task/<str:number>/files/", ref="{ref}", to="asker"),
    get("task/<str:number>/files/<str:ref>/"),
    get("tasks/"), get("task/<str:number>/"), post("task/<str:number>/move/", CASE),
    post("task/<str:number>/<str:key>/", {**CASE, "ground": "not_competent"}, at={"key": ("finish", "refuse")}),
)
FEDERATIONS = (
    get("federation/"), get("late/"), get("back/"),
    *(one for route in ("ruling", "extension", "ending", "complaint", "climb", "back")
      for one in (get(f"{route}/<str:number>/"), post(f"{route}/<str:number>/", {**CASE, "demand": "{ref}"}))),
)
ADMINISTRATORS = (
    get("administration/"), get("administration/", "?q=八角"),
    Walk("administration/unit/<str:key>/", (Ask("/administration/unit/{unit}/"),)),
    Walk("administration/unit/<str:key>/change/", (Ask("/administration/unit/{unit}/change/", STEPS_OF_NETWORK),)),
    get("administration/proposals/"), post("administration/proposals/decide/", proposal="{ref}", yes="yes"),
    get("import/"), post("import/", kind="members", unit="1"),
    get("import/template/<str:kind>/", at={"kind": ("units", "posts", "members", "files")}), get("import/<str:ref>/"),
    post("import/<str:ref>/look/", {"column:1": "paper"}),
    post("import/<str:ref>/fix/", {"cell:1:paper": "x"}), post("import/<str:ref>/run/"),
    post("import/<str:ref>/undo/"),
)
SERVICES = (
    get("selftest/"), post("selftest/", fact="person.migrant", value="yes", act="answer", said="{}", trail=""),
    post("selftest/person/", service="no.such.service"), get("entitled/"),
    post("entitled/answer/", fact="person.migrant", value="yes"), post("entitled/back/", fact="person.migrant"),
    post("entitled/quiet/", quiet="1"), get("unserved/"),
    get("unserved/<str:key>/", at={"key": ("no.such.service",)}),
    post("unserved/<str:key>/done/", {"key": "k", "step": "tell", "result": "thinks"},
         at={"key": ("no.such.service",)}),
)
SETTING_UP = tuple(one for route in ("", "district/", "federations/", "keys/", "people/")
                   for one in (get(f"setup/{route}"), post(f"setup/{route}", key="k")))

WALKS: tuple[Walk, ...] = (EVERYBODY + BOARDS + HERS + ACCOUNT + HANDLERS + PARTNERS + FEDERATIONS + ADMINISTRATORS
                           + SETTING_UP + SERVICES + WALKS_NEW + WALKS_API)
