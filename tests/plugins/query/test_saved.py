"""Saved statements are plain files of a folder, by safe names, and what else lies there does no harm."""

from __future__ import annotations

from pathlib import Path

from sfexplorer_query.saved import file_for, is_as_saved, save, saved_queries

SOQL, SOSL = "SELECT Id\nFROM Contact", "FIND {Acme} RETURNING Account"


def test_statements_are_saved_as_plain_files_and_listed_by_name(tmp_path: Path) -> None:
    for name, text in (("people", SOQL), ("Acme", SOSL)):
        save(file_for(tmp_path, name, text), text)
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "shared.SOQL").write_bytes("\ufeffSELECT Id FROM User\r\n".encode())
    (tmp_path / "readme.md").write_text("no statement")
    (tmp_path / "broken.soql").symlink_to(tmp_path / "nothing")
    found = [(str(each.path.relative_to(tmp_path)), each.text) for each in saved_queries(tmp_path)]
    assert found == [
        ("Acme.sosl", f"{SOSL}\n"),
        ("people.soql", f"{SOQL}\n"),
        ("team/shared.SOQL", "SELECT Id FROM User\r\n"),
    ]
    assert saved_queries(tmp_path / "none") == []


def test_a_name_never_leads_out_of_the_folder_and_its_suffix_is_that_of_the_language(tmp_path: Path) -> None:
    assert file_for(tmp_path, "../../etc/passwd", SOQL) == tmp_path / "etc_passwd.soql"
    assert file_for(tmp_path, "mine.soql", SOSL) == tmp_path / "mine.sosl"
    assert file_for(tmp_path, "a.b", SOQL) == tmp_path / "a.b.soql"


def test_a_file_that_holds_the_same_statement_is_known(tmp_path: Path) -> None:
    path = tmp_path / "people.soql"
    assert not is_as_saved(path, SOQL)
    save(path, SOQL)
    assert is_as_saved(path, f"{SOQL}\n\n")
    assert not is_as_saved(path, SOSL)
