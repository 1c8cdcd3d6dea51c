"""The API, built of the table of operations."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from baiying.api import trouble
from baiying.api.credentials import NumberAndCode
from baiying.api.operation import ALWAYS, ASKER, BASE, Operation
from baiying.api.operations import OPERATIONS
from baiying.api.shapes.shape import Sentence

TITLE = "百应 Baiying"
SAYS = """What a person without a post may read, ask and send. 不需要岗位的人能看、能问、能送的, 都在这里。

Every refusal is `{"sentence": …}`: what happened, why, what to do; Chinese first, English for `Accept-Language: en`.
No cookie is set and no session read. Answers are kept by no cache. Times are those of Shanghai, money is whole fen."""


class Plain(BaseRenderer):
    """JSON with Chinese as it is written."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False)


def build() -> NinjaAPI:
    """The API with every operation of the table; without the pages of documentation, which load from elsewhere."""
    made = NinjaAPI(title=TITLE, version="1", description=SAYS, docs_url=None, openapi_url=None, urls_namespace="api",
                    renderer=Plain(), openapi_extra={"info": {"license": {"name": "Mulan PSL v2"}}})
    for kind in (Exception, Http404, HttpError, ValidationError):
        made.add_exception_handler(kind, trouble.answer)
    for one in OPERATIONS:
        add(made, one)
    return made


def add(made: NinjaAPI, one: Operation) -> None:
    """One operation, with every status it can answer."""
    sentences = dict.fromkeys((*one.refuses, *ALWAYS), Sentence)
    made.default_router.add_api_operation(
        "/" + one.path, [one.method], one.view, auth=NumberAndCode() if one.power == ASKER else None,
        response={**one.answers, **sentences}, operation_id=one.name, summary=one.zh, description=one.view.__doc__,
        tags=[one.path.split("/")[0].split(".")[0]])


api = build()


def written() -> bytes:
    """The OpenAPI document."""
    return json.dumps(api.get_openapi_schema(path_prefix=f"/{BASE}"), cls=NinjaJSONEncoder, ensure_ascii=False).encode()
