"""The public face of the package."""

from __future__ import annotations

import subprocess
import sys

import sfexplorer.soql


def test_every_public_name_exists_and_is_listed_once_in_order() -> None:
    names = sfexplorer.soql.__all__
    assert sorted(set(names)) == sorted(names)
    assert all(hasattr(sfexplorer.soql, name) for name in names)


def test_importing_the_languages_loads_nothing_heavy() -> None:
    code = "import sys, sfexplorer.soql; print(*(set(sys.modules) & {'difflib', 'textual', 'lark', 'json'}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
