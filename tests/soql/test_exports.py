"""The public face of the package."""

from __future__ import annotations

import subprocess
import sys

import sfexplorer.soql


def test_every_public_name_exists_and_is_listed_once_in_order() -> None:
    names = sfexplorer.soql.__all__
    assert sorted(set(names)) == sorted(names)
    assert all(hasattr(sfexplorer.soql, name) for name in names)


def test_every_public_name_has_a_home_and_no_module_hides_it() -> None:
    assert set(sfexplorer.soql.HOMES) == set(sfexplorer.soql.__all__)
    assert not set(sfexplorer.soql.HOMES) & set(sfexplorer.soql.HOMES.values())


def test_importing_the_package_alone_makes_none_of_its_modules() -> None:
    code = "import sys, sfexplorer.soql; print(*(name for name in sys.modules if 'explorer.soql.' in name))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


def test_using_the_languages_loads_nothing_heavy() -> None:
    code = (
        "import sys, sfexplorer.soql; [getattr(sfexplorer.soql, name) for name in sfexplorer.soql.__all__];"
        "print(*(set(sys.modules) & {'difflib', 'textual', 'lark', 'json', 'httpx', 'msgspec'}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
