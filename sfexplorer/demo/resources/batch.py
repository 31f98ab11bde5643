"""Several requests in one call that know nothing of each other."""

from __future__ import annotations

import re

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.composite.dispatch import Answer, Asked, answer, refused_answer
from sfexplorer.demo.composite.excess import too_many
from sfexplorer.demo.composite.shapes import Batch, BatchSubrequest, shaped
from sfexplorer.demo.errors import not_found, refusal
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

MOST_SUBREQUESTS = 25
# A batch takes paths without what all of them begin with: `v59.0/limits`.
_SHORT = re.compile(r"/?(?=v[0-9]{2}\.0(/|$))", re.IGNORECASE)
_COMPOSITE = re.compile(r".*/v[0-9.]+/composite(/|$)", re.IGNORECASE)


def routes() -> list[BaseRoute]:
    """The path of batches."""
    return [data("/composite/batch", since=34, POST=batch)]


async def batch(call: Call) -> Response:
    """The answers to some requests; with `haltOnError` those behind one that fails are not done."""
    asked = shaped(await call.body(), Batch)
    if len(asked.batch_requests) > MOST_SUBREQUESTS:
        raise too_many(f"{MOST_SUBREQUESTS} operations")
    answers: list[Answer] = []
    for each in asked.batch_requests:
        halted = asked.halt_on_error and any(given.status >= 400 for given in answers)
        answers.append(_halted() if halted else await _answer(call, each))
    results = [{"statusCode": given.status, "result": given.body} for given in answers]
    return json_answer({"hasErrors": any(given.status >= 400 for given in answers), "results": results})


async def _answer(call: Call, asked: BatchSubrequest) -> Answer:
    if asked.binary_part_name is not None:
        message = "Binary data is not supported in the request of a batch"
        return refused_answer(refusal(415, "UNSUPPORTED_MEDIA_TYPE", message))
    url = _SHORT.sub("/services/data/", asked.url, count=1) if _SHORT.match(asked.url) else asked.url
    if _COMPOSITE.match(url.partition("?")[0]):
        return refused_answer(not_found())
    return await answer(call.request, Asked(asked.method, url, asked.rich_input))


def _halted() -> Answer:
    return refused_answer(refusal(412, "BATCH_PROCESSING_HALTED", "Batch processing halted per request"))
