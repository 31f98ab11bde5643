"""The page of a record in its org."""

from __future__ import annotations

from urllib.parse import quote

from sfexplorer.client import Org, SObject


def page_of(org: Org, record: SObject) -> str:
    """The address of the record's page in Lightning; a browser that is logged in shows it."""
    type, id = quote(record.type, safe=""), quote(record.id or "", safe="")
    return f"{org.instance_url}/lightning/r/{type}/{id}/view"
