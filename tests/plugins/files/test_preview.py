"""What a file is shown as, whatever its bytes are."""

from __future__ import annotations

import pytest

from sfexplorer_files.preview import preview_of
from sfexplorer_files.table_viewer import table_rows


@pytest.mark.parametrize(
    ("name", "data", "kind", "text"),
    [
        ("a.txt", "Zürich ⚡".encode(), "text", "Zürich ⚡"),
        ("a.txt", "\ufeffZürich".encode(), "text", "Zürich"),
        ("a.txt", "Zürich".encode("utf-16"), "text", "Zürich"),
        ("a.txt", "Zürich".encode("cp1252"), "text", "Zürich"),
        ("a.json", b'{"a": 1}', "text", '{"a": 1}'),
        ("a.bin", b"\x00\x01AB", "bytes", f"00000 00 01 41 42{' ' * 37}..AB"),
        ("a.csv", b"one column\nonly", "text", "one column\nonly"),
        ("a.csv", b"", "text", ""),
    ],
)
def test_text_is_read_in_its_own_alphabet_and_all_else_by_its_bytes(
    name: str, data: bytes, kind: str, text: str
) -> None:
    preview = preview_of(name, data)
    assert (preview.kind, preview.text) == (kind, text)


def test_a_character_at_the_cut_does_not_make_text_bytes() -> None:
    cut = "Zürich ⚡".encode()[:-1]
    preview = preview_of("a.txt", cut, is_whole=False)
    assert (preview.kind, preview.text, preview.is_whole) == ("text", "Zürich ", False)


def test_a_table_has_its_own_separator_and_rows_that_need_not_be_alike() -> None:
    preview = preview_of("a.csv", b'day;"k;Wh"\n1;20\n2\n3;4;5\n')
    assert preview.table == [["day", "k;Wh"], ["1", "20"], ["2"], ["3", "4", "5"]]
    rows = table_rows(preview.table)
    assert [column.title for column in rows.columns] == ["day", "k;Wh"]
    assert rows.columns[0].align == "right"
    assert list(rows.rows) == [["1", "20"], ["2", None], ["3", "4"]]


def test_a_hostile_table_is_shown_as_what_it_is() -> None:
    huge = b'a,b\n"' + b"x" * 200_000
    assert preview_of("a.csv", huge).kind in ("text", "table")
    assert preview_of("a.csv", b"a,b\n\x00,1").kind == "bytes"
    wide = b",".join([b"h"] * 5000) + b"\n" + b",".join([b"1"] * 5000)
    assert len(table_rows(preview_of("a.csv", wide).table).columns) == 200
