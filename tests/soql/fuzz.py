"""A hundred thousand texts through everything that reads queries; run by `make fuzz`.

First each beginning of each statement of the corpus, then statements with something cut out, put in, swapped
or said twice. Whatever the text is, it gets an answer or a SoqlError; what was read means the same laid out.

    python tests/soql/fuzz.py [COUNT [SEED]]
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sfexplorer.soql import (
    SoqlError,
    complete,
    diagnose,
    format_soql,
    highlight,
    parse,
    parse_any,
    parse_sosl,
    statement_at,
    strip_comments,
)
from sfexplorer.soql.tokens import tokens
from tests.soql.corpora import QUERIES, SEARCHES, WRONG_QUERIES, WRONG_SEARCHES
from tests.soql.describes import Describes

COUNT = 100_000
SEED = 4
# Milliseconds; a text of the corpus is short, so that even a busy machine stays far below.
SLOWEST = 500.0
TEXTS: list[str] = [*QUERIES, *SEARCHES, *(text for _, _, text in [*WRONG_QUERIES, *WRONG_SEARCHES])]
PIECES: list[str] = sorted({token.text for text in TEXTS for token in tokens(text)})
SIGNS: list[str] = [
    *"'\"{}()[]\\;:,.*%-+/!&|^~?\n\r\t\0 ",
    "--",
    "//",
    "\n\n",
    "\ud800",
    "\u00a0",
    "é",
    "漢",
    "🙂",
]


def beginnings() -> Iterator[str]:
    """Each statement as it looks while being typed."""
    for text in TEXTS:
        for length in range(len(text) + 1):
            yield text[:length]


def mutations(dice: random.Random) -> Iterator[str]:
    """Statements with one to four accidents each, for ever."""
    while True:
        text = dice.choice(TEXTS)
        for _ in range(dice.randint(1, 4)):
            text = mutated(text, dice)
        yield text


def mutated(text: str, dice: random.Random) -> str:
    """The text after one accident."""
    start = dice.randint(0, len(text))
    end = min(len(text), start + dice.randint(0, 12))
    match dice.randint(0, 6):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:start] + dice.choice(PIECES) + text[start:]
        case 2:
            return f"{text[:start]} {dice.choice(PIECES)} {text[end:]}"
        case 3:
            return text[:start] + dice.choice(SIGNS) + text[start:]
        case 4:
            return text[:start] + text[start:end] * dice.randint(2, 5) + text[end:]
        case 5:
            return text[:start] + dice.choice(TEXTS)[start:]
        case _:
            return text[end:] + text[start:end] + text[:start]


def refusal(parser: Callable[[str], object], text: str) -> SoqlError | None:
    """What a parser says against the text."""
    try:
        parser(text)
    except SoqlError as error:
        return error
    return None


def read(text: str, offset: int, schema: Describes) -> None:
    """The text through each reader, with what must hold of the answers."""
    done = 0
    for start, end, _ in highlight(text):
        assert done <= start < end <= len(text)
        done = end
    for parser in (parse, parse_sosl):
        error = refusal(parser, text)
        assert error is None or 0 <= error.offset <= error.offset + error.length <= len(text)
    shown = format_soql(text)
    if refusal(parse_any, text):
        assert shown == text
    else:
        assert parse_any(shown) == parse_any(text)
        assert format_soql(shown) == shown
    assert len(strip_comments(text)) == len(text)
    statement_at(text, offset)
    for known in (None, schema):
        complete(text, offset, known)
        assert all(0 <= found.offset <= len(text) - found.length for found in diagnose(text, known))


def main(count: int = COUNT, seed: int = SEED) -> int:
    """Reads `count` texts and tells of the first that fails; gives the exit code."""
    dice = random.Random(seed)
    schema = Describes()
    slowest, slow = 0.0, ""
    wave = (text for source in (beginnings(), mutations(dice)) for text in source)
    for number, text in enumerate(islice(wave, count), 1):
        offset = dice.randint(0, len(text))
        begun = time.process_time()
        try:
            read(text, offset, schema)
        except Exception:  # noqa: BLE001 - whatever it is, it is what was looked for
            traceback.print_exc()
            print(f"text {number} of seed {seed}, at {offset}: {text!r}")
            return 1
        took = (time.process_time() - begun) * 1000
        if took > slowest:
            slowest, slow = took, text
    print(f"{count:,} texts read; the slowest took {slowest:.1f} ms: {slow[:80]!r}")
    return int(slowest > SLOWEST)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
