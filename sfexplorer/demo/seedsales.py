"""What follows a deal: quotes, contracts, orders, what then stands at the customer's, and its service."""

from __future__ import annotations

from datetime import date, timedelta

from sfexplorer.demo.seeddeals import price_of
from sfexplorer.demo.seednames import address
from sfexplorer.demo.seedworld import NOW, Company, Person, Row, World, read_seeds
from sfexplorer.demo.storage import stamp

_QUOTED = 240
_CONTRACTS = 140
_ORDERS = 220
_ASSETS = 400
_WORK_ORDERS = 160
_MAILS = 320


def seed_sales(world: World) -> None:
    """Fill Quote, Contract and Order with their lines, Asset, WorkOrder, Solution, EmailMessage and roles."""
    companies = {each.id: each for each in world.companies}
    _seed_quotes(world)
    contracts = [_contract(world, world.one_of(world.companies[:600])) for _ in range(_CONTRACTS)]
    world.add("Contract", contracts)
    won = [each for each in world.deals if each["StageName"] == "Closed Won"]
    _seed_orders(world, won[:_ORDERS], companies)
    people = [each for each in world.people[10:1500] if each.account]
    assets = world.add("Asset", [_asset(world, world.one_of(people)) for _ in range(_ASSETS)])
    world.add("WorkOrder", [_work_order(world, assets, companies) for _ in range(_WORK_ORDERS)])
    world.add("Solution", [_solution(world, *each) for each in read_seeds("setup")["solutions"]])
    written = [each for each in world.cases if each.get("ContactEmail")]
    world.add("EmailMessage", [_mail(world, world.one_of(written)) for _ in range(_MAILS)])
    world.add("AccountContactRole", _roles(world))


def _lines(world: World, parent: Row, key: str, book: str) -> list[Row]:
    entries = [each for each in world.products if each["Pricebook2Id"] == book and each["IsActive"]]
    return [
        {
            key: parent["Id"],
            "PricebookEntryId": entry["Id"],
            "Product2Id": entry["Product2Id"],
            "Quantity": float(world.between(1, 9)),
            "UnitPrice": entry["UnitPrice"],
            "ListPrice": entry["UnitPrice"],
            "CreatedDate": parent["CreatedDate"],
        }
        for entry in world.dice.sample(entries, world.between(1, 4))
    ]


def _seed_quotes(world: World) -> None:
    quotes: list[Row] = []
    lines: list[Row] = []
    for deal in world.dice.sample(world.deals, _QUOTED):
        quote: Row = {
            "Id": world.store.new_id(world.store.schema["Quote"]),
            "Name": f"{str(deal['Name'])[:100]} (quote)",
            "OpportunityId": deal["Id"],
            "AccountId": deal["AccountId"],
            "OwnerId": deal["OwnerId"],
            "Pricebook2Id": deal.get("Pricebook2Id") or world.products[0]["Pricebook2Id"],
            "Status": world.picked("Quote", "Status"),
            "ExpirationDate": deal["CloseDate"],
            "Tax": world.maybe(0.5, float(world.between(10, 900))),
            "CreatedDate": deal["CreatedDate"],
        }
        mine = _lines(world, quote, "QuoteId", str(quote["Pricebook2Id"]))
        for order, line in enumerate(mine, start=1):
            line |= {"SortOrder": order, "Discount": world.maybe(0.2, float(world.between(1, 4) * 5))}
        subtotal = sum(float(str(each["Quantity"])) * float(str(each["UnitPrice"])) for each in mine)
        quote |= {
            "LineItemCount": len(mine),
            "Subtotal": round(subtotal, 2),
            "TotalPrice": round(sum(round(price_of(each), 2) for each in mine), 2),
        }
        quotes.append(quote)
        lines += mine
    world.add("Quote", quotes)
    world.add("QuoteLineItem", lines)


def _contract(world: World, company: Company) -> Row:
    start = date.fromisoformat(world.day(900, -60))
    active = start < NOW.date() and world.chance(0.9)
    return {
        "AccountId": company.id,
        "OwnerId": company.owner,
        "StartDate": start.isoformat(),
        "ContractTerm": world.one_of((6, 12, 12, 24, 36)),
        "Status": "Activated" if active else world.one_of(("Draft", "In Approval Process")),
        "ActivatedDate": f"{start.isoformat()}T09:00:00.000" if active else None,
        "ActivatedById": company.owner if active else None,
        "CompanySignedId": company.owner,
        "CompanySignedDate": start.isoformat(),
        "OwnerExpirationNotice": world.maybe(0.4, world.picked("Contract", "OwnerExpirationNotice")),
        "SpecialTerms": world.maybe(0.2, "Service within 24 hours, at weekends too."),
        "CreatedDate": stamp(world.since(company.created)),
        **address("Billing", company.place, company.street),
    }


def _seed_orders(world: World, deals: list[Row], companies: dict[str, Company]) -> None:
    orders: list[Row] = []
    lines: list[Row] = []
    for deal in deals:
        company = companies[str(deal["AccountId"])]
        begins = date.fromisoformat(str(deal["CloseDate"])) + timedelta(days=world.between(1, 40))
        order: Row = {
            "Id": world.store.new_id(world.store.schema["Order"]),
            "AccountId": company.id,
            "OpportunityId": deal["Id"],
            "OwnerId": deal["OwnerId"],
            "Pricebook2Id": deal.get("Pricebook2Id") or world.products[0]["Pricebook2Id"],
            "EffectiveDate": begins.isoformat(),
            "Status": world.one_of(("Activated", "Activated", "Draft")),
            "Type": world.picked("Order", "Type"),
            "CreatedDate": deal["CreatedDate"],
            **address("Billing", company.place, company.street),
            **address("Shipping", company.place, company.street),
        }
        mine = _lines(world, order, "OrderId", str(order["Pricebook2Id"]))
        order["TotalAmount"] = round(sum(round(price_of(each), 2) for each in mine), 2)
        orders.append(order)
        lines += mine
    world.add("Order", orders)
    world.add("OrderItem", lines)


def _asset(world: World, person: Person) -> Row:
    entry = world.one_of(world.products[:30])
    bought = world.day(1400, 20)
    return {
        "Name": entry["Name"],
        "AccountId": person.account,
        "ContactId": person.id,
        "OwnerId": person.owner,
        "Product2Id": entry["Product2Id"],
        "ProductCode": entry["ProductCode"],
        "SerialNumber": world.digits("SN-{8}"),
        "PurchaseDate": bought,
        "InstallDate": world.maybe(0.8, bought),
        "Status": world.picked("Asset", "Status", weights=(1, 1, 8, 3, 1)),
        "Price": entry["UnitPrice"],
        "Quantity": float(world.between(1, 3)),
        "IsCompetitorProduct": int(world.chance(0.05)),
    }


def _work_order(world: World, assets: list[Row], companies: dict[str, Company]) -> Row:
    asset = world.one_of(assets)
    company = companies[str(asset["AccountId"])]
    begins = world.moment(200, -20).replace(minute=0, second=0, microsecond=0)
    weights = (0, 1, 1, 8, 4, 1, 1) if begins < NOW else (8, 1, 0, 0, 0, 0, 1)
    return {
        "AccountId": company.id,
        "ContactId": asset["ContactId"],
        "AssetId": asset["Id"],
        "OwnerId": world.one_of(world.supporters),
        "Subject": f"{world.one_of(('Maintain', 'Repair', 'Install', 'Inspect'))} {asset['Name']!s}"[:255],
        "StartDate": stamp(begins),
        "EndDate": stamp(begins + timedelta(hours=world.between(1, 8))),
        "Status": world.picked("WorkOrder", "Status", weights=weights),
        "Priority": world.picked("WorkOrder", "Priority", weights=(2, 6, 2, 1)),
        "CreatedDate": stamp(min(begins, NOW) - timedelta(days=world.between(1, 20))),
        **address("", company.place, company.street),
    }


def _solution(world: World, title: str, text: str) -> Row:
    return {
        "SolutionName": title,
        "SolutionNote": text,
        "Status": world.one_of(("Reviewed", "Reviewed", "Draft")),
        "OwnerId": world.one_of(world.supporters),
        "TimesUsed": world.between(0, 60),
    }


def _mail(world: World, case: Row) -> Row:
    incoming = world.chance(0.55)
    customer = case["ContactEmail"]
    return {
        "ParentId": case["Id"],
        "RelatedToId": case["Id"],
        "Incoming": int(incoming),
        "Subject": f"{'' if incoming else 'Re: '}{case['Subject']!s} [{case['CaseNumber']!s}]",
        "FromAddress": customer if incoming else "support@acme.example",
        "ToAddress": "support@acme.example" if incoming else customer,
        "TextBody": world.one_of(read_seeds("work")["replies"]),
        "Status": world.one_of(("0", "1", "2")) if incoming else "3",
        "MessageDate": case["CreatedDate"],
        "MessageIdentifier": f"<{world.digits('{12}')}@acme.example>",
        "CreatedDate": case["CreatedDate"],
    }


def _roles(world: World) -> list[Row]:
    people = [each for each in world.people[:600] if each.account]
    return [
        {
            "AccountId": each.account,
            "ContactId": each.id,
            "Role": world.picked("AccountContactRole", "Role"),
            "IsPrimary": int(world.chance(0.3)),
        }
        for each in world.dice.sample(people, 200)
    ]
