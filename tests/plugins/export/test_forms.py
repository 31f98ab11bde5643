"""The forms of the export plugin: what stands in the files."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from sfexplorer.api import Exporter, ExportTable, SalesforceError
from sfexplorer.api.exporting import Destination, NotExported, export
from sfexplorer.registry import Registry

COLUMNS = ("Id", "Account.Name", "Notes__c", "Cases")
ROWS: list[dict[str, Any]] = [
    {
        "attributes": {"type": "Contact"},
        "Id": "1",
        "Account": {"attributes": {"type": "Account"}, "Name": 'A "quoted", name'},
        "Notes__c": "=1+1\ttwo\nlines | *bold* <b>",
        "Cases": {
            "totalSize": 1,
            "done": True,
            "records": [{"attributes": {"type": "Case"}, "Subject": "é"}],
        },
    },
    {"attributes": {"type": "Contact"}, "Id": "2", "Account": None, "Notes__c": None, "Cases": None},
    {"attributes": {"type": "Contact"}, "Id": "3", "Account": None, "Notes__c": "", "Cases": None},
]

EXPORTERS = {exporter.suffix: exporter for exporter in Registry().exporters()}


def table(pages: Sequence[Sequence[Mapping[str, Any]]], error: Exception | None = None) -> ExportTable:
    async def told() -> AsyncGenerator[Sequence[Mapping[str, Any]], None]:
        for page in pages:
            yield page
        if error:
            raise error

    return ExportTable(COLUMNS, told())


async def written(suffix: str, folder: Path, pages: Sequence[Sequence[Mapping[str, Any]]]) -> str:
    target = folder / f"rows{suffix}"
    counts: list[int] = []
    count = await export(table(pages), Destination(EXPORTERS[suffix], target), counts.append)
    assert count == sum(map(len, pages))
    assert counts == [sum(map(len, pages[: number + 1])) for number in range(len(pages))]
    return target.read_bytes().decode()


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
async def test_delimited_text_reads_back_as_the_values_that_the_org_has(
    suffix: str, delimiter: str, tmp_path: Path
) -> None:
    text = await written(suffix, tmp_path, [ROWS[:1], ROWS[1:]])
    head, first, second, third = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert head == list(COLUMNS)
    assert first == ["1", 'A "quoted", name', ROWS[0]["Notes__c"], '[{"Subject":"é"}]']
    assert second == ["2", "", "", ""]
    assert third == ["3", "", "", ""]


async def test_json_keeps_parents_and_null_apart_from_the_empty_text(tmp_path: Path) -> None:
    found = json.loads(await written(".json", tmp_path, [ROWS[:1], ROWS[1:]]))
    assert found[0]["Account"] == {"Name": 'A "quoted", name'}
    assert found[0]["Cases"] == [{"Subject": "é"}]
    assert [row["Notes__c"] for row in found[1:]] == [None, ""]
    lines = (await written(".ndjson", tmp_path, [ROWS])).splitlines()
    assert [json.loads(line) for line in lines] == found


async def test_json_without_rows_is_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(await written(".json", tmp_path, [[]])) == []


async def test_markdown_shows_every_value_as_the_text_that_it_is(tmp_path: Path) -> None:
    head, rule, first, *_ = (await written(".md", tmp_path, [ROWS])).splitlines()
    assert head == r"| Id | Account.Name | Notes\_\_c | Cases |"
    assert rule == "| --- | --- | --- | --- |"
    assert r"=1+1	two<br>lines \| \*bold\* \<b\>" in first


async def test_a_file_is_there_only_when_it_is_whole_and_replaced_only_when_that_is_said(
    tmp_path: Path,
) -> None:
    target = tmp_path / "rows.csv"
    with pytest.raises(SalesforceError, match="gone"):
        await export(table([ROWS], SalesforceError("gone")), Destination(EXPORTERS[".csv"], target))
    assert os.listdir(tmp_path) == []
    target.write_text("of somebody")
    with pytest.raises(NotExported, match="is there already"):
        await export(table([ROWS]), Destination(EXPORTERS[".csv"], target))
    assert target.read_text() == "of somebody"
    await export(table([ROWS]), Destination(EXPORTERS[".csv"], target, overwrite=True))
    assert target.read_text().startswith("Id,")
    with pytest.raises(NotExported, match="can't be written"):
        await export(table([ROWS]), Destination(EXPORTERS[".csv"], tmp_path / "none" / "rows.csv"))


async def test_an_exporter_that_breaks_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    async def broken(file: object, told: ExportTable) -> None:
        raise KeyError("oops")

    with pytest.raises(NotExported, match="Broken failed: KeyError"):
        await export(table([ROWS]), Destination(Exporter("x.y", "Broken", ".x", broken), tmp_path / "x"))
    assert os.listdir(tmp_path) == []
