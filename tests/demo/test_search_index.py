"""The full-text index: made where it is missing, and true after every write."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from sqlite3 import IntegrityError

import pytest

from sfexplorer.demo.objects import Schema, load_schema
from sfexplorer.demo.search.index import INDEX, WORDS, is_searchable, places
from sfexplorer.demo.storage import Store, open_store

BUNDLED = load_schema()
SCHEMA = Schema(tuple(BUNDLED[name] for name in ("Account", "Contact", "Group", "Task")))
ACCOUNT, CONTACT, GROUP = (SCHEMA[name] for name in ("Account", "Contact", "Group"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with an account."""
    path = tmp_path / "org.sqlite"
    store = open_store(path, SCHEMA)
    store.create(ACCOUNT, {"Name": "Firstword"})
    store.close()
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """The store of that file."""
    store = open_store(path, SCHEMA)
    yield store
    store.close()


def found(store: Store, word: str) -> int:
    return len(store.select(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH ?", (word,)))


def contents(store: Store) -> list[tuple[object, ...]]:
    """Every word of the index, in how many records and how often it is."""
    return list(store.select(f"SELECT term, doc, cnt FROM {WORDS}"))


def same_id_twice(store: Store) -> None:
    for word in ("Neverword", "Otherword"):
        store.create(CONTACT, {"Id": "0035g0000000001AAA", "LastName": word})


def test_a_file_without_an_index_gets_one_when_it_is_opened(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(f"DROP TABLE {WORDS}")
        connection.execute(f"DROP TABLE {INDEX}")
    connection.close()
    store = open_store(path, SCHEMA)
    assert found(store, "firstword") == 1
    store.create(ACCOUNT, {"Name": "Secondword"})
    assert found(store, "secondword") == 1
    store.close()


def test_an_index_of_another_layout_is_made_anew(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f'DROP TRIGGER "{INDEX}.Account.UPDATE"')
        connection.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')")
    connection.close()
    store = open_store(path, SCHEMA)
    assert found(store, "firstword") == 1
    store.close()


def test_an_index_that_fits_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')")
    connection.close()
    store = open_store(path, SCHEMA)
    assert found(store, "firstword") == 0
    store.close()


def test_what_is_loaded_is_found_when_all_is_there(store: Store) -> None:
    with store.loading():
        store.create(CONTACT, {"LastName": "Loadedword"})
        assert found(store, "loadedword") == 0
    assert found(store, "loadedword") == found(store, "firstword") == 1
    store.create(CONTACT, {"LastName": "Afterword"})
    assert found(store, "afterword") == 1


def test_a_load_that_fails_leaves_everything_as_it_was(store: Store) -> None:
    before = contents(store)
    with pytest.raises(IntegrityError), store.loading():
        same_id_twice(store)
    assert (store.count(CONTACT), contents(store)) == (0, before)
    store.create(CONTACT, {"LastName": "Afterword"})
    assert found(store, "afterword") == 1


def test_a_transaction_that_fails_leaves_no_word_behind(store: Store) -> None:
    before = contents(store)
    with pytest.raises(IntegrityError), store.transaction():
        same_id_twice(store)
    assert contents(store) == before


def test_an_sobject_that_is_not_searchable_is_not_in_it(store: Store) -> None:
    store.create(GROUP, {"Name": "Groupword"})
    assert not is_searchable(GROUP)
    assert found(store, "groupword") == 0


def test_no_two_sobjects_share_a_place() -> None:
    taken = [places(SCHEMA, each) for each in SCHEMA]
    assert all(last < first for (_, last), (first, _) in pairwise(taken))


def test_after_any_writes_the_index_is_as_if_made_anew(store: Store) -> None:
    chance = random.Random(5)
    words = ["Acme", "ACME", "Zürich", "Zurich", "lovelace", "(415) 555-0100", "ada@example.com", "", None]
    ids: list[str] = []
    for _ in range(300):
        values = {
            name: chance.choice(words)
            for name in chance.sample(["FirstName", "LastName", "Phone", "Email", "Description", "Title"], 3)
        }
        match chance.choice(["create", "update", "update", "delete", "undelete", "erase"]):
            case "create":
                ids.append(store.create(CONTACT, {"LastName": "x", **values}))
            case "update" if ids:
                store.update(CONTACT, chance.choice(ids), values)
            case ("delete" | "undelete") as step if ids:
                store.update(CONTACT, chance.choice(ids), {"IsDeleted": int(step == "delete")})
            case "erase" if ids:
                store.erase(CONTACT, ids.pop(chance.randrange(len(ids))))
    kept = contents(store)
    assert len(kept) > 8
    with store.loading():
        pass
    assert contents(store) == kept
