"""Picklists whose values depend on another field."""

from __future__ import annotations

from sfexplorer.api import Change
from sfexplorer.client import FieldDescribe, PicklistValue, SObjectDescribe
from sfexplorer_record.dependent import contradiction, narrowed, offered
from sfexplorer_record.editors.choice import choices_of
from tests.plugins.record.samples import CITY, COUNTRY, PLACE, place, valid_for


def test_the_values_that_go_with_the_controlling_one_are_offered() -> None:
    assert offered(PLACE, CITY, place(Country__c="Norway").record) == frozenset({"Oslo", "Anywhere"})
    assert offered(PLACE, CITY, place(Country__c="Peru").record) == frozenset({"Anywhere"})
    assert offered(PLACE, CITY, place().record) == frozenset()
    assert offered(PLACE, CITY, place(Country__c="Atlantis").record) == frozenset()
    assert offered(PLACE, PLACE.fields[1], place().record) is None
    shown = narrowed(PLACE, CITY, place(Country__c="Chile", City__c="Oslo").record)
    assert [each.value for each in shown.picklist_values if each.active] == ["Santiago", "Anywhere"]
    assert [choice.label for choice in choices_of(shown, "Oslo")][-1] == "Oslo (no longer offered)"
    assert narrowed(PLACE, COUNTRY, place().record) is COUNTRY


def test_a_checkbox_controls_by_its_two_places_and_nonsense_offers_nothing() -> None:
    values = (
        PicklistValue(value="off", valid_for=valid_for(0)),
        PicklistValue(value="on", valid_for=valid_for(1)),
        PicklistValue(value="broken", valid_for="???="),
        PicklistValue(value="untold"),
    )
    one = FieldDescribe(name="Mode__c", type="picklist", controller_name="On__c", picklist_values=values)
    describe = SObjectDescribe(name="X", fields=(FieldDescribe(name="On__c", type="boolean"), one))
    assert offered(describe, one, {"On__c": True}) == frozenset({"on"})
    assert offered(describe, one, {"On__c": False}) == frozenset({"off"})


def test_a_save_that_brings_together_what_does_not_belong_together_is_told() -> None:
    state = place(Country__c="Norway", City__c="Oslo")
    state.put("Country__c", "Chile")
    changes = {"Country__c": Change("Norway", "Chile")}
    assert contradiction(PLACE, state.record, changes) == "City__c: Oslo doesn't go with Country__c Chile."
    # What was so before, and isn't touched, is no matter of this save.
    assert contradiction(PLACE, state.record, {"Name": Change("Here", "There")}) is None
    state.put("City__c", "Santiago")
    assert contradiction(PLACE, state.record, changes) is None
    state.put("City__c", "a new value")
    assert contradiction(PLACE, state.record, changes) is None
