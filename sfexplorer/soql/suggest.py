"""Which of the known names somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def closest(name: str, names: Iterable[str]) -> str | None:
    """The most similar of the names as it is spelled, or None when none comes near. Case does not count."""
    # Only wrong queries need it, and it takes its time to import.
    from difflib import get_close_matches

    known = {known.upper(): known for known in names}
    found = get_close_matches(name[:80].upper(), known, n=1, cutoff=0.7)
    return known[found[0]] if found else None
