"""The layouts of an sObject's pages."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.describes import MASTER_RECORD_TYPE
from sfexplorer.demo.errors import not_found
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.layouts import (
    RecordType,
    approval_layouts,
    compact_layout,
    compact_layouts,
    layout,
    layouts,
)
from sfexplorer.demo.resources.records import type_of
from sfexplorer.demo.resources.sobjects import record_types
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data


def routes() -> list[BaseRoute]:
    """The paths of layouts; `primary` is a compact layout by its role, the others go by record type."""
    path = "/sobjects/{type}/describe"
    return [
        data(f"{path}/layouts", GET=all_layouts),
        data(f"{path}/layouts/{{recordType}}", GET=one_layout),
        data(f"{path}/compactLayouts", since=29, GET=all_compact_layouts),
        data(f"{path}/compactLayouts/{{recordType}}", since=29, GET=one_compact_layout),
        data(f"{path}/approvalLayouts", since=30, GET=all_approval_layouts),
        data(f"{path}/approvalLayouts/{{name}}", since=30, GET=one_approval_layout),
    ]


def _laid_out(call: Call) -> SObjectType:
    found = type_of(call)
    if not found.flags["layoutable"]:
        raise not_found()
    return found


async def _types(call: Call, found: SObjectType) -> list[RecordType]:
    return await call.org.read(record_types, found)


async def _check_record_type(call: Call, found: SObjectType) -> None:
    known = {MASTER_RECORD_TYPE, *(each[0] for each in await _types(call, found))}
    if canonical(call.part("recordType")) not in known:
        raise not_found()


async def all_layouts(call: Call) -> Response:
    """The layouts of all record types."""
    found = _laid_out(call)
    return json_answer(layouts(found, call.base, await _types(call, found)))


async def one_layout(call: Call) -> Response:
    """The layout of one record type."""
    found = _laid_out(call)
    await _check_record_type(call, found)
    return json_answer(layout(found))


async def all_compact_layouts(call: Call) -> Response:
    """The compact layouts of all record types."""
    found = _laid_out(call)
    return json_answer(compact_layouts(found, call.base, await _types(call, found)))


async def one_compact_layout(call: Call) -> Response:
    """The compact layout of one record type, or the primary one."""
    found = _laid_out(call)
    if call.part("recordType").lower() != "primary":
        await _check_record_type(call, found)
    return json_answer(compact_layout(found))


async def all_approval_layouts(call: Call) -> Response:
    """The layouts of approval processes."""
    _laid_out(call)
    return json_answer(approval_layouts())


async def one_approval_layout(call: Call) -> Response:
    """The layout of one approval process; there is none."""
    raise not_found()
