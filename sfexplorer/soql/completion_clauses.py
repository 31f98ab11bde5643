"""What each clause expects behind the tokens that it has already."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sfexplorer.soql.completion_comparison import comparison_place
from sfexplorer.soql.completion_outline import Frame
from sfexplorer.soql.completion_place import (
    Clause,
    Place,
    clause_of,
    innermost,
    open_path,
    operand_length,
    since_comma,
    unnested,
)
from sfexplorer.soql.selection import SCOPES
from sfexplorer.soql.tokens import Token
from sfexplorer.soql.with_clause import MODES, SELECTORS
from sfexplorer.soql.words import CLAUSE_NAMES, CLAUSES, FUNCTIONS

TAILS = {
    "FOR": ("FOR VIEW", "FOR REFERENCE", "FOR UPDATE"),
    "UPDATE": ("UPDATE TRACKING", "UPDATE VIEWSTAT"),
    "SET": ("SET OPTIONS",),
}
# The clauses as they are offered: with all their words.
PHRASES = tuple(phrase for word in CLAUSES for phrase in TAILS.get(word, (CLAUSE_NAMES.get(word, word),)))
JOINING = ("AND", "OR")
DIRECTIONS = ("ASC", "DESC", "NULLS FIRST", "NULLS LAST")


def place_in(frame: Frame, start: int) -> Place:
    """What is expected at an offset of the text, where the typed word begins."""
    clause = clause_of(frame.before(start))
    if clause.name == "START":
        return Place("start" if not clause.body else "nothing", words=("SELECT", "FIND"))
    return READERS[clause.name](clause)


def _select(clause: Clause) -> Place:
    opener, _, inside = innermost(clause.body)
    if inside is not clause.body:
        return _argument(clause, opener, inside) if opener else Place("subselect", words=("SELECT",))
    typeof = _typeof(inside)
    if typeof is not None:
        return typeof
    item = since_comma(inside)
    path = open_path(item)
    if path is not None:
        return Place("item", clause.name, path)
    words = ("FROM",)
    return Place("after item", clause.name, words=words, before=_single(item))


def _argument(clause: Clause, function: Token, inside: Sequence[Token]) -> Place:
    if function.word == "FIELDS":
        return Place("word", words=SCOPES if not inside else ())
    if function.word not in FUNCTIONS | {"ROLLUP", "CUBE"}:
        return Place("nothing")
    argument = since_comma(inside)
    # Those within inner parentheses part the arguments of another function.
    number = sum(token.word == "," for token in unnested(inside))
    path = open_path(argument)
    if path is None:
        return Place("nothing")
    return Place("argument", clause.name, path, function.word, number)


def _typeof(body: Sequence[Token]) -> Place | None:
    """What a TYPEOF expects that has no END yet."""
    begun = [
        number
        for number, token in enumerate(body)
        if token.word == "TYPEOF" and (number == 0 or body[number - 1].word == ",")
    ]
    if not begun or any(token.word == "END" for token in body[begun[-1] :]):
        return None
    inside = body[begun[-1] + 1 :]
    length = operand_length(inside)
    path = open_path(inside)
    if path is not None:
        return Place("typeof", "SELECT", path)
    relation = tuple(token.text for token in inside[:length:2])
    for number in range(len(inside) - 1, length - 1, -1):
        word = inside[number].word
        if word in ("WHEN", "THEN", "ELSE"):
            return _typeof_part(word, inside, number, relation)
    return Place("typeof word", words=("WHEN",))


def _typeof_part(word: str, inside: Sequence[Token], number: int, relation: tuple[str, ...]) -> Place:
    rest = inside[number + 1 :]
    if word == "WHEN":
        return (
            Place("typeof object", relation=relation) if not rest else Place("typeof word", words=("THEN",))
        )
    path = open_path(since_comma(rest))
    if path is None:
        ending = ("WHEN", "ELSE", "END") if word == "THEN" else ("END",)
        return Place("typeof word", words=ending)
    of = inside[number - 1].text if word == "THEN" else ""
    return Place("typeof field", "SELECT", path, object=of, relation=relation)


def _from(clause: Clause) -> Place:
    entry = since_comma(clause.body)
    path = open_path(entry)
    if path is None:
        words = PHRASES if entry[-1].word != "AS" else ()
        return Place("after object", clause.name, words=words, before=_single(entry))
    if len(entry) == len(clause.body):
        return Place("object", clause.name, path)
    return Place("relation", clause.name, path)


def _group(clause: Clause) -> Place:
    opener, _, inside = innermost(clause.body)
    if opener is not None and inside is not clause.body:
        return _argument(clause, opener, inside)
    path = open_path(since_comma(inside))
    if path is not None:
        return Place("group", clause.name, path, argument=int(bool(inside)))
    return Place("after", clause.name, words=PHRASES)


def _order(clause: Clause) -> Place:
    opener, _, inside = innermost(clause.body)
    if opener is not None and inside is not clause.body:
        return _argument(clause, opener, inside)
    entry = since_comma(inside)
    path = open_path(entry)
    if path is not None:
        return Place("order", clause.name, path)
    if entry[-1].word == "NULLS":
        return Place("word", words=("FIRST", "LAST"))
    return Place("after", clause.name, words=(*DIRECTIONS, *PHRASES))


def _condition(clause: Clause) -> Place:
    opener, before, inside = innermost(clause.body)
    if opener is not None and opener.word in FUNCTIONS and inside is not clause.body:
        return _argument(clause, opener, inside)
    return comparison_place(clause, opener, before, inside, (*JOINING, *PHRASES))


def _using(clause: Clause) -> Place:
    words = [token.word for token in clause.body]
    if not words:
        return Place("word", words=("SCOPE",))
    return Place("scope") if words == ["SCOPE"] else Place("after", clause.name, words=PHRASES)


def _with(clause: Clause) -> Place:
    words = [token.word for token in clause.body]
    if not words:
        return Place("with", words=(*MODES, "DATA CATEGORY", "UserId", "RecordVisibilityContext"))
    if words[0] != "DATA":
        is_whole = words[0] in MODES or len(words) > 2
        return Place("after", clause.name, words=PHRASES if is_whole else ())
    if len(words) == 1:
        return Place("word", words=("CATEGORY",))
    since_and = words[-(list(reversed(words)).index("AND")) :] if "AND" in words else words[2:]
    if words[-1] == "AND" or len(since_and) == 0:
        return Place("nothing")
    if len(since_and) == 1:
        return Place("word", words=tuple(SELECTORS))
    return Place("after", clause.name, words=("AND", *PHRASES) if len(since_and) > 2 else ())


def _count(clause: Clause) -> Place:
    return Place("after", clause.name, words=PHRASES) if clause.body else Place("nothing")


def _tail(clause: Clause) -> Place:
    if clause.body:
        return Place("after", clause.name, words=PHRASES)
    following = [phrase.partition(" ")[2] for phrase in PHRASES if phrase.startswith(f"{clause.name} ")]
    return Place("word", words=tuple(following))


def _by(clause: Clause) -> Place:
    return Place("word", words=("BY",))


def _single(entry: Sequence[Token]) -> Token | None:
    """The word that an entry consists of, which may be the first half of a name."""
    return entry[0] if len(entry) == 1 and entry[0].kind == "word" else None


READERS: dict[str, Callable[[Clause], Place]] = {
    "SELECT": _select,
    "FROM": _from,
    "USING": _using,
    "WHERE": _condition,
    "WITH": _with,
    "GROUP": _group,
    "GROUP?": _by,
    "HAVING": _condition,
    "ORDER": _order,
    "ORDER?": _by,
    "LIMIT": _count,
    "OFFSET": _count,
    **dict.fromkeys(("FOR", "UPDATE", "ALL", "SET"), _tail),
}
