"""Brackets and quotes in pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfexplorer_query.pairs import effect_of, is_empty_pair

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery


@pytest.mark.parametrize(
    ("text", "sign", "effect"),
    [
        ("SELECT COUNT|", "(", "pair"),
        ("WHERE | AND", "(", "pair"),
        ("WHERE |Name = 1", "(", "plain"),
        ("WHERE |'a'", "(", "plain"),
        ("COUNT(|)", ")", "over"),
        ("((a|)", ")", "plain"),
        ("((a|))", ")", "over"),
        ("((a) x|\n\nb)", ")", "plain"),
        ("(a = ')'|)", ")", "over"),
        ("FIND |", "{", "pair"),
        ("FIND {|}", "}", "over"),
        ("FIND {it|}", "'", "plain"),
        ("Name = |", "'", "pair"),
        ("Name = '|'", "'", "over"),
        ("Name = 'it\\|'", "'", "plain"),
        ("Name = 'it\\\\|'", "'", "over"),
        ("Name = 'Ada|", "'", "plain"),
        ("Name = Ada|", "'", "plain"),
        ("Name = |Ada'", "'", "plain"),
        ("Name = '(|'", "(", "plain"),
        ("-- don|", "'", "plain"),
        ("Name = 'it\\'s'|", ")", "plain"),
        ("|", "'", "pair"),
    ],
)
def test_a_sign_comes_with_its_partner_only_where_that_is_missing(text: str, sign: str, effect: str) -> None:
    before, _, after = text.partition("|")
    assert effect_of(sign, before, after) == effect


def test_an_empty_pair_is_two_signs_that_belong_together() -> None:
    assert is_empty_pair("COUNT(", ")")
    assert is_empty_pair("= '", "'")
    assert not is_empty_pair("COUNT(", "x)")
    assert not is_empty_pair("", ")")
    assert not is_empty_pair("(", "")


async def test_pairs_are_put_in_stepped_over_and_taken_away_by_keys(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        editor = querying.pane.editor
        await querying.press("(")
        assert editor.text == "()"
        await querying.press("'")
        assert editor.text == "('')"
        await querying.press("a", "'", ")")
        assert editor.text == "('a')"
        assert editor.cursor_location == (0, 5)
        await querying.press("left", "left", "backspace", "backspace", "backspace")
        assert editor.text == ""
        await querying.press("{", "backspace")
        assert editor.text == ""
        await querying.paste("(('")
        assert editor.text == "(('"


async def test_a_sign_typed_over_a_selection_takes_its_place(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.paste("abc")
        await querying.press("ctrl+a", "(")
        assert querying.pane.editor.text == "("
