"""What completion gives."""

from __future__ import annotations

from typing import Literal as OneOf
from typing import NamedTuple

CompletionKind = OneOf[
    "field", "relationship", "object", "function", "keyword", "operator", "value", "date", "alias", "scope"
]  # fmt: skip


class Completion(NamedTuple):
    """Something that may stand at the cursor. A tuple, because an org has thousands of objects.

    Attributes:
        text: what is to be inserted.
        kind: what it is.
        detail: what is to be shown beside it: of a field its type and label.
        replace: the offsets of the first character that it replaces and behind the last.
    """

    text: str
    kind: CompletionKind
    detail: str
    replace: tuple[int, int]


class Offer(NamedTuple):
    """A candidate, before it is known what was typed of it.

    Attributes:
        name: what the typed letters are compared with.
        kind: what it is.
        label: what people call it, which is compared too.
        detail: what is shown beside it.
        text: what is inserted, where that is more than the name.
    """

    name: str
    kind: CompletionKind
    label: str = ""
    detail: str = ""
    text: str = ""
