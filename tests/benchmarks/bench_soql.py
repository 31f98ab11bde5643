"""How long the query languages take at a key: medians, and ratios to decoding a 2,000-row page with `json`.

The limits are those of a quiet machine; on a busy one the ratio tells more. Run by `make bench`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sfexplorer.client.describe import SObjectDescribe
from sfexplorer.soql import complete, highlight, parse
from tests.soql.describes import demo_describes

RUNS = 41
IMPORTS = 11
ROWS = 2_000
OBJECTS = 3_000
# Milliseconds. Decoding a page took 5.1 of them where the limits were set.
PAGE = 5.1
LIMITS = {
    "parse 1,000 characters": 5.0,
    "highlight 10,000 characters": 5.0,
    "complete with 3,000 objects": 20.0,
    "import": 30.0,
}
HEAD = (
    "SELECT Id, Name, Account.Owner.Name, toLabel(Status), (SELECT Id FROM Cases WHERE Subject != null)"
    " FROM Contact WHERE Name LIKE 'x%' AND CreatedDate = LAST_N_DAYS:7 AND AccountId IN"
    " (SELECT AccountId FROM Case WHERE Type IN ('a', 'b', 'c'))"
)
TAIL = " ORDER BY Name DESC NULLS LAST LIMIT 5"


@dataclass(frozen=True)
class ManyObjects:
    """A schema of the demo's objects and thousands besides."""

    known: dict[str, SObjectDescribe] = field(default_factory=demo_describes)
    names: tuple[SObjectDescribe, ...] = ()

    def objects(self) -> Iterable[SObjectDescribe]:
        """All of them."""
        return self.names

    def object(self, name: str) -> SObjectDescribe | None:
        """Those of the demo have a describe."""
        return self.known.get(name.lower())


def query_of(length: int) -> str:
    """A query of so many characters."""
    text = HEAD
    number = 0
    while len(text) + len(TAIL) < length:
        text += f" AND Field{number}__c = 'value {number}'"
        number += 1
    return f"{text[:-1]}{'x' * (length - len(text) - len(TAIL))}'{TAIL}"


def page() -> str:
    """A page of twelve fields, as Salesforce sends it."""
    return json.dumps(
        {
            "records": [
                {
                    "attributes": {
                        "type": "Account",
                        "url": f"/services/data/v65.0/sobjects/Account/{row:018}",
                    },
                    "Id": f"{row:018}",
                    **{f"Field{column}__c": f"value {row} {column}" for column in range(8)},
                    "AnnualRevenue": row * 1.5,
                    "IsActive__c": True,
                    "ParentId": None,
                }
                for row in range(ROWS)
            ]
        }
    )


def many_objects() -> ManyObjects:
    """The schema with three thousand objects."""
    known = demo_describes()
    made = (
        SObjectDescribe(name=f"Thing{number}__c", label=f"Thing {number}")
        for number in range(OBJECTS - len(known))
    )
    return ManyObjects(known, (*known.values(), *made))


def milliseconds(work: Callable[[], object]) -> float:
    """The median of several runs."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def completion_milliseconds(marked: str, schema: ManyObjects) -> float:
    """What completing at the mark takes."""
    text, offset = marked.replace("|", ""), marked.index("|")
    return milliseconds(lambda: complete(text, offset, schema))


def import_milliseconds() -> float:
    """What importing the package adds to the start of a fresh Python."""
    code = "import time; b = time.perf_counter(); import sfexplorer.soql; print(time.perf_counter() - b)"
    ran = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(IMPORTS)
    ]
    return statistics.median(float(seconds) * 1000 for seconds in ran)


def main() -> int:
    """Prints a line for each figure; gives the exit code."""
    answer, schema = page(), many_objects()
    short = query_of(1_000)
    long = "\n\n".join([short] * 10)[:10_000]
    places = ("SELECT Na| FROM Account", "SELECT Id FROM Thi|", "SELECT Id FROM Account WHERE Industry = |")
    decode = milliseconds(lambda: json.loads(answer))
    print(f"json decodes a page of {ROWS:,} rows: {decode:.2f} ms")
    measured = {
        "parse 1,000 characters": milliseconds(lambda: parse(short)),
        "highlight 10,000 characters": milliseconds(lambda: highlight(long)),
        "complete with 3,000 objects": max(completion_milliseconds(place, schema) for place in places),
        "import": import_milliseconds(),
    }
    is_slow = False
    for name, took in measured.items():
        limit = LIMITS[name]
        # Slow is what is beyond its limit both on the clock and measured by the page.
        missed = took > limit and took / decode > limit / PAGE
        is_slow = is_slow or missed
        shown = f"{took:.2f} ms of {limit:.0f}, {took / decode:.2f} pages of {limit / PAGE:.2f}"
        print(f"{name}: {shown}{', too slow' if missed else ''}")
    return int(is_slow)


if __name__ == "__main__":
    sys.exit(main())
