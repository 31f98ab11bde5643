"""The operations that save: each is done once or not at all, whatever the client hears of it."""

from __future__ import annotations

from collections.abc import Sequence

from sfexplorer.client import PartResult, SaveResult, SObject

from .place import Attempt, Operation, Place


async def _insert(place: Place) -> Attempt:
    record = SObject("Account", Name=place.key)

    async def act() -> bool:
        await place.org.insert(record)
        return record.id is not None and not record.changes

    return Attempt(act, lambda: place.count("Account", f"Name = '{place.key}'"))


async def _insert_many(place: Place) -> Attempt:
    records = [SObject("Account", Name=place.key, Site=str(number)) for number in range(3)]

    async def act() -> bool:
        _raise_first(await place.org.insert(records))
        return len({record.id for record in records}) == 3

    return Attempt(act, lambda: place.count("Account", f"Name = '{place.key}'"), wanted=3)


async def _update(place: Place) -> Attempt:
    made = await place.undisturbed.insert(SObject("Account", Name=place.key))
    record = await place.undisturbed.retrieve("Account", str(made.id), ["Name", "Site", "SystemModstamp"])
    record["Site"] = "new"

    async def act() -> bool:
        saved = await place.org.update(record)
        return saved.sent == {"Site": "new"} and not record.changes

    return Attempt(act, lambda: place.count("Account", f"Name = '{place.key}' AND Site = 'new'"))


async def _upsert(place: Place) -> Attempt:
    record = SObject("Account", Name="upserted")
    record.set_external_id("External_Id__c", place.key)

    async def act() -> bool:
        return (await place.org.upsert(record)).created and record.id is not None

    return Attempt(act, lambda: place.count("Account", f"External_Id__c = '{place.key}'"))


async def _delete(place: Place) -> Attempt:
    record = await place.undisturbed.insert(SObject("Contact", LastName=place.key))

    async def act() -> bool:
        await place.org.delete(record)
        return True

    async def done() -> int:
        return 1 - await place.count("Contact", f"LastName = '{place.key}'")

    return Attempt(act, done)


async def _composite(place: Place) -> Attempt:
    async def act() -> bool:
        composite = place.org.composite(all_or_none=True)
        account = composite.insert(SObject("Account", Name=place.key))
        composite.insert(SObject("Contact", LastName=place.key, AccountId=account.field("id")))
        results = await composite.send()
        _raise_first(results)
        return len(results) == 2

    return Attempt(act, lambda: place.count("Contact", f"Account.Name = '{place.key}'"))


def _raise_first(results: Sequence[SaveResult] | Sequence[PartResult]) -> None:
    for result in results:
        if result.error is not None:
            raise result.error


SAVES = (
    Operation("insert", "org.insert(record)", "POST", "/sobjects/Account$", _insert),
    Operation("insert_many", "org.insert(records)", "POST", "/composite/sobjects$", _insert_many),
    Operation("update", "org.update(record)", "PATCH", "/sobjects/Account/001[0-9A-Za-z]{15}$", _update),
    Operation("upsert", "org.upsert(record)", "PATCH", "/sobjects/Account/External_Id__c/", _upsert),
    Operation("delete", "org.delete(record)", "DELETE", "/sobjects/Contact/", _delete),
    Operation("composite", "org.composite().send()", "POST", "/composite$", _composite),
)
