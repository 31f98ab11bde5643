"""Names that the org does not know: objects, fields and relationships."""

from __future__ import annotations

from sfexplorer.soql.diagnosis_report import Report
from sfexplorer.soql.diagnosis_walk import Select, fields
from sfexplorer.soql.schema import FieldDescription, ObjectDescription
from sfexplorer.soql.schema_scope import Scope, children, field_of, is_polymorphic, relationship
from sfexplorer.soql.suggest import closest
from sfexplorer.soql.tree import Path, Span, TypeOf

MOST_STEPS = 5


def check_sources(select: Select, report: Report) -> None:
    """Tell of an unknown object or child relationship in FROM."""
    first, *further = select.query.sources
    if select.form == "sub-select":
        _check_child(select, report)
    else:
        check_object(first.path.parts[-1], first.path.span, select.scope, report)
    for source in further:
        reached = select.scope.reach(source.path.parts)
        if reached.object is not None and reached.failed is not None:
            _no_relationship(source.path, reached.failed, reached.object, report)


def check_object(name: str, span: Span, scope: Scope, report: Report) -> None:
    """Tell of an object that the org does not have."""
    known = scope.schema.names
    if known and name.lower() not in known and scope.schema.object(name) is None:
        report.add_name(span, f"There is no object {name}.", known.values())


def check_path(select: Select, path: Path, report: Report) -> FieldDescription | None:
    """The field that a path leads to; what is unknown of it is told."""
    scope = select.scope
    reached = scope.reach(path.parts[:-1])
    if reached.steps > MOST_STEPS:
        hint = "Select from an object that is nearer."
        report.add(path.span, f"A path follows at most {MOST_STEPS} relationships.", hint)
        return None
    if reached.object is None:
        return None
    if reached.failed is not None:
        _no_relationship(path, reached.failed, reached.object, report)
        return None
    found = field_of(reached.object, path.parts[-1])
    if found is None and not (len(path.parts) == 1 and path.parts[0].lower() in aliases(select)):
        _no_field(path, reached.object, report)
    return found


def check_typeof(select: Select, typeof: TypeOf, report: Report) -> None:
    """Tell of what a TYPEOF names and the org does not know."""
    scope = select.scope
    leading = scope.leading(typeof.path.parts)
    reached = scope.reach(typeof.path.parts)
    if reached.object is not None and reached.failed is not None:
        _no_relationship(typeof.path, reached.failed, reached.object, report)
    if leading is None:
        return
    if not is_polymorphic(leading):
        hint = f"Select {typeof.path.text}.Name and the like without TYPEOF."
        report.add(typeof.path.span, f"{typeof.path.text} leads to {leading.reference_to[0]} only.", hint)
    for branch in typeof.branches:
        span = report.part(Path((), span=branch.span), 1)
        check_object(branch.object, span, scope, report)
        inner = Select(select.query, select.form, Scope(scope.schema, scope.schema.object(branch.object)))
        for path in branch.fields:
            check_path(inner, path, report)
    for path in typeof.otherwise:
        check_path(Select(select.query, select.form, Scope(scope.schema, reached.object)), path, report)


def aliases(select: Select) -> set[str]:
    """The aliases of selected fields, in lower case."""
    return {item.alias.lower() for item in fields(select.query) if item.alias}


def _check_child(select: Select, report: Report) -> None:
    parent = select.parent.scope.object if select.parent else None
    path = select.query.source.path
    name = path.parts[-1]
    if parent is None or children(parent, name) is not None:
        return
    span = report.part(path, len(path.parts) - 1)
    named = [child for child in parent.child_relationships if child.relationship_name]
    of_object = [child.relationship_name for child in named if child.child_sobject.lower() == name.lower()]
    message = f"{parent.name} has no child relationship {name}."
    meant = of_object[0] if of_object else closest(name, [child.relationship_name or "" for child in named])
    report.add(span, message, f"Did you mean {meant}?" if meant else None, replacement=meant)


def _no_relationship(path: Path, number: int, of: ObjectDescription, report: Report) -> None:
    name = path.parts[number]
    span = report.part(path, number)
    message = f"{of.name} has no relationship {name}."
    field = field_of(of, name) or field_of(of, f"{name}Id")
    if name.lower().endswith("__c"):
        field = field or relationship(of, f"{name[:-1]}r")
    if field is not None and field.relationship_name:
        meant = field.relationship_name
        report.add(span, message, f"Paths follow it as {meant}.", replacement=meant)
        return
    report.add_name(span, message, [each.relationship_name for each in of.fields if each.relationship_name])


def _no_field(path: Path, of: ObjectDescription, report: Report) -> None:
    name = path.parts[-1]
    span = report.part(path, len(path.parts) - 1)
    message = f"{of.name} has no field {name}."
    leading = relationship(of, name)
    if leading is not None:
        hint = f"{name} is a relationship: name a field behind it, such as {name}.Id."
        report.add(span, message, hint, replacement=leading.name)
        return
    custom = field_of(of, f"{name}__c")
    names = [custom.name] if custom else [field.name for field in of.fields]
    meant = custom.name if custom else closest(name, names)
    report.add(span, message, f"Did you mean {meant}?" if meant else None, replacement=meant)
