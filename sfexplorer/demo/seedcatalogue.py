"""What Acme sells and how it is told of: products, price books, campaigns and their members."""

from __future__ import annotations

from datetime import date, timedelta

from sfexplorer.demo.seedworld import Row, World, read_seeds

_MEMBERS = 1500
_BOOKS = (("Standard Price Book", True, 1.0), ("Europe", False, 1.08), ("Partners", False, 0.85))
_FIRST_DAY = "2021-10-05T10:00:00.000"


def seed_catalogue(world: World) -> None:
    """Fill Product2, Pricebook2, PricebookEntry, Campaign, CampaignMemberStatus and CampaignMember."""
    catalogue = read_seeds("catalogue")
    _seed_products(world, catalogue["products"])
    campaigns = [_campaign(world, *facts) for facts in catalogue["campaigns"]]
    world.campaigns = [str(row["Id"]) for row in world.add("Campaign", campaigns)]
    _seed_members(world)


def _seed_products(world: World, products: list[tuple[str, str, str, float]]) -> None:
    rows: list[Row] = [
        {
            "Name": name,
            "ProductCode": code,
            "Family": family,
            "IsActive": int("retired" not in name),
            "QuantityUnitOfMeasure": "Each",
            "StockKeepingUnit": f"ACME-{code}",
            "CreatedDate": _FIRST_DAY,
        }
        for name, code, family, _ in products
    ]
    stored = world.add("Product2", rows)
    books: list[Row] = [
        {"Name": name, "IsStandard": int(standard), "IsActive": 1, "CreatedDate": _FIRST_DAY}
        for name, standard, _ in _BOOKS
    ]
    for book, (_, _, factor) in zip(world.add("Pricebook2", books), _BOOKS, strict=True):
        entries: list[Row] = [
            {
                "Pricebook2Id": book["Id"],
                "Product2Id": product["Id"],
                "Name": product["Name"],
                "ProductCode": product["ProductCode"],
                "UnitPrice": round(price * factor, 2),
                "IsActive": product["IsActive"],
                "CreatedDate": _FIRST_DAY,
            }
            for product, (_, _, _, price) in zip(stored, products, strict=True)
        ]
        world.products += world.add("PricebookEntry", entries)


def _campaign(world: World, name: str, kind: str) -> Row:
    start = date.fromisoformat(world.day(500, -120))
    status = "Completed" if start < date(2026, 9, 1) else world.one_of(("In Progress", "Planned"))
    return {
        "Name": name,
        "Type": kind,
        "Status": "Aborted" if world.chance(0.06) else status,
        "StartDate": start.isoformat(),
        "EndDate": (start + timedelta(days=world.between(0, 40))).isoformat(),
        "IsActive": int(status != "Completed"),
        "BudgetedCost": float(world.between(2, 60) * 500),
        "ActualCost": float(world.between(1000, 30_000)) if status == "Completed" else None,
        "ExpectedRevenue": float(world.between(10, 900) * 1000),
        "ExpectedResponse": float(world.between(1, 25)),
        "NumberSent": float(world.between(50, 9000)),
        "OwnerId": world.users[7],
    }


def _seed_members(world: World) -> None:
    statuses: list[Row] = [
        {
            "CampaignId": campaign,
            "Label": label,
            "SortOrder": order,
            "IsDefault": int(order == 1),
            "HasResponded": int(label == "Responded"),
        }
        for campaign in world.campaigns
        for order, label in enumerate(("Sent", "Responded"), start=1)
    ]
    world.add("CampaignMemberStatus", statuses)
    # A person is a member of a campaign once.
    members: dict[tuple[str, str], Row] = {}
    while len(members) < _MEMBERS:
        campaign = world.one_of(world.campaigns)
        row = _lead_member(world) if world.chance(0.35) else _contact_member(world)
        row |= {"CampaignId": campaign, "Status": world.one_of(("Sent", "Sent", "Responded"))}
        if row["Status"] == "Responded":
            row["FirstRespondedDate"] = world.day(400, 1)
        members[campaign, str(row["ContactId"] or row["LeadId"])] = row
    world.add("CampaignMember", members.values())


def _lead_member(world: World) -> Row:
    lead = world.one_of(world.leads)
    same = ("City", "State", "PostalCode", "Country", "Street")
    return {
        "LeadId": lead["Id"],
        "ContactId": None,
        "CompanyOrAccount": lead["Company"],
        "LeadOrContactOwnerId": lead["OwnerId"],
        **_copied(lead),
        **{name: lead[name] for name in same},
    }


def _contact_member(world: World) -> Row:
    person = world.one_of(world.people)
    return {
        "LeadId": None,
        "ContactId": person.id,
        "LeadOrContactOwnerId": person.owner,
        **_copied(person.row),
    }


def _copied(row: Row) -> Row:
    names = ("Salutation", "FirstName", "LastName", "Title", "Email", "Phone", "LeadSource")
    full = " ".join(str(row[each]) for each in ("FirstName", "LastName") if row.get(each))
    return {"Name": full, **{name: row.get(name) for name in names}}
