"""What the client adds to the start of a program, as a ratio to `import httpx, msgspec`, in processor time.

Python's own start is in all of them. The limit of 1.15 holds for the package, the names of a common program
and all names alike. The HTTP library is loaded by the first connection: what a program has spent once it has
one is shown beside them. Run by `make bench`.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping

RUNS = 15
LIMIT = 1.15
BASE = "import httpx, msgspec"
COMMON = "from sfexplorer.client import Connection, OAuth, Org, PasswordGrant, SObject"
LIMITED = {
    "the package": "import sfexplorer.client",
    "a common program": COMMON,
    "all names": "from sfexplorer.client import *",
}
SHOWN = {
    "asyncio beside the two": "import httpx, msgspec, asyncio",
    "an org in hand": f"{COMMON}; Connection().org(OAuth('token', 'https://bench.my.salesforce.com'))",
}
STATEMENTS = {**LIMITED, **SHOWN}


def seconds_of(statement: str, environment: Mapping[str, str]) -> float:
    """Processor seconds of a fresh interpreter that runs the statement: others on the machine don't count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", statement], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print the ratios; fail above the limit."""
    with tempfile.TemporaryDirectory() as compiled:
        # As installed: everything is compiled, by a first run that doesn't count.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        seconds_of(STATEMENTS["all names"], environment)
        return measured(environment)


def measured(environment: Mapping[str, str]) -> int:
    """What `main` prints and returns, in that environment."""
    taken: dict[str, list[float]] = {name: [] for name in ("base", *STATEMENTS)}
    for _ in range(RUNS):
        # By turns, so that a machine that slows down slows all alike.
        for name, statement in {"base": BASE, **STATEMENTS}.items():
            taken[name].append(seconds_of(statement, environment))
    middle = {name: statistics.median(seconds) for name, seconds in taken.items()}
    ratios = {name: middle[name] / middle["base"] for name in STATEMENTS}
    told = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    print(f"import: {BASE} {middle['base'] * 1000:.0f} ms; ratios: {told} (limit of the first three {LIMIT})")
    return int(any(ratios[name] > LIMIT for name in LIMITED))


if __name__ == "__main__":
    sys.exit(main())
