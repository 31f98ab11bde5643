"""The README's pictures show the app as it is."""

from __future__ import annotations

import importlib.util
import re
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[1] / "screenshots"


def load_make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screenshots_make", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


make = load_make()


@pytest.mark.parametrize("picture", make.PICTURES, ids=lambda picture: str(picture.name))
async def test_the_picture_shows_what_the_app_looks_like(
    picture: object, monkeypatch: pytest.MonkeyPatch, explorer_home: Path
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    taken = await make.take(picture)
    kept = (FOLDER / f"{picture.name}.svg").read_text()  # type: ignore[attr-defined]  # a Picture
    assert taken == kept, "run: make screenshots"


def test_the_readme_shows_every_picture_and_no_other() -> None:
    shown = re.findall(r"\(screenshots/(\w+)\.svg\)", (FOLDER.parent / "README.md").read_text())
    assert sorted(shown) == sorted(path.stem for path in FOLDER.glob("*.svg"))
    assert sorted(shown) == sorted(picture.name for picture in make.PICTURES)
