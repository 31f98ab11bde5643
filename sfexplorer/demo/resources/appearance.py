"""What an app shows besides records: tabs, their colours, and quick actions."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import not_found
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.resources.records import type_of
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

# The colours and icons of the objects that everybody knows; custom ones share the last entry.
_COLOURS = {
    "Account": "5867E8",
    "Campaign": "F49756",
    "Case": "FF538A",
    "Contact": "9602C7",
    "Lead": "FF5D2D",
    "Opportunity": "FF5D2D",
    "Product2": "0B827C",
    "Task": "3BA755",
    "Event": "CB65FF",
    "User": "107CAD",
}
_OTHERS = "0D9DDA"
# What can be begun from anywhere: the sObject that each action creates.
_ACTIONS = {
    "NewTask": ("New Task", "Task"),
    "NewContact": ("New Contact", "Contact"),
    "NewCase": ("New Case", "Case"),
    "NewLead": ("New Lead", "Lead"),
    "NewOpportunity": ("New Opportunity", "Opportunity"),
    "NewAccount": ("New Account", "Account"),
}


def routes() -> list[BaseRoute]:
    """The paths of tabs, themes and quick actions."""
    return [
        data("/tabs", since=31, GET=tabs),
        data("/theme", since=29, GET=theme),
        data("/quickActions", since=28, GET=quick_actions),
        data("/quickActions/{action}", since=28, GET=quick_action),
        data("/quickActions/{action}/describe", since=28, GET=quick_action),
        data("/sobjects/{type}/quickActions", since=28, GET=quick_actions_of),
    ]


def _colour(name: str) -> str:
    return _COLOURS.get(name, _OTHERS)


def _shown(call: Call) -> list[SObjectType]:
    """The sObjects with pages of their own."""
    return [each for each in call.org.schema if each.flags["layoutable"] and each.flags["mruEnabled"]]


def _looks(call: Call, found: SObjectType) -> dict[str, Any]:
    icons = "custom" if found.custom else "standard"
    picture = f"{call.org.url}/img/icon/t4v35/{icons}/{found.name.lower()}"
    return {
        "colors": [{"color": _colour(found.name), "context": "primary", "theme": "theme4"}],
        "icons": [
            {
                "contentType": "image/png",
                "height": size,
                "theme": "theme4",
                "url": f"{picture}_{size}.png",
                "width": size,
            }
            for size in (60, 120)
        ],
    }


async def tabs(call: Call) -> Response:
    """The tabs that the user has."""
    return json_answer([_tab(call, each) for each in _shown(call)])


def _tab(call: Call, found: SObjectType) -> dict[str, Any]:
    looks = _looks(call, found)
    return {
        **looks,
        "custom": found.custom,
        "iconUrl": looks["icons"][0]["url"],
        "label": found.label_plural,
        "miniIconUrl": looks["icons"][0]["url"],
        "name": found.name if found.custom else f"standard-{found.name}",
        "sobjectName": found.name,
        "url": f"{call.org.url}/{found.key_prefix}/o",
    }


async def theme(call: Call) -> Response:
    """The colours and icons of all sObjects."""
    return json_answer({"themeItems": [{**_looks(call, each), "name": each.name} for each in _shown(call)]})


async def quick_actions(call: Call) -> Response:
    """The actions that can be begun from anywhere."""
    return json_answer([_action(call, name, "quickActions") for name in _ACTIONS])


async def quick_actions_of(call: Call) -> Response:
    """The actions that can be begun from an sObject's records."""
    path = f"sobjects/{type_of(call).name}/quickActions"
    return json_answer([_action(call, name, path) for name in _ACTIONS])


async def quick_action(call: Call) -> Response:
    """One action."""
    wanted = call.part("action").lower()
    name = next((each for each in _ACTIONS if each.lower() == wanted), None)
    if name is None:
        raise not_found()
    return json_answer({**_action(call, name, "quickActions"), "targetSobjectType": _ACTIONS[name][1]})


def _action(call: Call, name: str, path: str) -> dict[str, Any]:
    root = f"{call.base}/{path}/{name}"
    return {
        "label": _ACTIONS[name][0],
        "name": name,
        "type": "Create",
        "urls": {
            "defaultValues": f"{root}/defaultValues",
            "describe": f"{root}/describe",
            "quickAction": root,
        },
    }
