"""How users of each locale write numbers, dates and times, and on which day their weeks begin."""

from __future__ import annotations

from dataclasses import dataclass

NARROW_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class Locale:
    """The habits of one locale.

    Attributes:
        date: a pattern of `str.format` with `y`, `m` and `d`; `clock` one with `h` (of 24), `h12`, `n` and
            `half`; `moment` one with `date` and `clock`.
        money: a pattern with `sign` and `number`.
        group: stands between groups of three digits, `point` before the fraction.
        lakhs: whether all groups but the last have two digits.
        halves: how the halves of the day are called.
        weeks_begin: the first day of a week, 0 for Sunday and 1 for Monday.
    """

    date: str
    clock: str = "{h:02}:{n:02}"
    moment: str = "{date}, {clock}"
    money: str = "{sign}{number}"
    group: str = ","
    point: str = "."
    lakhs: bool = False
    halves: tuple[str, str] = ("AM", "PM")
    weeks_begin: int = 1


_BRITISH = Locale("{d:02}/{m:02}/{y}")
_TWELVE = "{h12}:{n:02} {half}"
_BEHIND = "{number}\u00a0{sign}"
_LOCALES = {
    "de_DE": Locale("{d:02}.{m:02}.{y}", money=_BEHIND, group=".", point=","),
    "en_AU": Locale("{d:02}/{m:02}/{y}", _TWELVE, halves=("am", "pm")),
    "en_CA": Locale("{y}-{m:02}-{d:02}", _TWELVE, halves=("a.m.", "p.m."), weeks_begin=0),
    "en_GB": _BRITISH,
    "en_IE_EURO": _BRITISH,
    "en_IN": Locale("{d:02}/{m:02}/{y}", _TWELVE, lakhs=True, halves=("am", "pm"), weeks_begin=0),
    "en_US": Locale("{m}/{d}/{y}", _TWELVE, weeks_begin=0),
    "es_ES": Locale("{d}/{m}/{y}", "{h}:{n:02}", money=_BEHIND, group=".", point=","),
    "es_MX": Locale("{d:02}/{m:02}/{y}", weeks_begin=0),
    "fr_FR": Locale(
        "{d:02}/{m:02}/{y}", moment="{date} {clock}", money=_BEHIND, group=NARROW_SPACE, point=","
    ),
    "it_IT": Locale("{d:02}/{m:02}/{y}", money=_BEHIND, group=".", point=","),
    "ja_JP": Locale("{y}/{m:02}/{d:02}", "{h}:{n:02}", "{date} {clock}", weeks_begin=0),
    "ko_KR": Locale(
        "{y}. {m}. {d}.", "{half} {h12}:{n:02}", "{date} {clock}", halves=("오전", "오후"), weeks_begin=0
    ),
    "nl_NL": Locale(
        "{d:02}-{m:02}-{y}", moment="{date} {clock}", money="{sign} {number}", group=".", point=","
    ),
    "pt_BR": Locale("{d:02}/{m:02}/{y}", money="{sign}\u00a0{number}", group=".", point=",", weeks_begin=0),
    "sv_SE": Locale("{y}-{m:02}-{d:02}", moment="{date} {clock}", money=_BEHIND, group="\u00a0", point=","),
    "zh_CN": Locale("{y}/{m}/{d}", moment="{date} {clock}"),
}


def locale_of(key: str) -> Locale:
    """The locale of a key; American where it is not known, as a new org is."""
    return _LOCALES.get(key, _LOCALES["en_US"])
