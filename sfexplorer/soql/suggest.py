"""Which of the known names somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def closest(name: str, names: Iterable[str]) -> str | None:
    """The most similar of the names as it is spelled, or None when none comes near. Case does not count."""
    # Only wrong queries need it, and it takes its time to import.
    from difflib import get_close_matches

    meant = name[:80].upper()
    known = {known.upper(): known for known in names}
    found = get_close_matches(meant, known, n=1, cutoff=0.7)
    # In short words two letters in the wrong order weigh more than they should: ADN for AND.
    found = found or [other for other in known if sorted(other) == sorted(meant)]
    return known[found[0]] if found else None
