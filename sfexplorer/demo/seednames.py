"""Names of people and companies, and their addresses, in the manner of many countries."""

from __future__ import annotations

from typing import Any

from sfexplorer.demo.seedworld import Place, Row, World, plain


def person_name(world: World, culture: dict[str, Any]) -> tuple[str, str, str, str]:
    """First and last name, and both in small ASCII letters for an e-mail address."""
    first, plain_first = _both(world.one_of(culture["first"]))
    last, plain_last = _both(world.one_of(culture["last"]))
    return first, last, plain_first, plain_last


def _both(word: str) -> tuple[str, str]:
    # Names in other scripts come with their transcription: 太郎=taro.
    shown, _, transcribed = word.partition("=")
    return shown, transcribed or plain(shown)


def company_name(
    world: World, culture: dict[str, Any], words: dict[str, Any], taken: set[str]
) -> tuple[str, dict[str, str]]:
    """A company's name that isn't taken yet, and its industry."""
    while True:
        industry, noun = world.one_of(words["trades"])
        suffix = world.one_of(culture["suffix"])
        last = _both(world.one_of(culture["last"]))[0]
        second = _both(world.one_of(culture["last"]))[0]
        name = world.one_of(
            (
                f"{world.one_of(words['heads'])} {noun}",
                f"{world.one_of(words['heads'])} {noun} {suffix}",
                f"{last} {noun} {suffix}",
                f"{last} & {second} {noun}",
                f"{last} {suffix}",
            )
        )
        if name not in taken and last != second:
            return name, {"industry": industry}


def domain_of(company: str, number: int) -> str:
    """A company's domain, below `.example` so that it never reaches anyone."""
    return f"{plain(company)[:30] or f'company{number}'}.example"


def address(prefix: str, place: Place, street: str) -> Row:
    """The parts of an address whose fields begin with a prefix."""
    return {
        f"{prefix}Street": street,
        f"{prefix}City": place.city,
        f"{prefix}State": place.state or None,
        f"{prefix}PostalCode": place.postal_code or None,
        f"{prefix}Country": place.country,
        f"{prefix}Latitude": place.latitude,
        f"{prefix}Longitude": place.longitude,
        f"{prefix}GeocodeAccuracy": "City",
    }
