"""Files as the org lists them, merged by date, and what a person reads of them."""

from __future__ import annotations

from typing import Any

import pytest

from sfexplorer.api import BlobRef, FilesRef, NotAReference
from sfexplorer.api.testing import log_in
from sfexplorer.client import Org, SalesforceError
from sfexplorer.demo.server import DemoServer
from sfexplorer_files.entries import content_version, document
from sfexplorer_files.listing import Listing
from sfexplorer_files.measures import Progress, Speed, size_text
from sfexplorer_files.places import Listed, place_of, whole_org


async def listed(org: Org, places: tuple[Listed, ...], count: int = 500) -> Listing:
    listing = Listing(org, places)
    await listing.more(count)
    return listing


async def test_files_of_all_kinds_come_in_one_order_and_only_as_far_as_asked(
    org_of_files: DemoServer,
) -> None:
    session = await log_in(org_of_files)
    listing = await listed(session.org, whole_org().listed, 50)
    assert (len(listing.entries), listing.total, listing.done) == (50, 120, False)
    await listing.more()
    assert (len(listing.entries), listing.done) == (120, True)
    assert {entry.type for entry in listing.entries} == {"Attachment", "Document", "ContentDocument"}
    moments = [entry.changed for entry in listing.entries]
    assert moments == sorted(moments, reverse=True)
    file = next(entry for entry in listing.entries if entry.kind == "File v3")
    assert (file.bytes_type, file.document_id) == ("ContentVersion", file.id)
    versions = await listed(session.org, place_of(FilesRef(file.id, file.name)).listed)
    assert [entry.kind for entry in versions.entries] == ["Version 3", "Version 2", "Version 1"]
    assert versions.entries[0].id == file.version_id
    hung = next(entry for entry in listing.entries if entry.type == "Attachment")
    of_record = await listed(session.org, place_of(FilesRef(hung.parent_id)).listed)
    assert hung.id in [entry.id for entry in of_record.entries]
    one = await listed(session.org, place_of(BlobRef(hung.id)).listed)
    assert one.entries == [hung]
    await session.close()


async def test_a_kind_that_the_user_may_not_see_costs_that_kind_alone(org_of_files: DemoServer) -> None:
    session = await log_in(org_of_files)
    refused = Listed("Documents", "SELECT Id FROM Nothing__c", document)
    listing = await listed(session.org, (refused, *whole_org().listed[:1]))
    assert len(listing.entries) == 60
    assert "Documents" in listing.troubles
    with pytest.raises(SalesforceError, match="Nothing__c"):
        await listed(session.org, (refused,))
    await session.close()


def test_what_names_no_record_is_no_place_of_files() -> None:
    with pytest.raises(NotAReference):
        place_of(FilesRef("x' OR Name != '"))


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"Title": "plan", "FileExtension": "pdf"}, "plan.pdf"),
        ({"Title": "plan.PDF", "FileExtension": "pdf"}, "plan.PDF"),
        ({"Title": None, "PathOnClient": r"C:\temp\plan.pdf", "FileExtension": "pdf"}, "plan.pdf"),
        ({"Title": 7, "ContentSize": "many", "Owner": "nobody"}, ""),
    ],
)
def test_a_version_has_the_name_that_a_person_expects(row: dict[str, Any], name: str) -> None:
    entry = content_version(row)
    assert (entry.name, entry.size, entry.owner) == (name, None, "")


@pytest.mark.parametrize(
    ("size", "text"),
    [(None, ""), (1, "1 B"), (999, "999 B"), (1000, "1.0 kB"), (311_400, "311 kB"), (999_900, "1.0 MB"),
     (1_240_000, "1.2 MB"), (3_000_000_000, "3.0 GB")],
)  # fmt: skip
def test_sizes_are_told_in_three_digits(size: int | None, text: str) -> None:
    assert size_text(size) == text


def test_a_transfer_is_told_in_one_line_that_fits() -> None:
    speed = Speed()
    for second in range(6):
        speed.note(float(second), second * 2_000_000)
    line = Progress("contract\x1b[31m-2026.pdf", 740_000, 1_200_000, speed.text).line(80)
    assert line.endswith("62%   740 kB of 1.2 MB   2.0 MB/s")
    assert "\x1b" not in line
    assert len(line) <= 80
    assert len(Progress("a" * 200, 1, 2, "1.0 kB/s").line(40)) <= 40
