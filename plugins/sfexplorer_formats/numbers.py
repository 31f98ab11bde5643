"""Numbers as people write them, whole to the last digit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal

Signs = tuple[str, str]
"""What parts thousands, and what stands before the decimals."""

STYLES: Mapping[str, Signs] = {
    "1,234.5": (",", "."),
    "1.234,5": (".", ","),
    "1 234,5": (" ", ","),
    "1'234.5": ("'", "."),
    "1234.5": ("", "."),
}

# The languages, and where a country differs, that write otherwise than English; as in the CLDR.
_DOTTED = {"da", "de", "el", "es", "hr", "id", "is", "it", "nl", "pt", "ro", "sl", "sr", "tr", "vi"}
_SPACED = {"bg", "cs", "et", "fi", "fr", "hu", "lt", "lv", "nb", "nn", "no", "pl", "ru", "sk", "sv", "uk"}
_COUNTRIES = {"CH": "1'234.5", "LI": "1'234.5", "MX": "1,234.5", "AT": "1 234,5", "ZA": "1 234,5"}


def signs_of(style: str, environment: Mapping[str, str] = os.environ) -> Signs:
    """The signs of a style of `settings`."""
    return STYLES[_style_of(environment) if style == "locale" else style]


def _style_of(environment: Mapping[str, str]) -> str:
    named = next((it for name in ("LC_ALL", "LC_NUMERIC", "LANG") if (it := environment.get(name))), "")
    language, _, country = named.partition(".")[0].partition("_")
    if country in _COUNTRIES:
        return _COUNTRIES[country]
    if language in _DOTTED:
        return "1.234,5"
    return "1 234,5" if language in _SPACED else "1,234.5"


def number_text(number: int | float | Decimal, signs: Signs, decimals: int = 0) -> str:
    """A number.

    Args:
        number: The number.
        signs: How thousands and decimals are told apart.
        decimals: How many decimals it has at the least; no digit is ever left away.
    """
    text = f"{number:,}".removesuffix(".0")
    if decimals and "e" not in text.lower():
        whole, _, behind = text.partition(".")
        text = f"{whole}.{behind.ljust(decimals, '0')}"
    thousands, point = signs
    return text.translate({ord(","): thousands, ord("."): point})
