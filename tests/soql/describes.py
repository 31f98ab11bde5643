"""Schemas for tests, made from the describes that the demo org gives."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

import msgspec

from sfexplorer.client.describe import SObjectDescribe
from sfexplorer.demo.objects import describe, load_schema


class Describes:
    """A schema of the demo's objects, some of which may not be fetched yet."""

    def __init__(self, *more: SObjectDescribe, unfetched: Iterable[str] = ()) -> None:
        self.known = {**demo_describes(), **{each.name.lower(): each for each in more}}
        self.unfetched = {name.lower() for name in unfetched}
        self.asked: list[str] = []

    def objects(self) -> Iterable[SObjectDescribe]:
        return self.known.values()

    def object(self, name: str) -> SObjectDescribe | None:
        self.asked.append(name)
        return None if name.lower() in self.unfetched else self.known.get(name.lower())


@cache
def demo_describes() -> dict[str, SObjectDescribe]:
    return {each.name.lower(): decoded(describe(each)) for each in load_schema()}


def decoded(described: object) -> SObjectDescribe:
    return msgspec.json.decode(json.dumps(described), type=SObjectDescribe)


def custom_object(name: str, label: str, *fields: dict[str, object]) -> SObjectDescribe:
    """An object with an Id and the given fields, each a part of a describe's JSON."""
    identity = {"name": "Id", "type": "id", "label": "Record ID", "groupable": True, "aggregatable": True}
    usual = {"label": "", "groupable": True, "aggregatable": True}
    return decoded(
        {"name": name, "label": label, "fields": [identity, *({**usual, **each} for each in fields)]}
    )
