"""Where this plugin keeps what belongs to a record: one file for each, apart for each org and user."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from sfexplorer.api.places import data_folder
from sfexplorer.client import Org, is_id, to_18


def file_of(org: Org, kind: Literal["drafts", "journal"], name: str) -> Path:
    """The file of what is called `name` within `kind`: a record's Id, or `new-` and an sObject.

    Nothing that an org calls its things becomes a path as it is.
    """
    oauth = org.oauth
    whose = f"{oauth.organization_id or org.instance_url}\n{oauth.user_id}"
    safe = to_18(name) if is_id(name) else f"_{_digest(name)}"
    return data_folder() / kind / _digest(whose) / f"{safe}.jsonl"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
