"""A ready query: the columns that a person would choose for an object they have just found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sfexplorer.client import FieldDescribe, SObjectDescribe

MOST_COLUMNS = 8

# What people look at first, in this order, where an object has it.
PREFERRED = (
    "AccountId", "WhoId", "WhatId", "ParentId", "Title", "Subject", "Type", "Industry", "StageName", "Status",
    "Priority", "Company", "ProductCode", "Family", "Amount", "UnitPrice", "Quantity", "CloseDate",
    "ActivityDate", "StartDate", "StartDateTime", "Email", "Phone", "ContentType", "BodyLength",
    "ContentSize", "IsActive", "LastModifiedDate",
)  # fmt: skip

_UNREADABLE_IN_A_CELL = frozenset({"base64", "address", "location", "complexvalue", "anyType", "textarea"})

# Objects whose records have no name of any kind.
NAMELESS = frozenset({"CampaignMember", "ContentDocumentLink", "FeedComment", "FeedItem", "FeedLike"})
# Objects whose records are called by another field than Name.
CALLED_BY = {
    "Case": "CaseNumber", "Contract": "ContractNumber", "Order": "OrderNumber", "Solution": "SolutionName",
    "Task": "Subject", "Event": "Subject", "WorkOrder": "WorkOrderNumber", "ContentVersion": "Title",
    "ContentDocument": "Title", "Note": "Title", "Idea": "Title",
}  # fmt: skip


def ready_query(describe: SObjectDescribe, chosen: Sequence[FieldDescribe] = ()) -> str:
    """A SOQL text over the fields that were chosen, else over the object's most telling columns.

    Of the latter, relationships are told by their name.
    """
    # Always with the Id: without it no row leads to its record.
    names = ["Id", *(field.name for field in chosen)] if chosen else _columns(describe)
    columns = list(dict.fromkeys(names))
    if not chosen:
        del columns[MOST_COLUMNS:]
    return f"SELECT {', '.join(columns)}\nFROM {describe.name}"


def _columns(describe: SObjectDescribe) -> Iterator[str]:
    yield "Id"
    if name := describe.name_field:
        yield name.name
    for wanted in PREFERRED:
        if (field := describe.field(wanted)) and field.type not in _UNREADABLE_IN_A_CELL:
            yield _path(field)
    for field in describe.fields:
        # A person's name has its parts shown already.
        apart = field.compound_field_name is None
        required = field.createable and not field.nillable and not field.defaulted_on_create and apart
        if (required or field.custom) and field.type not in _UNREADABLE_IN_A_CELL:
            yield _path(field)


def _path(field: FieldDescribe) -> str:
    """The field itself, or for a reference what its parent is called by: an Id says little."""
    if not field.relationship_name or not field.reference_to:
        return field.name
    # Polymorphic parents are all called by Name.
    parent = field.reference_to[0] if len(field.reference_to) == 1 else ""
    if parent in NAMELESS:
        return field.name
    return f"{field.relationship_name}.{CALLED_BY.get(parent, 'Name')}"
