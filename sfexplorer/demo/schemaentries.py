"""The schema's JSON files as they are written; `schema/README.md` tells what each key means."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

Choice = str | tuple[str, str]
Default = str | bool | int | float
Entry = TypeVar("Entry")


class FieldEntry(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One field."""

    name: str = ""
    label: str = ""
    type: str = "string(255)"
    flags: str = ""
    address: str | None = None
    to: str | list[str] = []
    relationship: str | None = None
    children: str | dict[str, str] | None = None
    order: int | None = None
    values: str | list[Choice] = []
    controller: str | None = None
    valid_for: dict[str, list[str]] = {}
    default: Default | None = None
    default_from: dict[str, dict[str, Default]] = {}
    copies: str | list[str] = []
    stamped_by: str | None = None
    roll_up: str | None = None
    compound: str | None = None
    extra: str | None = None
    help: str | None = None
    mask: str = "*"
    mask_type: str = "all"
    display_format: str | None = None
    formula: str | None = None
    sql: str | None = None


class RuleEntry(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One validation rule."""

    name: str
    when: str
    message: str
    field: str | None = None
    active: bool = True


class DuplicateRuleEntry(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One duplicate rule."""

    name: str
    match: list[str]
    message: str = "Use one of these records?"
    allow_save: bool = True


class RecordTypeEntry(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One record type."""

    name: str
    developer_name: str
    description: str | None = None
    default: bool = False
    defaults: dict[str, Default] = {}


class ObjectEntry(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One sObject, or with `extends` what is added to one."""

    name: str = ""
    extends: str | None = None
    label: str = ""
    label_plural: str = ""
    key_prefix: str | None = None
    flags: str = ""
    fields: list[str | FieldEntry] = []
    rules: list[RuleEntry] = []
    duplicate_rules: list[DuplicateRuleEntry] = []
    record_types: list[RecordTypeEntry] = []


class CommonEntry(msgspec.Struct, forbid_unknown_fields=True):
    """What `common.json` defines for all sObjects."""

    fields: list[FieldEntry] = []
    address: list[FieldEntry] = []
    picklists: dict[str, list[Choice]] = {}


def decoded(path: Path, kind: type[Entry]) -> Entry:
    """What a file says.

    Raises:
        ValueError: When it is no such file; the text names file and key.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: {str(error).replace('`', '')}") from error
    except OSError as error:
        raise ValueError(f"{path.name}: {error.strerror}") from error
