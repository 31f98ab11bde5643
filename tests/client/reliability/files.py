"""The operations with files and jobs: nothing of them stays behind, on the disk or in the org."""

from __future__ import annotations

from sfexplorer.client import SObject

from .place import Attempt, Operation, Place

CONTENT = bytes(range(256)) * 400
PARENT = "0015g0000000001AAA"
ROWS = "SELECT Id FROM Account ORDER BY Id LIMIT 50"


async def _save(place: Place) -> Attempt:
    attachment = SObject("Attachment", ParentId=PARENT, Name=place.key, ContentType="image/png", Body=CONTENT)
    await place.undisturbed.insert(attachment)
    target = place.folder / f"{place.key}.png"

    async def act() -> bool:
        blob = await place.org.attachment_body(str(attachment.id))
        await blob.save(target)
        return target.read_bytes() == CONTENT

    async def done() -> int:
        files = len(list(place.folder.iterdir()))
        assert await (await place.org.attachment_body(str(attachment.id))).read() == CONTENT
        return files

    return Attempt(act, done)


async def _upload(place: Place) -> Attempt:
    source = place.folder / "source.bin"
    source.write_bytes(CONTENT)

    async def act() -> bool:
        record = await place.org.upload("ContentVersion", source, Title=place.key)
        return record.id is not None

    return Attempt(act, lambda: place.count("ContentVersion", f"Title = '{place.key}'"))


async def _bulk_query(place: Place) -> Attempt:
    if "rows" not in place.known:
        place.known["rows"] = [record.id async for record in place.undisturbed.query(ROWS)]

    async def act() -> bool:
        rows: list[object] = []
        try:
            async for row in place.org.bulk_query(ROWS, pause=_no_pause):
                rows.append(row["Id"])
        finally:
            assert len(set(rows)) == len(rows), "a row came twice"
        return rows == place.known["rows"]

    async def done() -> int:
        assert await place.count("Account", "Id != null") > 0
        return len(place.demo.org.jobs.of_kind("query"))

    return Attempt(act, done, wanted=0)


async def _bulk_insert(place: Place) -> Attempt:
    rows = [{"Name": place.key, "Site": str(number)} for number in range(3)]

    async def act() -> bool:
        result = await place.org.bulk_insert("Account", rows, pause=_no_pause)
        return (result.processed, result.refused) == (3, 0)

    return Attempt(act, lambda: place.count("Account", f"Name = '{place.key}'"), wanted=3)


async def _no_pause(seconds: float) -> None:
    """Ask again at once."""


FILES = (
    Operation("save_file", "blob.save(path)", "GET", "/sobjects/Attachment/[^/]+/Body$", _save),
    Operation("upload", "org.upload(type, path)", "POST", "/sobjects/ContentVersion$", _upload),
)
JOBS = (
    Operation("bulk_query", "org.bulk_query(soql)", "GET", "/jobs/query/[^/]+/results", _bulk_query),
    Operation(
        "bulk_insert", "org.bulk_insert(type, rows)", "PUT", "/jobs/ingest/[^/]+/batches$", _bulk_insert
    ),
)
