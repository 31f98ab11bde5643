"""`docs/keys.md` tells the keys as they are."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_keys.py"))
    assert made["PAGE"].read_text() == made["page"](), "run: python docs/make_keys.py"
