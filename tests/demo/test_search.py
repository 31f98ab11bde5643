"""Searches by SOSL: what is found, in which form it comes, and what is refused."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from sfexplorer.demo.search.found import shared
from sfexplorer.soql import diagnose
from tests.demo.conftest import Records, V
from tests.soql.corpora import SEARCHES, WRONG_SEARCHES
from tests.soql.describes import Describes

Find = Callable[[str], Records]
Refuse = Callable[[str], tuple[str, str]]
Made = Callable[..., str]
CODES = {
    "INVALID_FIELD",
    "INVALID_QUERY_FILTER_OPERATOR",
    "INVALID_SEARCH",
    "INVALID_TYPE",
    "MALFORMED_SEARCH",
    "NUMBER_OUTSIDE_VALID_RANGE",
}


@pytest.fixture(scope="module")
def find(http: httpx.Client) -> Find:
    """Answers a search that must succeed."""

    def answer(sosl: str) -> Records:
        response = http.get(f"{V}/search", params={"q": sosl})
        assert response.status_code == 200, response.text
        records: Records = response.json()["searchRecords"]
        return records

    return answer


@pytest.fixture(scope="module")
def reject(http: httpx.Client) -> Refuse:
    """Answers a search that must be refused: its code and message."""

    def answer(sosl: str) -> tuple[str, str]:
        response = http.get(f"{V}/search", params={"q": sosl})
        assert response.status_code == 400, response.text
        (error,) = response.json()
        assert set(error) == {"errorCode", "message"}
        return error["errorCode"], error["message"]

    return answer


@pytest.fixture
def made(http: httpx.Client) -> Iterator[Made]:
    """Makes records that are deleted after the test."""
    paths = []

    def make(type: str, **fields: Any) -> str:
        response = http.post(f"{V}/sobjects/{type}", json=fields)
        assert response.status_code == 201, response.text
        id = str(response.json()["id"])
        paths.append(f"{V}/sobjects/{type}/{id}")
        return id

    yield make
    for path in paths:
        http.delete(path)


def names(records: Records) -> list[str]:
    return [record["Name"] for record in records]


def test_a_search_without_returning_gives_the_ids_of_all_that_is_found(find: Find) -> None:
    records = find("FIND {lovelace}")
    assert {record["attributes"]["type"] for record in records} >= {"Contact", "User"}
    for record in records:
        assert set(record) == {"attributes", "Id"}
        assert record["attributes"]["url"].endswith(
            f"/sobjects/{record['attributes']['type']}/{record['Id']}"
        )


def test_records_come_in_the_order_of_returning_with_the_fields_asked_for(find: Find) -> None:
    records = find("FIND {lovelace} RETURNING User(Name), Contact(id, Account.Name, email)")
    assert [record["attributes"]["type"] for record in records] == ["User", "Contact"]
    assert set(records[0]) == {"attributes", "Name"}
    assert list(records[1]) == ["attributes", "Id", "Account", "Email"]
    assert records[1]["Account"]["Name"]


@pytest.mark.parametrize(
    "text",
    [
        "LOVELACE",
        "lovelace ada",
        "lovel*",
        "l?velace",
        "lo*ce",
        "*velace OR lovelace",
        '"ada lovelace"',
        '"ADA LOVELACE"',
        '"ada lovel*"',
        "ada AND lovelace",
        "ada and (lovelace OR nobody)",
        "nobody OR lovelace",
        "lovelace AND NOT nobody",
        "(lovelace)",
        "lovelace AND \\&",
        "ada@example.com",
    ],
)
def test_ada_is_found_by(find: Find, text: str) -> None:
    assert names(find(f"FIND {{{text}}} RETURNING Contact(Name)")) == ["Ada Lovelace"]


@pytest.mark.parametrize(
    "text",
    [
        "lovelac",
        "lovelac?e",
        "?ovelace",
        '"lovelace ada"',
        "ada AND nobody",
        "ada AND NOT lovelace",
        "nobody AND lovelace OR nobody",
        "\\l\\o\\v\\e\\*",
        "lovel\\*",
        "0035g0000000001AAA",
        "\\&",
    ],
)
def test_ada_is_not_found_by(find: Find, text: str) -> None:
    assert "Ada Lovelace" not in names(find(f"FIND {{{text}}} RETURNING Contact(Name)"))


def test_and_not_takes_all_that_follows_it(find: Find, made: Made) -> None:
    for name in ("Quorum", "Quorum Brisk", "Quorum Brisk Calm", "Quorum Calm"):
        made("Account", Name=name)
    found = find("FIND {quorum AND NOT brisk AND calm} RETURNING Account(Name)")
    assert sorted(names(found)) == ["Quorum", "Quorum Brisk", "Quorum Calm"]


def test_accents_and_case_make_no_difference(find: Find) -> None:
    cities = {record["BillingCity"] for record in find("FIND {ZURICH} RETURNING Account(BillingCity)")}
    assert cities == {"Zürich"}
    assert find("FIND {zürich} RETURNING Account") == find("FIND {Zu\u0308rich} RETURNING Account") != []


def test_each_scope_searches_its_own_fields(find: Find, made: Made) -> None:
    fields = {
        "Name": "Wordinname Ltd",
        "Phone": "(997) 886-0199",
        "Website": "https://wordinsite.example",
        "Description": "wordindescription",
        "BillingCity": "Wordincity",
    }
    made("Account", **fields)
    made("Contact", LastName="Person", Email="wordinmail@example.com", MobilePhone="+1 212 886 0188")
    hits = {
        "wordinname": {"NAME", "SIDEBAR", "ALL"},
        "wordinsite": {"NAME", "SIDEBAR", "ALL"},
        "wordincity": {"SIDEBAR", "ALL"},
        "wordindescription": {"ALL"},
        "wordinmail": {"EMAIL", "SIDEBAR", "ALL"},
        "886\\-0199": {"PHONE", "SIDEBAR", "ALL"},
        "9978860199": {"PHONE", "SIDEBAR", "ALL"},
        "12128860188": {"PHONE", "SIDEBAR", "ALL"},
    }
    for word, scopes in hits.items():
        for scope in ("NAME", "EMAIL", "PHONE", "SIDEBAR", "ALL"):
            found = find(f"FIND {{{word}}} IN {scope} FIELDS RETURNING Account, Contact")
            assert len(found) == (scope in scopes), (word, scope)


def test_a_phrase_does_not_reach_from_one_field_into_the_next(find: Find, made: Made) -> None:
    made("Account", Name="Endingword", BillingCity="Brno", BillingCountry="Czechia")
    assert len(find("FIND {endingword AND czechia} RETURNING Account")) == 1
    assert find('FIND {"brno czechia"} RETURNING Account') == []


def test_where_order_limit_and_offset_are_those_of_soql(find: Find) -> None:
    inner = "Name, toLabel(Industry) WHERE Industry != null ORDER BY Name DESC"
    everything = find(f"FIND {{power OR energy}} RETURNING Account({inner})")
    assert len(everything) > 6
    assert all(record["Industry"] for record in everything)
    assert find(f"FIND {{power OR energy}} RETURNING Account({inner} LIMIT 3 OFFSET 2)") == everything[2:5]


def test_the_best_match_comes_first(find: Find, made: Made) -> None:
    made("Account", Name="Some Company", Description="mentions zyxword once among many other words")
    made("Account", Name="Zyxword")
    assert names(find("FIND {zyxword} RETURNING Account(Name)")) == ["Zyxword", "Some Company"]


def test_one_sobject_gives_250_records_unless_it_is_bounded_otherwise(find: Find) -> None:
    assert len(find("FIND {example} RETURNING Contact")) == 250
    assert len(find("FIND {example} RETURNING Contact(Id ORDER BY Name)")) == 2000
    assert len(find("FIND {example} RETURNING Contact(Id WHERE Name != null)")) == 2000
    assert len(find("FIND {example} RETURNING Contact(Id LIMIT 300)")) == 300
    assert len(find("FIND {example} RETURNING Contact LIMIT 260")) == 260
    assert len(find("FIND {example} RETURNING Contact LIMIT 9000")) == 2000
    assert find("FIND {example} RETURNING Contact LIMIT 0") == []


def test_a_limit_is_shared_evenly_and_what_one_leaves_goes_to_the_others() -> None:
    assert shared(20, [19, 35]) == [10, 10]
    assert shared(20, [3, 35, 0]) == [3, 17, 0]
    assert shared(20, [3, 4]) == [3, 4]
    assert shared(5, [9, 9]) == [3, 2]
    assert shared(0, [9, 9]) == [0, 0]
    assert shared(9000, [2000, 2000]) == [1000, 1000]


def test_older_versions_give_the_bare_list(http: httpx.Client) -> None:
    bodies = [
        http.get(f"/services/data/v{version}/search", params={"q": "FIND {lovelace} RETURNING User"}).json()
        for version in ("36.0", "37.0")
    ]
    assert isinstance(bodies[0], list)
    assert [each["Id"] for each in bodies[0]] == [each["Id"] for each in bodies[1]["searchRecords"]]


def test_found_words_are_marked_where_that_is_asked(find: Find) -> None:
    (record,) = find('FIND {"ada lovelace"} RETURNING Contact(Id, Name, Email) WITH HIGHLIGHT')
    assert record["highlight.Name"] == "<mark>Ada</mark> <mark>Lovelace</mark>"
    assert record["highlight.Email"] == "<mark>ada</mark>@example.com"
    (record,) = find("FIND {lovel*} RETURNING Contact(Id, Name) WITH HIGHLIGHT")
    assert set(record) == {"attributes", "Id", "Name"}


def test_an_excerpt_of_a_long_text_has_the_length_asked_for(find: Find, made: Made) -> None:
    made("Case", Subject="x", Description=f"{'before ' * 40}needleword {'behind ' * 40}", Origin="Web")
    (record,) = find("FIND {needleword} RETURNING Case(Id) WITH SNIPPET (target_length = 120)")
    plain = re.sub("</?mark>", "", record["snippet.text"])
    assert "<mark>needleword</mark>" in record["snippet.text"]
    assert (plain[:3], plain[-3:], len(plain)) == ("...", "...", 126)


def test_labels_come_beside_the_records(http: httpx.Client) -> None:
    text = "FIND {lovelace} RETURNING Contact(Id, Phone), User WITH METADATA = 'LABELS'"
    (contact, user) = http.get(f"{V}/search", params={"q": text}).json()["metadata"]["entityetadata"]
    assert contact["entityName"] == "Contact"
    assert contact["fieldMetadata"][1] == {"name": "Phone", "label": "Business Phone"}
    assert [each["name"] for each in user["fieldMetadata"]] == ["Id"]


def test_products_can_be_searched_within_a_price_book(find: Find, select: Callable[[str], Any]) -> None:
    entries = select("SELECT Pricebook2Id, Product2Id, Product2.Name FROM PricebookEntry")["records"]
    word = re.split(r"\W", entries[0]["Product2"]["Name"])[0]
    wanted = f"FIND {{{word}}} RETURNING Product2(Id ORDER BY Id)"
    books = {entry["Pricebook2Id"] for entry in entries}
    everywhere = {record["Id"] for record in find(wanted)}
    for book in books:
        inside = {entry["Product2Id"] for entry in entries if entry["Pricebook2Id"] == book}
        found = find(f"{wanted} WITH PricebookId = '{book}'")
        assert {record["Id"] for record in found} == everywhere & inside
    assert find(f"{wanted} WITH PricebookId = '01s000000000000AAA'") == []


def test_the_recent_list_view_has_what_the_user_has_seen(find: Find, http: httpx.Client) -> None:
    text = "FIND {example} RETURNING Contact(Id USING ListView = Recent WHERE Name != null)"
    seen = find("FIND {lovelace} RETURNING Contact")[0]["Id"]
    assert seen not in [record["Id"] for record in find(text)]
    http.get(f"{V}/sobjects/Contact/{seen}")
    assert seen in [record["Id"] for record in find(text)]


def test_the_index_follows_every_write(find: Find, http: httpx.Client, made: Made) -> None:
    id = made("Contact", FirstName="Brunnhilde", LastName="Firstword")
    path = f"{V}/sobjects/Contact/{id}"
    assert len(find("FIND {brunnhilde firstword} RETURNING Contact")) == 1
    http.patch(path, json={"LastName": "Secondword", "Email": "thirdword@example.com"})
    assert find("FIND {firstword} RETURNING Contact") == []
    assert len(find('FIND {"brunnhilde secondword" thirdword} RETURNING Contact')) == 1
    http.patch(path, json={"Email": None})
    assert find("FIND {thirdword} RETURNING Contact") == []
    http.delete(path)
    assert find("FIND {secondword} RETURNING Contact") == []


def test_what_is_refused_is_not_indexed(find: Find, http: httpx.Client) -> None:
    refused = http.post(f"{V}/sobjects/Contact", json={"LastName": "Neverword", "Email": "no"})
    assert refused.status_code == 400
    assert find("FIND {neverword}") == []


def words_of(text: str) -> list[str]:
    apart = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"[^\W_]+", "".join(each for each in apart if not unicodedata.combining(each)))


def test_plain_python_over_the_rows_finds_the_same(
    http: httpx.Client, find: Find, select: Callable[[str], Any]
) -> None:
    described = http.get(f"{V}/sobjects/Account/describe").json()["fields"]
    kinds = ("string", "textarea", "url", "email", "phone")
    fields = [field["name"] for field in described if field["type"] in kinds and field["createable"]]
    rows = select(f"SELECT Id, {', '.join(fields)} FROM Account WHERE ShippingCountry = null")["records"]
    texts = {row["Id"]: [word for name in fields for word in words_of(row[name] or "")] for row in rows}
    known = sorted(
        {
            word
            for words in texts.values()
            for word in words
            if len(word) > 2 and word.isascii() and word.isalpha()
        }
    )
    chance = random.Random(7)
    for _ in range(60):
        one, other, start = chance.choice(known), chance.choice(known), chance.choice(known)[:2]
        expected = {
            id
            for id, words in texts.items()
            if (one in words or other in words) and not any(word.startswith(start) for word in words)
        }
        text = f"({one} OR {other}) AND NOT {start}*".upper().replace(" AND ", " and ")
        where = "ShippingCountry = null"
        found = find(f"FIND {{{text}}} RETURNING Account(Id WHERE {where} ORDER BY Id)")
        assert {record["Id"] for record in found} == expected, text


MISTAKES = [
    ("", "MALFORMED_SEARCH", "No search term found. The search term must be enclosed in braces."),
    (
        "FIND lovelace",
        "MALFORMED_SEARCH",
        "No search term found. The search term must be enclosed in braces.",
    ),
    (
        "FIND 'lovelace'",
        "MALFORMED_SEARCH",
        "No search term found. The search term must be enclosed in braces.",
    ),
    ("FIND {}", "MALFORMED_SEARCH", "No search term found. The search term must be enclosed in braces."),
    ("FIND {a}", "INVALID_SEARCH", "search term must be longer than one character: a"),
    ("FIND {a*}", "INVALID_SEARCH", "search term must be longer than one character: a"),
    ("FIND {*}", "INVALID_SEARCH", "search term must be longer than one character: *"),
    ('FIND {lovelace OR "b"}', "INVALID_SEARCH", "search term must be longer than one character: b"),
    (
        "FIND {John|jane_gray} RETURNING Contact",
        "MALFORMED_SEARCH",
        "\nFIND {John|jane_gray} RETURNING Contact\n         ^\nERROR at Row:1:Column:10\n"
        "line 1:10 mismatched character '|' expecting '}'",
    ),
    (
        "FIND {name} IN ALL TYPE RETURNING Account(name)",
        "MALFORMED_SEARCH",
        "\nFIND {name} IN ALL TYPE RETURNING Account(name)\n                  ^\nERROR at Row:1:Column:19\n"
        "Malformed search token: TYPE",
    ),
    (
        "FIND {acme",
        "MALFORMED_SEARCH",
        "\nFIND {acme\n    ^\nERROR at Row:1:Column:5\nunexpected token: '<EOF>'",
    ),
    ("FIND {acme} RETURNING Group", "INVALID_TYPE", "entity type Group does not support search"),
    (
        "FIND {acme} RETURNING Account(Id OFFSET 2001)",
        "NUMBER_OUTSIDE_VALID_RANGE",
        "SOSL offset should be between 0 to 2000",
    ),
    (
        "FIND {acme} RETURNING Account(Id WHERE Name = :x)",
        "MALFORMED_SEARCH",
        "Bind variables only allowed in Apex code",
    ),
    (
        "FIND {acme} RETURNING Account LIMIT :size",
        "MALFORMED_SEARCH",
        "Bind variables only allowed in Apex code",
    ),
]


@pytest.mark.parametrize(("text", "code", "message"), MISTAKES)
def test_a_wrong_search_is_refused_in_salesforces_words(
    reject: Refuse, text: str, code: str, message: str
) -> None:
    assert reject(text) == (code, message)


@pytest.mark.parametrize(
    ("text", "code", "column", "ending"),
    [
        ("FIND {acme} RETURNING Account(Nmae)", "INVALID_FIELD", 31, "names."),
        ("FIND {acme} RETURNING Foo", "INVALID_TYPE", 23, "names."),
        ("FIND {acme} RETURNING Account, account", "MALFORMED_SEARCH", 32, "RETURNING: Account"),
        ("FIND {acme} RETURNING Account(Id USING ListView = Mine)", "MALFORMED_SEARCH", 23, "using expr"),
        ("FIND {acme} RETURNING Account WITH METADATA = 'X'", "MALFORMED_SEARCH", 31, "metadata type: X"),
        ("FIND {acme} RETURNING Account(Id WHERE Description = 'x')", "INVALID_FIELD", 40, "query call"),
    ],
)
def test_a_mistake_of_meaning_is_placed_in_the_search(
    reject: Refuse, text: str, code: str, column: int, ending: str
) -> None:
    told, message = reject(text)
    assert told == code
    assert f"ERROR at Row:1:Column:{column}\n" in message
    assert message.endswith(ending)


def answered(http: httpx.Client, text: str) -> str | None:
    """The code of a refusal; None for an answer."""
    response = http.get(f"{V}/search", params={"q": text})
    if response.status_code == 200:
        assert isinstance(response.json()["searchRecords"], list)
        return None
    assert response.status_code == 400, (text, response.text)
    (error,) = response.json()
    return str(error["errorCode"])


def test_every_valid_search_of_the_corpus_is_answered_and_every_other_refused(http: httpx.Client) -> None:
    schema = Describes()
    # Apex's alone, list views that the org doesn't have, and an sObject that describes as not searchable.
    beyond = re.compile(r"FIND [':]|= :|LIMIT :|ListView = My|Group")
    valid = [
        text
        for text in SEARCHES
        if not beyond.search(text) and all(each.severity != "error" for each in diagnose(text, schema))
    ]
    assert len(valid) > 45
    assert {text: code for text in valid if (code := answered(http, text))} == {}
    others = [text for text in SEARCHES if text not in valid] + [text for _, _, text in WRONG_SEARCHES]
    assert len(others) > 70
    assert {code for text in others if (code := answered(http, text))} <= CODES


HOSTILE = [
    "'; DROP TABLE Account; --",
    '" OR 1=1 --',
    "x' OR '1'='1",
    '"" NEAR("a" "b", 2)',
    "name : lovelace",
    "{name} : lovelace",
    "lovelace*) OR (name:*",
    "_search",
    "^lovelace + NOT * -",
    "a\x00b\x00lovelace",
    "\ue000\ue000 \x01\x02",
    "\\",
    "\\\\'\\\"",
    "?" * 50,
    "ab" + "*?" * 40 + "z",
    "\ud7ff\U0010ffff",
    "NOT NOT AND",
    "((((((((((",
    "%%%%__",
]


def escaped(text: str) -> str:
    return re.sub(r"""[?&|!{}\[\]()^~*:\\"'+-]""", r"\\\g<0>", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_gets_into_the_sql(http: httpx.Client, find: Find, text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    statements = [
        f"FIND {{{text}}}",
        f"FIND {{{escaped(text)}}}",
        f'FIND {{"{escaped(text)}"}}',
        f'FIND {{acme OR "{text}"}} RETURNING Account({text})',
        f"FIND {{lovelace}} RETURNING {text}(Id)",
        f"FIND {{lovelace}} RETURNING Contact(Id WHERE Name = '{quoted}')",
        f"FIND {{lovelace}} RETURNING Contact(Id WHERE Name LIKE '{quoted}' ORDER BY {text})",
        f"FIND {{lovelace}} RETURNING Contact(Id USING ListView = {text})",
        f"FIND {{lovelace}} RETURNING Product2 WITH PricebookId = '{quoted}'",
        f"FIND {{lovelace}} RETURNING Contact WITH DIVISION = '{quoted}' WITH METADATA = '{quoted}'",
        f"FIND {{lovelace}} RETURNING Contact WITH NETWORK IN ('{quoted}')",
    ]
    for statement in statements:
        assert answered(http, statement) in CODES | {None}, statement
    assert len(find("FIND {lovelace} RETURNING Contact")) == 1


LONG = {
    "words joined by AND": " AND ".join(["lovelace"] * 300),
    "words left out": " AND NOT ".join(["lovelace"] * 230),
    "alternatives": " OR ".join(f"word{number}" for number in range(300)),
    "parentheses": "(" * 50 + "lovelace" + ")" * 50,
    "parentheses within parentheses": "(a1 OR " * 55 + "a2" + ")" * 55,
    "one word": "x" * 9_000,
    "wildcards": " OR ".join(["a?*e*?*"] * 100),
    "different wildcards": " OR ".join(f"{one}{other}?*" for one in "abcdefgh" for other in "aeiourst"),
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_search_is_answered_or_refused(http: httpx.Client, kind: str) -> None:
    told = answered(http, f"FIND {{{LONG[kind]}}} RETURNING Contact")
    assert told in {None, "QUERY_TOO_COMPLICATED"}


def test_beyond_4000_characters_operators_no_longer_count_and_beyond_10000_nothing_does(find: Find) -> None:
    padding = " ".join(["lovelace"] * 450)
    assert len(find(f"FIND {{lovelace OR nobody OR {padding[:3000]}}} RETURNING Contact")) == 1
    assert find(f"FIND {{lovelace OR nobody OR {padding}}} RETURNING Contact") == []
    assert len(find(f"FIND {{ada OR {padding}}} RETURNING Contact")) == 1
    assert find(f"FIND {{{'lovelace ' * 1_200}}} RETURNING Contact") == []


def test_what_is_found_looks_like_a_page_of_results(http: httpx.Client) -> None:
    order = http.get(f"{V}/search/scopeOrder").json()
    assert {"type": "Account", "url": f"{V}/sobjects/Account/describe"} in order
    (layout,) = http.get(f"{V}/search/layout", params={"q": "Contact"}).json()
    assert layout["objectType"] == "Contact"
    assert layout["searchColumns"][0] == {
        "field": "Contact.Name",
        "format": None,
        "label": "Full Name",
        "name": "Name",
    }
    assert http.get(f"{V}/searchlayout", params={"q": "Contact"}).json() == [layout]
    assert http.get(f"{V}/search/layout", params={"q": "Foo"}).status_code == 400
