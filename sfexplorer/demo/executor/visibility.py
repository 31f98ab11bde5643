"""Which rows a query sees at all: deleted ones or not, and those of USING SCOPE."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.demo.executor.problems import malformed
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql
from sfexplorer.soql.tree import Query

# No scoping rules are set up, so they keep nothing out.
_ALL = frozenset({"everything", "scopingrule"})
# Nobody in the org delegates, has territories, or is in a team.
_NONE = frozenset({"delegated", "my_territory", "my_team_territory", "team"})
_OWNED = frozenset({"mine", "mine_and_my_groups"})
_GROUPS = 'SELECT "GroupId" FROM "GroupMember" WHERE "UserOrGroupId" = ?'


def visible(scope: Scope, query: Query) -> Iterator[Sql]:
    """The conditions that every row of a query meets, whatever its WHERE says.

    Raises:
        Refusal: When its USING SCOPE is none that the sObject has.
    """
    if not scope.context.deleted and scope.type.field("IsDeleted"):
        yield Sql(f'{scope.alias}."IsDeleted" = 0')
    used = (query.scope or "everything").lower()
    if used in _NONE:
        yield Sql("0")
    elif used in _OWNED and scope.type.field("OwnerId"):
        yield _owned(scope, groups=used != "mine")
    elif used not in _ALL:
        message = f"Scope '{query.scope}' is not supported for entity '{scope.type.name}'"
        raise malformed(scope.text, query.source.span.start, message)


def _owned(scope: Scope, *, groups: bool) -> Sql:
    owner, user = f'{scope.alias}."OwnerId"', scope.context.user_id
    if groups and scope.context.schema.get("GroupMember"):
        return Sql(f"({owner} = ? OR {owner} IN ({_GROUPS}))", (user, user))
    return Sql(f"{owner} = ?", (user,))
