"""The seeded file: made once, copied often, and what happens when there is no place for it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest

from sfexplorer.demo import seed as seed_module
from sfexplorer.demo.objects import Schema, load_schema
from sfexplorer.demo.seed import CACHE_VARIABLE, CacheNotWritable, cache_folder, copy_to, seeded_file
from sfexplorer.demo.storage import open_store, quoted

SCHEMA = load_schema()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache") / "deep"
    folder.mkdir()
    for name in ("demo-older.sqlite", "demo-cut-off.part", "demo-running.part", "describes.json"):
        (folder / name).touch()
    os.utime(folder / "demo-cut-off.part", (0, 0))
    seeded_file(SCHEMA, folder)
    return folder


def test_a_new_file_takes_the_place_of_old_ones_and_of_what_was_cut_off(cache: Path) -> None:
    names = {each.name for each in cache.iterdir()}
    assert names == {seed_module.file_name(SCHEMA), "demo-running.part", "describes.json"}


def test_the_file_is_made_once(cache: Path) -> None:
    (path,) = cache.glob("*.sqlite")
    made = path.stat().st_mtime_ns
    assert seeded_file(SCHEMA, cache) == path
    assert path.stat().st_mtime_ns == made
    assert path.stat().st_size < 30_000_000


def _digest(path: Path) -> str:
    store = open_store(path, SCHEMA)
    digest = hashlib.sha256()
    for object_type in SCHEMA:
        for row in store.select(f"SELECT * FROM {quoted(object_type.name)} ORDER BY Id"):
            digest.update(repr(row).encode())
    store.close()
    return digest.hexdigest()


def test_seeding_twice_gives_the_same_records(cache: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    copy_to(first, SCHEMA, cache)
    copy_to(second, SCHEMA)
    assert seeded_file(SCHEMA, cache) != seeded_file(SCHEMA)
    assert _digest(first) == _digest(second)


def test_a_copy_is_an_org_of_its_own(cache: Path, tmp_path: Path) -> None:
    target = tmp_path / "org.sqlite"
    copy_to(target, SCHEMA, cache)
    store = open_store(target, SCHEMA)
    store.create(SCHEMA["Account"], {"Name": "New"})
    assert store.count(SCHEMA["Account"]) == 1201
    store.close()
    with sqlite3.connect(seeded_file(SCHEMA, cache)) as original:
        assert original.execute("SELECT count(*) FROM Account").fetchone() == (1200,)
    original.close()


def test_another_schema_has_another_file(cache: Path) -> None:
    smaller = Schema(SCHEMA.objects[1:])
    assert seed_module.file_name(smaller) != seed_module.file_name(SCHEMA)
    assert seed_module.file_name(SCHEMA) == seed_module.file_name(load_schema())


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("a file", encoding="utf-8")
    with pytest.raises(CacheNotWritable) as caught:
        seeded_file(SCHEMA, occupied / "cache")
    assert str(occupied / "cache") in str(caught.value)
    assert CACHE_VARIABLE in str(caught.value)
    assert caught.value.folder == occupied / "cache"


def test_a_variable_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path
    assert cache_folder(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv(CACHE_VARIABLE)
    assert cache_folder().name == "sfexplorer"
