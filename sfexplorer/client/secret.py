"""A text that must not be shown: tokens, passwords, client secrets.

Crash screens print local variables and attributes; what is wrapped here prints as dots, in every place.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import NoReturn


class Secret:
    """Holds a text and shows it only when asked by `reveal()`.

    Half of a character, as terminals give for a broken one, is replaced: an error about it would quote all.

    Attributes:
        is_whole: whether nothing of the text was replaced.
    """

    __slots__ = ("_text", "is_whole")

    def __init__(self, text: str | Secret) -> None:
        given = text._text if isinstance(text, Secret) else text
        self._text: str = given.encode(errors="replace").decode()
        self.is_whole: bool = text.is_whole if isinstance(text, Secret) else self._text == given

    def reveal(self) -> str:
        """The text itself; use it in the expression that sends it, never in a variable."""
        return self._text

    @property
    def fits_header(self) -> bool:
        """Whether a header can hold it: visible ASCII alone."""
        return self._text.isascii() and self._text.isprintable() and " " not in self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret('***')"

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")
