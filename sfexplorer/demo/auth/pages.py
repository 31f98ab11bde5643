"""The pages that a person sees: signing in, being asked, and being told. Plain HTML, no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse

from sfexplorer.demo.credentials import PASSWORD

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:22rem;margin:10vh auto;padding:0 1rem}"
    "label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}"
    "input,button{margin:.25rem 0 1rem;padding:.5rem}"
    ".error{color:#a00}.note{color:#555;font-size:.85rem}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
WRONG = "Please check your username and password. If you still can't log in, contact your administrator."
_NOTE = f"A demo org with made-up records. The password of every user is {PASSWORD}."


def login_page(
    action: str, username: str = "", error: str = "", user_code: str | None = None
) -> HTMLResponse:
    """The form that asks for username and password.

    Args:
        action: where the form goes.
        username: what stands in its first field already.
        error: what was wrong the last time.
        user_code: the code that a device shows, which is asked for too; None where there is no device.
    """
    lines = [_input("user_code", "Code", user_code)] if user_code is not None else []
    lines += [_input("username", "Username", username), _input("password", "Password", kind="password")]
    lines.append('<button type="submit">Log In</button>')
    failed = f'<p class="error">{escape(error)}</p>' if error else ""
    title = "Connect a device" if user_code is not None else "Log in to the demo org"
    return _page(title, f'{failed}{_form(action, lines)}<p class="note">{escape(_NOTE)}</p>')


def consent_page(action: str, ticket: str, words: Mapping[str, str], leads_to: str) -> HTMLResponse:
    """The form that asks whether an app may have what it wants.

    Args:
        action: where the form goes.
        ticket: what tells which question is answered.
        words: what is asked, by the names of its parts.
        leads_to: the scheme of the URI that the answer leads to; "" where it leads to a page of the org.
    """
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in words.items())
    lines = [
        f'<input type="hidden" name="ticket" value="{escape(ticket)}">',
        '<button type="submit" name="decision" value="allow">Allow</button>',
        '<button type="submit" name="decision" value="deny">Deny</button>',
    ]
    return _page("Allow Access?", f"<dl>{listed}</dl>{_form(action, lines)}", leads_to=leads_to)


def message_page(title: str, text: str, status: int = 200) -> HTMLResponse:
    """A page that only tells."""
    return _page(title, f"<p>{escape(text)}</p>", status)


def _form(action: str, lines: list[str]) -> str:
    return f'<form method="post" action="{escape(action)}">{"".join(lines)}</form>'


def _input(name: str, label: str, value: str = "", kind: str = "text") -> str:
    field = f'<input type="{kind}" id="{name}" name="{name}" value="{escape(value)}" autocomplete="off">'
    return f'<label for="{name}">{label}</label>{field}'


def _page(title: str, body: str, status: int = 200, leads_to: str = "") -> HTMLResponse:
    # Browsers hold `form-action` against redirects too, so the app's scheme must be in it.
    targets = f"'self' {leads_to}:" if leads_to else "'self'"
    policy = (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action {targets}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    html = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
    headers = {
        "Content-Security-Policy": policy,
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(html, status, headers)
