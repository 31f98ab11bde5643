"""Salesforce ids: 15 characters that tell case apart, 18 with a checksum for those who don't."""

from __future__ import annotations

from collections import Counter

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
# The part behind the key prefix that names the pod and the org; the rest counts up.
_ORG_PART = "5g00000"
_COUNTER_WIDTH = 5


def to_18(id15: str) -> str:
    """The 18-character form of a 15-character id (rest.md section 4)."""
    checksum = ""
    for start in (0, 5, 10):
        chunk = id15[start : start + 5]
        checksum += _CHECKSUM[sum(1 << bit for bit, letter in enumerate(chunk) if "A" <= letter <= "Z")]
    return id15 + checksum


def canonical(text: str) -> str | None:
    """The 18-character id that a text means, or None where it is no id.

    Of 18 characters the case doesn't matter: the checksum tells it, as it is there for.
    """
    if len(text) not in (15, 18) or not (text.isascii() and text.isalnum()):
        return None
    return to_18(text) if len(text) == 15 else _recased(text)


def _recased(text: str) -> str | None:
    letters = []
    for place, letter in enumerate(text[:15]):
        bits = _CHECKSUM.find(text[15 + place // 5].upper())
        is_capital = bits >> place % 5 & 1
        if bits < 0 or (is_capital and not letter.isalpha()):
            return None
        letters.append(letter.upper() if is_capital else letter.lower())
    return to_18("".join(letters))


def base62(number: int, width: int) -> str:
    """A number in Salesforce's digits, whose order is that of ASCII, so that later ids sort behind."""
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = _DIGITS[digit] + digits
    return digits.rjust(width, "0")


def from_base62(text: str) -> int:
    """The number that `base62` wrote."""
    number = 0
    for letter in text:
        number = number * 62 + _DIGITS.index(letter)
    return number


class IdGenerator:
    """Gives new ids, increasing for each key prefix and the same each time."""

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()

    def next(self, prefix: str) -> str:
        """A new 18-character id of a key prefix."""
        self._last[prefix] += 1
        return to_18(f"{prefix}{_ORG_PART}{base62(self._last[prefix], _COUNTER_WIDTH)}")

    def note(self, id: str) -> None:
        """Make sure that the ids to come are later than one already given."""
        prefix, middle, counter = id[:3], id[3:-8], id[10:15]
        if middle == _ORG_PART:
            self._last[prefix] = max(self._last[prefix], from_base62(counter))
