"""The token and its secrets."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import pickle

import pytest

from sfexplorer.client import InsecureUrl, OAuth, PasswordGrant, Secret, UnexpectedReply

IDENTITY = "https://login.salesforce.com/id/00D5f0000001abcEAA/0055f000001xyzQAAQ"
SIGNED = base64.b64encode(
    hmac.digest(b"app-secret", f"{IDENTITY}1700000000000".encode(), hashlib.sha256)
).decode()


def oauth(**parts: str) -> OAuth:
    told = {
        "id": IDENTITY,
        "issued_at": "1700000000000",
        "signature": SIGNED,
        "refresh_token": "5Aep861-refresh",
        "scope": "api web",
    }
    return OAuth("00D5f0000001abc!AQ0-token", "https://acme.my.salesforce.com/", **{**told, **parts})


def test_it_survives_json() -> None:
    assert OAuth.from_json(oauth().to_json()) == oauth()
    bare = OAuth("00D!x", "acme.my.salesforce.com")
    assert OAuth.from_json(bare.to_json()) == bare


def test_it_reads_salesforces_token_reply() -> None:
    told = OAuth.from_json(
        b'{"access_token":"00D!t","instance_url":"https://acme.my.salesforce.com","id":"","token_type":"Bearer",'
        b'"issued_at":"1","signature":"s","id_token":"ignored"}'
    )
    assert told.access_token.reveal() == "00D!t"
    assert told.refresh_token is None


def test_it_knows_user_and_org() -> None:
    assert oauth().user_id == "0055f000001xyzQAAQ"
    assert oauth().organization_id == "00D5f0000001abcEAA"
    assert oauth(id="").organization_id == "00D5f0000001abcEAA"
    assert oauth(id="").user_id == ""


def test_its_ids_have_18_characters_wherever_they_come_from() -> None:
    short = oauth(id="https://login.salesforce.com/id/00D5f0000001abc/0055f000001xyzQ")
    assert (short.organization_id, short.user_id) == (oauth().organization_id, oauth().user_id)


@pytest.mark.parametrize("token", ["opaque", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "00D!x", "00D short!x"])
def test_what_neither_url_nor_token_tells_is_empty(token: str) -> None:
    nobody = OAuth(token, "acme.my.salesforce.com", id="https://login.salesforce.com/id/somebody/someone")
    assert (nobody.organization_id, nobody.user_id) == ("", "")


def test_the_signature_is_checked() -> None:
    assert oauth().verify("app-secret")
    assert not oauth().verify("another-secret")
    assert not oauth(id=IDENTITY.replace("xyz", "xyy")).verify("app-secret")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"access_token": 5, "instance_url": "https://a.b"}', b"\xff"]
)
def test_what_is_no_token_reply_is_refused(text: str | bytes) -> None:
    with pytest.raises(UnexpectedReply):
        OAuth.from_json(text)


def test_an_insecure_instance_is_refused() -> None:
    with pytest.raises(InsecureUrl):
        OAuth("00D!x", "http://example.com")


@pytest.mark.parametrize("shown", [repr, str, "{}".format])
def test_secrets_are_not_printed(shown: object) -> None:
    assert callable(shown)
    grant = PasswordGrant("ada@example.com", "open-sesame", "tok123")
    texts = f"{shown(oauth())} {shown(grant)} {shown(Secret('AQ0'))}"
    assert "Secret('***')" in texts
    for secret in ("AQ0", "5Aep861", "open-sesame", "tok123"):
        assert secret not in texts


def test_secrets_are_not_pickled_and_are_compared_by_text() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(oauth())
    assert copy.deepcopy(oauth()) == copy.copy(oauth()) == oauth()
    assert hash(Secret("a")) == hash(Secret("a"))
    assert Secret("a") != Secret("b")
    assert not Secret("")
