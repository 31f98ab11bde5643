"""Believable records, the same each time."""

from __future__ import annotations

from sfexplorer.demo.storage import Store


def seed(store: Store) -> None:
    """Fill an empty store."""
    stamps = dict.fromkeys(("CreatedDate", "LastModifiedDate", "SystemModstamp"), "2026-11-01T09:00:00.000")
    with store.transaction():
        profile = store.create(store.schema["Profile"], {"Name": "System Administrator", **stamps})
        user = store.new_id(store.schema["User"])
        by = {"CreatedById": user, "LastModifiedById": user, **stamps}
        store.create(
            store.schema["User"],
            {
                "Id": user,
                "Username": "ada@acme.example",
                "Email": "ada@acme.example",
                "FirstName": "Ada",
                "LastName": "Lovelace",
                "ProfileId": profile,
                "IsActive": 1,
                **by,
            },
        )
        account = store.create(
            store.schema["Account"],
            {"Name": "Analytical Engines", "OwnerId": user, "Industry": "Machinery", **by},
        )
        for first, last in (("Ada", "Lovelace"), ("Charles", "Babbage")):
            contact = {"FirstName": first, "LastName": last, "AccountId": account, "OwnerId": user, **by}
            store.create(store.schema["Contact"], contact)
