"""The table of operations. Each names its power: `public` for everybody, `asker` for her who sends number and code.

No power of a post is here: whoever works on cases does so on the pages, behind the second factor (decision 0054).
"""

from __future__ import annotations

from typing import Any

from baiying.api.operation import ASKER, PUBLIC, Operation
from baiying.api.shapes.cases import CaseShape, ReceiptShape
from baiying.api.shapes.entitled import EntitlementsShape
from baiying.api.shapes.figures import Boards, BoardWhole, Coverage
from baiying.api.shapes.offered import Facts, Matters, MatterWhole, Services, ServiceWhole
from baiying.api.shapes.places import Places
from baiying.api.views import document, entitled, figures, hers, offered

SENT = (413, 415, 422, 429)  # too large, no JSON, not understood or refused, too often
OPENED = (401, 429)

OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "openapi.json", document.document, PUBLIC, "The OpenAPI document", "本接口的说明文档",
              {200: dict[str, Any]}),
    Operation("GET", "matters", offered.matters, PUBLIC, "The kinds of case that anybody may open", "可以办的事项",
              {200: Matters}),
    Operation("GET", "matters/{key}", offered.one_matter, PUBLIC, "One matter: its questions, its way, its clocks",
              "一个事项: 要问的、怎么办、多久", {200: MatterWhole}, (404,)),
    Operation("GET", "services", offered.services, PUBLIC, "What people may be entitled to, and how sure that is",
              "服务目录, 来源可不可靠", {200: Services}),
    Operation("GET", "services/{key}", offered.one_service, PUBLIC,
              "One service: for whom, how much, papers, times, sources", "一项服务: 给谁、多少、材料、时限、依据",
              {200: ServiceWhole}, (404,)),
    Operation("GET", "places", offered.places, PUBLIC, "Where one can walk in", "身边的阵地", {200: Places}, (422,)),
    Operation("GET", "facts", offered.facts, PUBLIC, "What the self-test may ask", "自测会问的问题", {200: Facts}),
    Operation("POST", "entitlements", entitled.entitlements, PUBLIC,
              "The self-test: what may I have? Nothing is kept", "自测: 我能得到什么 (什么都不留)",
              {200: EntitlementsShape}, SENT),
    Operation("GET", "boards", figures.boards, PUBLIC, "The boards, their measures and periods", "看板有哪些",
              {200: Boards}),
    Operation("GET", "boards/{key}", figures.one_board, PUBLIC, "One board in one period, the same numbers hidden",
              "一个看板一个时段的数字 (小数不公布)", {200: BoardWhole}, (404, 422)),
    Operation("GET", "coverage", figures.coverage, PUBLIC, "For each service how many it reached", "各项服务覆盖多少人",
              {200: Coverage}),
    Operation("POST", "cases", hers.send, PUBLIC, "Send a need: number and query code, once",
              "送出一个难处: 编号和查询码只告诉一次", {200: ReceiptShape, 201: ReceiptShape}, SENT),
    Operation("GET", "case", hers.case, ASKER, "Her case: clocks, story, readings", "查进度: 时限、经过、谁看过",
              {200: CaseShape}, OPENED),
    Operation("POST", "case/words", hers.words, ASKER, "She sends what the unit waits for", "补充单位在等的话",
              {200: CaseShape}, (*OPENED, 413, 415, 422)),
    Operation("POST", "case/verdict", hers.verdict, ASKER, "Her word: solved, partly, not solved",
              "本人评: 解决了、解决了一部分、没有解决", {200: CaseShape}, (*OPENED, 413, 415, 422)),
)
