"""Requests from this machine, and from no other site's page: who may use the org's own switches.

A page from anywhere can make a browser on this machine ask the org something. It is told by what browsers
say of the page (`Origin`, `Sec-Fetch-Site`), by the name that it knows the org by (a name of its own that it
lets lead here), and by its forms, which can't send JSON.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address
from typing import Any

from starlette.requests import Request

from sfexplorer.demo.errors import not_found, refusal
from sfexplorer.demo.org import Org
from sfexplorer.demo.web.bodies import json_value
from sfexplorer.demo.web.origin import is_own_host

# What a browser says of an address that a person typed, and of the org's own pages.
_OWN_SITES = ("none", "same-origin")
# A `Host` that is an address: nobody has it as a name of their own.
_ADDRESS = re.compile(r"([0-9.]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?", re.ASCII)


def local_org(request: Request) -> Org:
    """The org, for those who ask from this machine.

    Raises:
        Refusal: 404 for all others, as if there were no switches.
    """
    headers = request.headers
    foreign = "origin" in headers or headers.get("sec-fetch-site", "none") not in _OWN_SITES
    host = headers.get("host", "")
    known = is_own_host(host) or _ADDRESS.fullmatch(host)
    if foreign or not known or not _is_on_loopback(request):
        raise not_found()
    org: Org = request.app.state.org
    return org


def _is_on_loopback(request: Request) -> bool:
    if request.client is None:
        return False
    address = ip_address(request.client.host)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


async def switch_body(request: Request) -> Any:
    """The JSON that a switch is told; `{}` where nothing is.

    Raises:
        Refusal: When it is no JSON, or isn't said to be.
    """
    body = await request.body()
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and content_type != "application/json":
        raise refusal(415, "UNSUPPORTED_MEDIA_TYPE", "send Content-Type: application/json")
    return json_value(body) if body else {}
