"""The opportunities, with their products and the people who decide about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sfexplorer.demo.seedworld import NOW, Company, Row, World, read_seeds
from sfexplorer.demo.storage import stamp

OPPORTUNITIES = 3000
_OPEN_STAGES = 8
_ROLES = 2000


def seed_deals(world: World) -> None:
    """Fill Opportunity, OpportunityStage, OpportunityLineItem and OpportunityContactRole."""
    _seed_stages(world)
    work = read_seeds("work")
    customers = world.companies[:900]
    rows: list[Row] = []
    items: list[Row] = []
    for number in range(OPPORTUNITIES):
        # Each of the first accounts has at least one, so that the pioneers are worth looking at.
        company = customers[number] if number < len(customers) else world.one_of(customers)
        row = _deal(world, company, work)
        if world.chance(0.55):
            mine = _line_items(world, row)
            row |= {"HasOpportunityLineItem": 1, "Amount": round(sum(price_of(each) for each in mine), 2)}
            items += mine
        rows.append(row)
    world.deals = world.add("Opportunity", rows)
    world.add("OpportunityLineItem", items)
    _seed_roles(world)


def _seed_stages(world: World) -> None:
    schema = world.store.schema["Opportunity"]
    stage = schema.field("StageName")
    probability, category = schema.field("Probability"), schema.field("ForecastCategoryName")
    if stage is None or probability is None or category is None:
        return
    chances = probability.default_from.values if probability.default_from else {}
    categories = category.default_from.values if category.default_from else {}
    rows: list[Row] = [
        {
            "MasterLabel": each.value,
            "ApiName": each.value,
            "IsActive": 1,
            "SortOrder": order,
            "IsClosed": int(order > _OPEN_STAGES),
            "IsWon": int(each.value == "Closed Won"),
            "ForecastCategory": str(categories[each.value]),
            "ForecastCategoryName": str(categories[each.value]),
            "DefaultProbability": float(str(chances[each.value])),
            "CreatedDate": "2021-10-04T08:00:00.000",
        }
        for order, each in enumerate(stage.picklist_values, start=1)
    ]
    world.add("OpportunityStage", rows)


def _deal(world: World, company: Company, work: dict[str, Any]) -> Row:
    created = world.since(max(company.created, NOW - timedelta(days=1100)))
    close = created.date() + timedelta(days=world.between(10, 240))
    stage = _stage(world, close)
    if close < NOW.date() and not stage.startswith("Closed"):
        # Open although its day has passed: every org has some of these.
        close = NOW.date() - timedelta(days=world.between(1, 60))
    generous = float(round(10 ** (3.3 + world.dice.random() * 3), -2))
    row: Row = {
        "Id": world.store.new_id(world.store.schema["Opportunity"]),
        "Name": f"{company.name} - {world.one_of(work['deals'])}"[:120],
        "AccountId": company.id,
        "OwnerId": company.owner,
        "StageName": stage,
        "Amount": world.maybe(0.9, generous),
        "CloseDate": close.isoformat(),
        "Type": world.maybe(0.8, world.picked("Opportunity", "Type", weights=(3, 1, 1, 6))),
        "LeadSource": world.maybe(0.6, world.picked("Opportunity", "LeadSource")),
        "NextStep": world.maybe(0.4, world.one_of(work["next_steps"])),
        "CampaignId": world.maybe(0.12, world.one_of(world.campaigns)),
        "IsPrivate": int(world.chance(0.01)),
        "MainCompetitors__c": world.maybe(0.3, world.one_of(work["competitors"])),
        "OrderNumber__c": world.digits("{6}") if stage == "Closed Won" else None,
        "TrackingNumber__c": world.maybe(0.2, world.digits("{10}")),
        "Description": world.remarks(work["sentences"]),
        "CreatedDate": stamp(created),
        "LastStageChangeDate": stamp(world.since(created)),
    }
    if stage == "Closed Won":
        row["DeliveryInstallationStatus__c"] = world.picked("Opportunity", "DeliveryInstallationStatus__c")
    if world.chance(0.05) and not stage.startswith("Closed"):
        # Someone knew better than the stage.
        row["Probability"] = float(world.between(1, 19) * 5)
    return row


def _stage(world: World, close: date) -> str:
    settled = close < NOW.date() and world.chance(0.93)
    weights = (0,) * _OPEN_STAGES + (3, 2) if settled else (4, 4, 4, 3, 2, 2, 3, 2, 0, 0)
    return world.picked("Opportunity", "StageName", weights=weights)


def _line_items(world: World, deal: Row) -> list[Row]:
    book = world.one_of(world.products)["Pricebook2Id"]
    entries = [each for each in world.products if each["Pricebook2Id"] == book and each["IsActive"]]
    deal["Pricebook2Id"] = book
    chosen = world.dice.sample(entries, world.between(1, 4))
    return [
        {
            "OpportunityId": deal["Id"],
            "PricebookEntryId": entry["Id"],
            "Product2Id": entry["Product2Id"],
            "ProductCode": entry["ProductCode"],
            "Name": (str(deal["Name"]) + " " + str(entry["Name"]))[:376],
            "Quantity": float(world.between(1, 12)),
            "UnitPrice": entry["UnitPrice"],
            "ListPrice": entry["UnitPrice"],
            "Discount": world.maybe(0.15, float(world.between(1, 6) * 5)),
            "ServiceDate": world.maybe(0.3, deal["CloseDate"]),
            "SortOrder": order,
            "CreatedDate": deal["CreatedDate"],
        }
        for order, entry in enumerate(chosen, start=1)
    ]


def price_of(item: Row) -> float:
    """The total that the database computes for the line too."""
    quantity, price = float(str(item["Quantity"])), float(str(item["UnitPrice"]))
    return quantity * price * (1 - float(str(item.get("Discount") or 0)) / 100)


def _seed_roles(world: World) -> None:
    staff: dict[str, list[str]] = {}
    for person in world.people:
        if person.account:
            staff.setdefault(person.account, []).append(person.id)
    rows: list[Row] = []
    for deal in world.deals:
        people = staff.get(str(deal["AccountId"]), [])
        for number, contact in enumerate(people[: world.between(0, 2)]):
            role = world.picked("OpportunityContactRole", "Role")
            rows.append(
                {
                    "OpportunityId": deal["Id"],
                    "ContactId": contact,
                    "Role": role,
                    "IsPrimary": int(not number),
                }
            )
            rows[-1]["CreatedDate"] = deal["CreatedDate"]
    world.add("OpportunityContactRole", rows[:_ROLES])
