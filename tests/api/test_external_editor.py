"""The person's own editor: what it saves is taken, and nothing is lost where it fails."""

from __future__ import annotations

import sys

import pytest

from sfexplorer.api.ui.external_editor import EditorFailed, edited, editor_command

TEXT = "SELECT Id\nFROM Contact"


def editor(code: str) -> list[str]:
    return [sys.executable, "-c", f"import sys; path = sys.argv[1]; {code}"]


def test_what_the_editor_saves_is_the_text_without_the_line_break_that_it_adds() -> None:
    code = "assert path.endswith('q.soql'); open(path, 'a').write('\\nLIMIT 5\\n')"
    assert edited(TEXT, editor(code), "q.soql") == f"{TEXT}\nLIMIT 5"
    assert edited(TEXT, editor("pass"), "q.soql") == TEXT


def test_an_editor_that_fails_leaves_the_text_and_says_so() -> None:
    with pytest.raises(EditorFailed, match="ended with 3; the text is as it was"):
        edited(TEXT, editor("open(path, 'w').write('lost'); sys.exit(3)"), "a.txt")
    with pytest.raises(EditorFailed, match="can't be started"):
        edited(TEXT, ["no-such-editor-anywhere"], "a.txt")


def test_the_editor_is_the_one_that_the_person_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EDITOR", "nano -w")
    monkeypatch.delenv("VISUAL", raising=False)
    assert editor_command() == ["nano", "-w"]
    monkeypatch.setenv("VISUAL", "code --wait 'a b'")
    assert editor_command() == ["code", "--wait", "a b"]
    monkeypatch.setenv("VISUAL", "'open")
    assert editor_command() == ["vi"]
