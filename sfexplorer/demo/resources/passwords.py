"""A user's password: whether it has expired, a new one set, or one made up (`.../User/ID/password`)."""

from __future__ import annotations

import secrets

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import Refusal, not_found, refusal
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.bodies import json_object
from sfexplorer.demo.web.call import Call, data

_FIELD = "newpassword"
_SHORTEST = 8
_MADE_UP_BYTES = 9


def routes() -> list[BaseRoute]:
    """The path, which must go before those of external ids: it has the form of one."""
    return [data("/sobjects/User/{id}/password", since=24, GET=status, POST=change, DELETE=reset)]


async def status(call: Call) -> Response:
    """Whether the password has expired; none ever does."""
    await _user_id(call)
    return json_answer({"isExpired": False})


async def change(call: Call) -> Response:
    """Set a password. Clients write the field's name in any case (nforce: `newPassword`)."""
    user_id = await _user_id(call)
    body = {name.lower(): value for name, value in json_object(await call.body()).items()}
    wanted = body.get(_FIELD)
    if not isinstance(wanted, str) or len(wanted) < _SHORTEST:
        raise _too_weak(f"Your password must be at least {_SHORTEST} characters long.")
    if not (any(map(str.isalpha, wanted)) and any(map(str.isdigit, wanted))):
        raise _too_weak("Your password must include letters and numbers")
    call.org.passwords[user_id] = wanted
    return nothing()


async def reset(call: Call) -> Response:
    """Make up a password; nobody is sent a mail about it, so it is in the answer."""
    user_id = await _user_id(call)
    # Both kinds of characters, whatever chance brings.
    made = f"a1{secrets.token_urlsafe(_MADE_UP_BYTES)}"
    call.org.passwords[user_id] = made
    return json_answer({"NewPassword": made})


async def _user_id(call: Call) -> str:
    user = await call.org.user(canonical(call.part("id")) or "")
    if user is None:
        raise not_found()
    return user.id


def _too_weak(message: str) -> Refusal:
    return refusal(400, "INVALID_NEW_PASSWORD", message)
