"""The custom sObjects: a package's sites with their inspections, and the org's own invoices."""

from __future__ import annotations

from datetime import date, timedelta

from sfexplorer.demo.seedworld import NOW, Company, Row, World, read_seeds

_SITES = 150
_INVOICES = 320
_DEPOTS = {
    "Americas": ("Austin", "São Paulo"),
    "Asia Pacific": ("Osaka", "Sydney"),
    "Europe": ("Hamburg", "Lyon"),
}
# West and east of these longitudes lie the Americas, Asia and the Pacific.
_WEST, _EAST = -30, 60
_TAX = 20.0


def seed_custom(world: World) -> None:
    """Fill Site, Inspection, Invoice and Invoice Line."""
    if "acme__Site__c" in world.store.schema:
        _seed_sites(world)
    if "Invoice__c" in world.store.schema:
        _seed_invoices(world)


def _seed_sites(world: World) -> None:
    setup = read_seeds("setup")
    sites: list[Row] = []
    inspections: list[Row] = []
    for number, company in enumerate(world.companies[:_SITES], start=1):
        site = _site(world, company, number, setup["directions"])
        mine = [_inspection(world, site, setup["findings"]) for _ in range(world.between(0, 5))]
        site["acme__Inspections__c"] = float(len(mine))
        site["acme__Last_Inspection__c"] = max((str(each["acme__Date__c"]) for each in mine), default=None)
        sites.append(site)
        inspections += mine
    world.add("acme__Site__c", sites)
    world.add("acme__Inspection__c", inspections)


def _site(world: World, company: Company, number: int, directions: list[str]) -> Row:
    place = company.place
    region = (
        "Americas" if place.longitude < _WEST else "Asia Pacific" if place.longitude > _EAST else "Europe"
    )
    features = [each for each in _features(world) if world.chance(0.4)]
    return {
        "Id": world.store.new_id(world.store.schema["acme__Site__c"]),
        "Name": f"{company.name} {place.city}"[:80],
        "OwnerId": company.owner,
        "acme__Account__c": company.id,
        "acme__Code__c": f"S{number:04}",
        "acme__Position__Latitude__s": round(place.latitude + world.dice.uniform(-0.05, 0.05), 8),
        "acme__Position__Longitude__s": round(place.longitude + world.dice.uniform(-0.05, 0.05), 8),
        "acme__Features__c": ";".join(features) or None,
        "acme__Region__c": region,
        "acme__Depot__c": world.one_of(_DEPOTS[region]),
        "acme__Gate_Code__c": world.maybe(0.6, world.digits("{4}-{4}")),
        "acme__Directions__c": world.maybe(
            0.7, "\n".join(world.one_of(directions) for _ in range(world.between(1, 40)))
        ),
    }


def _features(world: World) -> list[str]:
    field = world.store.schema["acme__Site__c"].field("acme__Features__c")
    return [each.value for each in field.picklist_values] if field else []


def _inspection(world: World, site: Row, findings: list[str]) -> Row:
    checked = world.between(20, 60)
    return {
        "acme__Site__c": site["Id"],
        "acme__Inspector__c": world.one_of(world.supporters),
        "acme__Date__c": world.day(700, 1),
        "acme__Begins__c": f"{world.between(7, 16):02}:{world.one_of((0, 15, 30, 45)):02}:00.000",
        "acme__Checked__c": float(checked),
        "acme__Passed__c": float(checked - world.between(0, 6)),
        "acme__Findings__c": world.maybe(0.8, world.one_of(findings)),
    }


def _seed_invoices(world: World) -> None:
    invoices: list[Row] = []
    lines: list[Row] = []
    won = [each for each in world.deals if each["StageName"] == "Closed Won"]
    for number, deal in enumerate(won[:_INVOICES]):
        invoice = _invoice(world, deal, number)
        mine = [_line(world, invoice) for _ in range(world.between(1, 5))]
        total = sum(float(str(each["Quantity__c"])) * float(str(each["Unit_Price__c"])) for each in mine)
        invoice["Net__c"] = round(total, 2)
        invoices.append(invoice)
        lines += mine
    world.add("Invoice__c", invoices)
    world.add("Invoice_Line__c", lines)


def _invoice(world: World, deal: Row, number: int) -> Row:
    issued = date.fromisoformat(str(deal["CloseDate"]))
    due = issued + timedelta(days=30)
    late = "Overdue" if due < NOW.date() else "Sent"
    status = world.dice.choices(("Paid", late, "Draft", "Written Off"), (8, 3, 1, 0.3))[0]
    sent = status != "Draft"
    return {
        "Id": world.store.new_id(world.store.schema["Invoice__c"]),
        "OwnerId": deal["OwnerId"],
        "Account__c": deal["AccountId"],
        "Opportunity__c": deal["Id"],
        "Erp_Number__c": f"R-{2026_0000 + number}",
        "Status__c": status,
        "Issued__c": issued.isoformat() if sent else None,
        "Due__c": due.isoformat() if sent else None,
        "Tax_Rate__c": world.one_of((_TAX, _TAX, 19.0, 0.0)),
        "Payment_Link__c": world.maybe(0.5, f"https://pay.example/{world.digits('{10}')}"),
        "Remarks__c": world.maybe(0.1, "Paid in two parts"),
        "CreatedDate": deal["CreatedDate"],
    }


def _line(world: World, invoice: Row) -> Row:
    entry = world.one_of(world.products[:30])
    return {
        "Name": str(entry["Name"])[:80],
        "Invoice__c": invoice["Id"],
        "Product__c": entry["Product2Id"],
        "Quantity__c": float(world.between(1, 8)),
        "Unit_Price__c": entry["UnitPrice"],
        "CreatedDate": invoice["CreatedDate"],
    }
