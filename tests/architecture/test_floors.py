"""Who may import whom: the tower of DESIGN.md, read from the code's own imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.each import each

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path.name for path in (ROOT / "plugins").iterdir() if (path / "__init__.py").exists())

# A floor, and what it may import of ours; the plugins' own rows are made below.
MAY_IMPORT = {
    "sfexplorer.soql": set[str](),
    "sfexplorer.client": {"sfexplorer.soql", "sfexplorer"},
    "sfexplorer.api": {"sfexplorer.client", "sfexplorer.soql"},
    "sfexplorer.installed": {"sfexplorer.api.places"},
    "sfexplorer.registry": {"sfexplorer.api", "sfexplorer.installed"},
    "sfexplorer.app": {"sfexplorer.registry", "sfexplorer.api", "sfexplorer.client", "sfexplorer.soql"},
    "sfexplorer.options": {"sfexplorer"},
    "sfexplorer.cli": {
        "sfexplorer.app",
        "sfexplorer.registry",
        "sfexplorer.api",
        "sfexplorer.options",
        "sfexplorer",
    },
    "sfexplorer.demo": {"sfexplorer.soql", "sfexplorer.client.ids", "sfexplorer"},
    **{plugin: {"sfexplorer.api", "sfexplorer.client", "sfexplorer.soql"} for plugin in PLUGINS},
}
# Each hands to its neighbour what it is there for: the fixtures run the app, the demo plugin starts the org.
EXTRA = {
    "sfexplorer.api.testing": {"sfexplorer.app", "sfexplorer.registry", "sfexplorer.demo"},
    "sfexplorer_demo": {"sfexplorer.demo"},
}
HEAVY = {
    "sfexplorer.soql": {"httpx", "textual", "pluggy", "starlette", "uvicorn", "click", "msgspec", "rich"},
    "sfexplorer.client": {"textual", "pluggy", "starlette", "uvicorn", "click", "rich"},
    "sfexplorer.demo": {"textual", "pluggy", "rich"},
}


@cache
def modules() -> list[tuple[str, Path]]:
    return list(found())


def found() -> Iterator[tuple[str, Path]]:
    for folder in (ROOT, ROOT / "plugins"):
        for path in sorted(folder.rglob("*.py")):
            name = path.relative_to(folder).with_suffix("").as_posix().replace("/", ".")
            name = name.removesuffix(".__init__")
            if name.split(".")[0] == "sfexplorer" or name.split(".")[0] in PLUGINS:
                yield name, path


@cache
def imports(path: Path) -> list[str]:
    return list(named(path))


def named(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def floor_of(module: str) -> str | None:
    found = [floor for floor in MAY_IMPORT if within(module, floor)]
    return max(found, key=len, default=None)


def allowed(module: str, imported: str) -> bool:
    floor = floor_of(module)
    if floor is None or within(imported, floor):
        return True
    permitted = MAY_IMPORT[floor] | {
        name for key, names in EXTRA.items() if within(module, key) for name in names
    }
    # `sfexplorer` alone stands for its version, not for everything below it.
    return any(within(imported, name) for name in permitted if name != "sfexplorer") or (
        "sfexplorer" in permitted and imported in ("sfexplorer", "sfexplorer.__version__")
    )


@each(modules())
def test_each_module_imports_only_from_the_floors_below_it(module: str, path: Path) -> None:
    ours = [
        name for name in imports(path) if name.split(".")[0] in {"sfexplorer", *PLUGINS}
    ]  # `from sfexplorer import __version__` tells both names
    wrong = sorted({name for name in ours if name != "sfexplorer" and not allowed(module, name)})
    assert not wrong, f"{module} imports {wrong}"


@pytest.mark.parametrize("floor", HEAVY)
def test_no_floor_names_a_library_that_is_not_its_business(floor: str) -> None:
    wrong = {
        f"{module}: {name}"
        for module, path in modules()
        if within(module, floor)
        for name in imports(path)
        if name.split(".")[0] in HEAVY[floor]
    }
    if floor == "sfexplorer.demo":
        wrong = {row for row in wrong if "click" not in row}
    assert not wrong


def test_no_plugin_imports_another() -> None:
    wrong = {
        f"{module} imports {name}"
        for module, path in modules()
        if module.split(".")[0] in PLUGINS
        for name in imports(path)
        if name.split(".")[0] in PLUGINS and name.split(".")[0] != module.split(".")[0]
    }
    assert not wrong
