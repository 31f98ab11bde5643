"""Stored values as the user reads them: what FORMAT gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.locales import Locale, locale_of
from sfexplorer.demo.executor.operands import NUMBERS
from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.demo.storage import Stored

_SIGN = "$"
_THOUSAND, _HUNDRED = 3, 2

Localize = Callable[[Stored], str | None]


def localizer(field: FieldType, context: Context) -> Localize:
    """A function from the stored values of a field to texts in the user's locale and time zone."""
    locale = locale_of(context.locale)

    def localize(stored: Stored) -> str | None:
        if stored is None:
            return None
        if field.type in NUMBERS:
            return _number(field, locale, float(str(stored)))
        return _moment(field, locale, context, str(stored))

    return localize


def _number(field: FieldType, locale: Locale, number: float) -> str:
    whole, _, fraction = f"{abs(number):.{field.scale}f}".partition(".")
    minus = "-" if number < 0 else ""
    digits = locale.group.join(_groups(whole, _HUNDRED if locale.lakhs else _THOUSAND))
    if fraction and field.type != "currency":
        fraction = fraction.rstrip("0")
    shown = f"{digits}{locale.point}{fraction}" if fraction else digits
    match field.type:
        case "currency":
            return minus + locale.money.format(sign=_SIGN, number=shown)
        case "percent":
            return f"{minus}{shown}%"
        case _:
            return minus + shown


def _groups(whole: str, size: int) -> list[str]:
    """The digits of a whole number in groups, of which the last has three digits."""
    groups = [whole[-_THOUSAND:]]
    rest = whole[:-_THOUSAND]
    while rest:
        groups.insert(0, rest[-size:])
        rest = rest[:-size]
    return groups


def _moment(field: FieldType, locale: Locale, context: Context, stored: str) -> str:
    if field.type == "date":
        return _day(locale, date.fromisoformat(stored))
    if field.type == "time":
        return _clock(locale, time.fromisoformat(stored))
    local = datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone(context.zone)
    return locale.moment.format(date=_day(locale, local.date()), clock=_clock(locale, local.time()))


def _day(locale: Locale, day: date) -> str:
    return locale.date.format(y=day.year, m=day.month, d=day.day)


def _clock(locale: Locale, clock: time) -> str:
    half = locale.halves[clock.hour // 12]
    return locale.clock.format(h=clock.hour, h12=clock.hour % 12 or 12, n=clock.minute, half=half)
