"""Other people's clients of node, unmodified, against the demo org: `make test-clients`.

Each client is a script in `node/` that prints one line of JSON for each step. The table of what they were
seen to do is written into docs/demo-org.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent / "node"
CLIENTS = ("nforce", "jsforce", "faye", "cometd", "sf")
PAGE = Path(__file__).parents[2] / "docs" / "demo-org.md"
BEGIN, END = "<!-- clients of node: made by make test-clients -->", "<!-- end -->"
LONGEST_RUN = 300


@dataclass(frozen=True, slots=True)
class Step:
    """What one client did."""

    client: str
    name: str
    ok: bool
    saw: str


@contextmanager
def demo_org() -> Iterator[dict[str, str]]:
    """The facts of an org that runs for as long as the `with` block lasts."""
    command = [sys.executable, "-m", "sfexplorer.demo", "--port", "0", "--tls"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def environment(facts: dict[str, str]) -> dict[str, str]:
    """What the scripts know about the org; Salesforce's host names lead to it, by its own certificate."""
    told = {f"DEMO_{name.upper()}": value for name, value in facts.items()}
    ports = {
        "DEMO_PORT": str(urlsplit(facts["url"]).port),
        "DEMO_TLS_PORT": str(urlsplit(facts["tls_url"]).port),
    }
    options = f"--require {FOLDER / 'hosts.cjs'} --no-deprecation"
    return {**os.environ, **told, **ports, "NODE_EXTRA_CA_CERTS": facts["ca"], "NODE_OPTIONS": options}


def run(client: str, variables: dict[str, str]) -> list[Step]:
    """The steps of one client."""
    done = subprocess.run(
        ["node", f"{client}.cjs"],
        cwd=FOLDER,
        env=variables,
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"step"')]
    steps = [Step(client, each["step"], each["ok"], each["saw"]) for each in map(json.loads, lines)]
    if done.returncode or not steps:
        steps.append(Step(client, "the script", ok=False, saw=done.stderr.strip()[-2000:]))
    return steps


def table(steps: list[Step]) -> str:
    """What the clients did, as Markdown: a row for each step, in the order of the scripts."""
    rows = ["| client | step | seen |", "| --- | --- | --- |"]
    for step in steps:
        seen = step.saw if step.ok else f"**failed**: {step.saw.splitlines()[0]}"
        rows.append(f"| {step.client} | {step.name} | {seen.replace('|', chr(92) + '|')} |")
    return "\n".join(rows)


def write(made: str) -> None:
    """Put the table into the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Run the clients named on the command line, or all; 1 when a step failed."""
    chosen = sys.argv[1:] or list(CLIENTS)
    steps = []
    with demo_org() as facts:
        for client in chosen:
            steps += run(client, environment(facts))
    print(table(steps))
    if chosen == list(CLIENTS):
        write(table(steps))
    failed = [step for step in steps if not step.ok]
    for step in failed:
        print(f"\n{step.client}: {step.name}\n{step.saw}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
