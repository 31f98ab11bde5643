"""Several requests in one call, where later ones may use the answers of earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.composite.chain import Chain, check, told
from sfexplorer.demo.composite.dispatch import refused_answer
from sfexplorer.demo.composite.excess import too_many
from sfexplorer.demo.composite.shapes import Composite, Subrequest, shaped
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

MOST_SUBREQUESTS = 25
# Of these, how many may be queries or collections.
_MOST_HEAVY = 5
_HEAVY = re.compile(r"/services/data/v[0-9.]+/(query|queryAll|composite/sobjects)\b", re.IGNORECASE)
# The resources below, and since which version each is there.
_BELOW = {"tree": 34, "batch": 34, "sobjects": 42, "graph": 50}


def routes() -> list[BaseRoute]:
    """The path of composite requests, which also lists its kin."""
    return [data("/composite", since=34, GET=resources, POST=composite)]


async def resources(call: Call) -> Response:
    """The resources below."""
    version = float(call.version)
    return json_answer(
        {name: f"{call.base}/composite/{name}" for name, since in _BELOW.items() if version >= since}
    )


async def composite(call: Call) -> Response:
    """The answers to some requests; with `allOrNone` all of them are done or nothing is."""
    asked = shaped(await call.body(), Composite)
    excess = _excess(asked.composite_request)
    if excess:
        # The only answer then, and it bears no reference id.
        return json_answer(told([None], [refused_answer(too_many(excess))]))
    check(call, asked.composite_request)
    chain = Chain(call, asked.composite_request)
    answers = (await chain.all_or_none())[0] if asked.all_or_none else await chain.each()
    return json_answer(told([each.reference_id for each in asked.composite_request], answers))


def _excess(subrequests: Sequence[Subrequest]) -> str:
    """What there is too much of."""
    if len(subrequests) > MOST_SUBREQUESTS:
        return f"{MOST_SUBREQUESTS} operations"
    heavy = sum(bool(_HEAVY.match(each.url)) for each in subrequests)
    return f"{_MOST_HEAVY} query operations" if heavy > _MOST_HEAVY else ""
