"""Accidents that happen to valid requests: each of them is a request that somebody could send."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.demo.asked import Asked
from tests.demo.hostile_values import HEADERS, INJECTIONS, METHODS, RAW, TEXTS, VALUES


def spoilt(asked: Asked, chance: random.Random) -> Asked:
    """The request after one to three accidents; now and then none."""
    for _ in range(chance.choice([0, 1, 1, 1, 1, 2, 2, 3])):
        asked = chance.choice(_ACCIDENTS)(asked, chance)
    return asked


def injected(asked: Asked) -> Iterator[Asked]:
    """The request with a piece of SQL for each of its texts in turn: in its path, parameters and body."""
    for text in INJECTIONS:
        parts = asked.path.split("/")
        for number in range(1, len(parts)):
            yield replace(asked, path="/".join([*parts[:number], _quoted(text), *parts[number + 1 :]]))
        for name in asked.params:
            yield replace(asked, params={**asked.params, name: text})
            yield replace(asked, params={**asked.params, name: asked.params[name] + text})
        for place in _places(asked.body):
            yield replace(asked, body=_changed(asked.body, place, text))
            yield replace(asked, body=_renamed(asked.body, place, text))
        if isinstance(asked.body, bytes):
            yield replace(
                asked, body=asked.body.replace(b"FUZZ-4", text.encode()).replace(b"Name", text.encode())
            )


def _path(asked: Asked, chance: random.Random) -> Asked:
    parts = asked.path.split("/")
    place, text = chance.randrange(1, len(parts)), _quoted(chance.choice(TEXTS))
    match chance.randint(0, 3):
        case 0:
            parts[place] = text
        case 1:
            parts.insert(place, text)
        case 2:
            del parts[place]
        case _:
            parts[place] = f"{parts[place]}{text}"
    return replace(asked, path="/".join(parts) or "/")


def _method(asked: Asked, chance: random.Random) -> Asked:
    return replace(asked, method=chance.choice(METHODS))


def _header(asked: Asked, chance: random.Random) -> Asked:
    name, values = chance.choice(HEADERS)
    return replace(asked, headers={**asked.headers, name: chance.choice(values)})


def _parameter(asked: Asked, chance: random.Random) -> Asked:
    names = [
        *asked.params,
        "q",
        "fields",
        "ids",
        "limit",
        "format",
        "_HttpMethod",
        "oauth_token",
        chance.choice(TEXTS),
    ]
    name = chance.choice(names)
    before = asked.params.get(name, "")
    text = chance.choice([chance.choice(TEXTS), _texts_spoilt(before, chance)])
    return replace(asked, params={**asked.params, name: text})


def _body(asked: Asked, chance: random.Random) -> Asked:
    """One place of the body has another value, another name, is left out or is there twice."""
    places = list(_places(asked.body))
    if not places:
        return _raw(asked, chance)
    place = chance.choice(places)
    if asked.is_form:
        return replace(asked, body=_changed(asked.body, place, chance.choice(TEXTS)))
    match chance.randint(0, 6):
        case 0:
            return replace(asked, body=_renamed(asked.body, place, chance.choice(TEXTS)))
        case 1:
            return replace(
                asked, body=_changed(asked.body, place, [_at(asked.body, place)] * chance.randint(2, 300))
            )
        case 2:
            return replace(asked, body=_changed(asked.body, place, chance.choice(TEXTS)))
        case 3:
            return replace(
                asked, body=_changed(asked.body, place, _texts_spoilt(_at(asked.body, place), chance))
            )
        case _:
            return replace(asked, body=_changed(asked.body, place, chance.choice(VALUES)))


def _raw(asked: Asked, chance: random.Random) -> Asked:
    """The bytes of the body are others, or damaged."""
    content = content_of(asked)
    if not content or chance.random() < 0.4:
        return replace(asked, body=chance.choice(RAW), is_form=False)
    start = chance.randint(0, len(content))
    end = min(len(content), start + chance.randint(0, 8))
    piece = chance.choice(
        [b"", b"\x00", b'"', b"\xff", b",", b"\n", b"]", b"{", chance.choice(TEXTS).encode()]
    )
    damaged = chance.choice([content[:start], content[:start] + piece + content[end:], content * 2])
    return replace(asked, body=damaged, headers={**_content_type(asked), **asked.headers}, is_form=False)


def _zip(asked: Asked, chance: random.Random) -> Asked:
    """The body is zipped, and now and then its end is missing."""
    zipped = gzip.compress(content_of(asked))
    headers = {**headers_of(asked), "Content-Encoding": "gzip"}
    body = zipped[: chance.choice([len(zipped), len(zipped) // 2])]
    return replace(asked, body=body, headers=headers, is_form=False)


_ACCIDENTS = [_zip, _path, _method, _header, _parameter, _parameter, _body, _body, _body, _body, _raw]


def content_of(asked: Asked) -> bytes:
    """The bytes of a request's body."""
    if asked.body is None or isinstance(asked.body, bytes):
        return asked.body or b""
    if asked.is_form:
        return "&".join(f"{_quoted(name)}={_quoted(text)}" for name, text in asked.body.items()).encode()
    return json.dumps(asked.body).encode()


def headers_of(asked: Asked) -> dict[str, str]:
    """The headers of a request, with the content type that goes with its body."""
    return {**_content_type(asked), **asked.headers}


def _content_type(asked: Asked) -> dict[str, str]:
    if asked.body is None or isinstance(asked.body, bytes):
        return {}
    return {"Content-Type": "application/x-www-form-urlencoded" if asked.is_form else "application/json"}


def _quoted(text: str) -> str:
    """A text percent-encoded, but for `%xx` that it has already."""
    safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%@{}[]"
    return "".join(
        each if each in safe else "".join(f"%{byte:02X}" for byte in each.encode("utf-8", "surrogatepass"))
        for each in text
    )


def _texts_spoilt(value: Any, chance: random.Random) -> Any:
    """A text with another one somewhere in it; anything else as it is."""
    if not isinstance(value, str):
        return value
    start = chance.randint(0, len(value))
    return value[:start] + chance.choice(TEXTS) + value[min(len(value), start + chance.randint(0, 6)) :]


def _places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where anything stands in a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*before, key)
        yield from _places(item, (*before, key))


def _at(value: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        value = value[key]
    return value


def _changed(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """The value with another one at a place."""
    if not place:
        return new
    key, *rest = place
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = _changed(value[key], tuple(rest), new)
    return copy


def _renamed(value: Any, place: tuple[Any, ...], name: str) -> Any:
    """The value with another name for a place; one in a list is left out."""
    *above, key = place
    around = _at(value, tuple(above))
    if isinstance(around, list):
        return _changed(value, tuple(above), around[:key] + around[key + 1 :])
    others = {name if each == key else each: item for each, item in around.items()}
    return _changed(value, tuple(above), others)
