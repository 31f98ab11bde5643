"""What SQLite has to learn for queries: capitals beyond ASCII, local times, distances."""

from __future__ import annotations

import math
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime

from sfexplorer.demo.executor.context import zone_of
from sfexplorer.demo.storage import Stored

_EARTH_RADIUS = 6371.0


def teach(connection: sqlite3.Connection) -> None:
    """Let a connection know the functions and the collation that queries are made of."""
    connection.create_function("soql_upper", 1, _upper, deterministic=True)
    connection.create_function("soql_local", 2, _local, deterministic=True)
    connection.create_function("soql_distance", 4, _distance, deterministic=True)
    connection.create_collation("soql", _collate)


def _upper(value: Stored) -> Stored:
    return value.upper() if isinstance(value, str) else value


def _collate(left: str, right: str) -> int:
    first, second = left.upper(), right.upper()
    return (first > second) - (first < second)


def _local(stamp: object, zone: str) -> str | None:
    """A stored moment as the clock of a time zone shows it."""
    if not isinstance(stamp, str):
        return None
    moment = datetime.fromisoformat(stamp).replace(tzinfo=UTC)
    # Next to the ends of the calendar there is no other time than UTC's.
    with suppress(OverflowError):
        moment = moment.astimezone(zone_of(zone))
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds")


def _distance(*degrees: float | None) -> float | None:
    """Kilometres between two places, each a latitude and a longitude, by the haversine formula."""
    known = [math.radians(each) for each in degrees if each is not None]
    if len(known) < len(degrees):
        return None
    latitude, longitude, other_latitude, other_longitude = known
    across = math.sin((other_latitude - latitude) / 2) ** 2
    along = math.sin((other_longitude - longitude) / 2) ** 2
    chord = across + math.cos(latitude) * math.cos(other_latitude) * along
    return 2 * _EARTH_RADIUS * math.asin(math.sqrt(min(1.0, chord)))
