"""Values to be read: JSON laid out, HTML as text, never anything obeyed."""

from __future__ import annotations

import pytest

from sfexplorer.api.ui.cell_text import cell_text, html_as_text


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "text", "∅ (no value)"),
        ("", "text", '"" (empty)'),
        ("two\nlines", "text", "two\nlines"),
        ({"attributes": {}, "city": "London"}, "JSON", '{\n  "city": "London"\n}'),
        ('{"a":[1]}', "JSON", '{\n  "a": [\n    1\n  ]\n}'),
        ("[not json", "text", "[not json"),
        ("[" * 100_000, "text", "[" * 100_000),
        ("a < b and c > d", "text", "a < b and c > d"),
        (1234.5, "text", "1234.5"),
        ("<p>One</p><p>Two</p>", "HTML", "One\n\nTwo"),
    ],
)
def test_a_value_is_taken_for_what_it_is(value: object, kind: str, text: str) -> None:
    found = cell_text(value)
    assert (found.kind, found.text) == (kind, text)


def test_html_is_read_as_its_reader_would_see_it() -> None:
    html = (
        "<style>p {}</style><script>alert(1)</script><h1>Hello &amp; welcome</h1>"
        "<ul><li>one<li>two</ul>see <a href='https://x.example'>this</a><br>end<img alt='logo'>"
    )
    assert html_as_text(html) == ("Hello & welcome\n\n- one\n- two\nsee this <https://x.example>\nend[logo]")
    assert html_as_text("</a></script>still here<a>") == "still here"
