"""Names of files, as hostile as they come."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sfexplorer.client import safe_filename

RESERVED = {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Invoice 2024.pdf", "Invoice 2024.pdf"),
        ("Grüße 日本.txt", "Grüße 日本.txt"),
        ("../../x", "x"),
        ("..\\..\\x.txt", "x.txt"),
        ("/etc/passwd", "etc_passwd"),
        ("Invoice 3/2024.pdf", "Invoice 3_2024.pdf"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("CON .txt", "_CON .txt"),
        ("COM¹", "_COM¹"),
        ("Console.txt", "Console.txt"),
        (".bashrc", "bashrc"),
        ("-rf", "_-rf"),
        ("report.pdf. . .", "report.pdf"),
        ("exe.\u202egpj", "exe.gpj"),
        ("a\x00b\nc\u200b.txt", "abc.txt"),
        ("half \ud800 pair", "half  pair"),
        ("what?.txt:stream", "what_.txt_stream"),
        ("", "file"),
        ("...", "file"),
        ("\u202e\u200f", "file"),
        ("\u3164\u2800", "file"),
        ("x" * 300 + ".pdf", "x" * 236 + ".pdf"),
        ("é" * 300 + ".pdf", "é" * 118 + ".pdf"),
        ("a." + "x" * 300, "a." + "x" * 238),
    ],
)
def test_a_name_becomes_one_that_any_system_takes(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


@given(st.text(alphabet=st.characters(), max_size=400))
@example("\u202e../CON")
@example("- .")
@example("x" * 239 + "./.pdf")
def test_every_name_is_one_harmless_part_of_a_path(name: str) -> None:
    safe = safe_filename(name)
    assert safe == safe_filename(safe)
    assert Path(safe).name == safe == Path("folder", safe).name
    assert 0 < len(safe.encode()) <= 255
    assert safe[0] not in ".- "
    assert safe[-1] not in ". "
    assert not any(unicodedata.category(each).startswith("C") for each in safe)
    assert safe.split(".")[0].rstrip().upper() not in RESERVED
