"""The rows that a person marked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

KeyOf = Callable[[int], Hashable]


@dataclass(slots=True)
class Marks:
    """The marked rows, by what they are known by, each with its place in the source."""

    rows: dict[Hashable, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, key: Hashable) -> bool:
        return key in self.rows

    def toggle(self, key: Hashable, row: int) -> None:
        """Marks a row, or takes its mark away."""
        if self.rows.pop(key, None) is None:
            self.rows[key] = row

    def add(self, rows: Iterable[int], key_of: KeyOf) -> None:
        """Marks rows."""
        self.rows.update((key_of(row), row) for row in rows)

    def found_again(self, rows: Iterable[int], key_of: KeyOf) -> Marks:
        """The marks of those rows that are among these too, at their places there."""
        again = Marks()
        missing = set(self.rows)
        for row in rows if missing else ():
            if (key := key_of(row)) in missing:
                again.rows[key] = row
                missing.discard(key)
                if not missing:
                    break
        return again
