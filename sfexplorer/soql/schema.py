"""What completion and diagnosis ask about an org's objects.

These are protocols: the describes of the client fit as they are, and so does whatever a test has at hand.
A schema that knows nothing of an object yet says None, and whoever asked goes on without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol


class ObjectName(Protocol):
    """An object of the org as the list of all objects has it."""

    @property
    def name(self) -> str:
        """The API name."""
        ...

    @property
    def label(self) -> str:
        """What people call it."""
        ...


class PicklistChoice(Protocol):
    """A value of a picklist."""

    @property
    def value(self) -> str:
        """The value as queries have it."""
        ...

    @property
    def label(self) -> str | None:
        """What people call it."""
        ...

    @property
    def active(self) -> bool:
        """Whether new records may have it; old ones have others too."""
        ...


class FieldDescription(ObjectName, Protocol):
    """A field of an object, with Salesforce's own words for its type and its abilities."""

    @property
    def type(self) -> str:
        """`string`, `picklist`, `reference` and so on."""
        ...

    @property
    def filterable(self) -> bool:
        """Whether WHERE may use it."""
        ...

    @property
    def sortable(self) -> bool:
        """Whether ORDER BY may use it."""
        ...

    @property
    def groupable(self) -> bool:
        """Whether GROUP BY may use it."""
        ...

    @property
    def aggregatable(self) -> bool:
        """Whether aggregate functions may use it."""
        ...

    @property
    def restricted_picklist(self) -> bool:
        """Whether records can have no values but those of the picklist."""
        ...

    @property
    def picklist_values(self) -> Sequence[PicklistChoice]:
        """The choices of a picklist, in the org's order."""
        ...

    @property
    def reference_to(self) -> Sequence[str]:
        """The objects that a reference may point to."""
        ...

    @property
    def relationship_name(self) -> str | None:
        """The name by which paths follow the reference."""
        ...

    @property
    def name_pointing(self) -> bool:
        """Whether a path behind it has the fields of the Name object."""
        ...


class ChildDescription(Protocol):
    """A relationship from the records of another object to those of this one."""

    @property
    def child_sobject(self) -> str:
        """The other object."""
        ...

    @property
    def field(self) -> str:
        """The field of the other object that points here."""
        ...

    @property
    def relationship_name(self) -> str | None:
        """The name for FROM of a sub-select; None where none can be made."""
        ...


class ObjectDescription(ObjectName, Protocol):
    """All that is known of an object."""

    @property
    def fields(self) -> Sequence[FieldDescription]:
        """Its fields in the org's order."""
        ...

    @property
    def child_relationships(self) -> Sequence[ChildDescription]:
        """What points to it."""
        ...


class Schema(Protocol):
    """The objects of an org, as far as they are known."""

    def objects(self) -> Iterable[ObjectName]:
        """All objects; none while they are not known."""
        ...

    def object(self, name: str) -> ObjectDescription | None:
        """The object of that name, in any case; None while it is not fetched."""
        ...
