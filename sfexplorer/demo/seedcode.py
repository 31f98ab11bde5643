"""The Apex of the org: the classes and the trigger that its answers come from."""

from __future__ import annotations

from sfexplorer.demo.seedworld import Row, World

_ECHO = """@RestResource(urlMapping='/echo/*')
global with sharing class Echo {
    @HttpGet
    global static Map<String, Object> read() {
        return told();
    }

    @HttpPost
    global static Map<String, Object> write() {
        return told();
    }

    private static Map<String, Object> told() {
        RestRequest request = RestContext.request;
        return new Map<String, Object>{
            'method' => request.httpMethod,
            'path' => request.requestURI,
            'query' => request.params
        };
    }
}"""
_THROWING = """@RestResource(urlMapping='/throw')
global with sharing class Throwing {
    @HttpGet
    global static String answer() {
        return String.valueOf(((Account) null).Name);
    }
}"""
_MONEY = """public with sharing class Money {
    public static Decimal withTax(Decimal amount, Decimal percent) {
        return (amount * (100 + percent) / 100).setScale(2);
    }
}"""
_TRIGGER = """trigger OpportunityStage on Opportunity (before insert, before update) {
    for (Opportunity each : Trigger.new) {
        each.NextStep = each.IsClosed ? null : each.NextStep;
    }
}"""
_CLASSES = {"Echo": _ECHO, "Throwing": _THROWING, "Money": _MONEY}
_WRITTEN = "2024-03-11T09:00:00.000"


def seed_code(world: World) -> None:
    """Fill ApexClass and ApexTrigger."""
    written: Row = {"CreatedDate": _WRITTEN, "LastModifiedDate": _WRITTEN, "SystemModstamp": _WRITTEN}
    classes: list[Row] = [{"Name": name, "Body": body, **written} for name, body in _CLASSES.items()]
    world.add("ApexClass", classes)
    usage: Row = {"UsageBeforeInsert": 1, "UsageBeforeUpdate": 1}
    trigger: Row = {"Name": "OpportunityStage", "TableEnumOrId": "Opportunity", "Body": _TRIGGER}
    world.add("ApexTrigger", [{**trigger, **usage, **written}])
