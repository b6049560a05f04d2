"""What the sockets of a room say, for programs: `scripts/contract.py` writes it into `contract/`."""

import inspect
import re
from typing import Any

from pydantic import TypeAdapter

from interview_platform.kit.close_codes import CloseCode
from interview_platform.room.messages import client_frame, server_event


def room_schema() -> dict[str, Any]:
    """JSON Schema of the events socket: `ServerEvent` is what we send, `ClientFrame` what we take."""
    mapping, schema = TypeAdapter.json_schemas(
        [("event", "serialization", server_event), ("frame", "validation", client_frame)]
    )
    definitions = {name: _without_titles(part) for name, part in schema["$defs"].items()}
    definitions["ServerEvent"] = _union(mapping["event", "serialization"])
    definitions["ClientFrame"] = _union(mapping["frame", "validation"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Room",
        "description": "Messages of /api/sessions/{id}/events.",
        "type": "object",
        "properties": {"event": _ref("ServerEvent"), "frame": _ref("ClientFrame")},
        "required": ["event", "frame"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def close_codes() -> dict[str, Any]:
    """Why a socket was closed, by number."""
    notes = _notes(inspect.getsource(CloseCode))
    return {str(code.value): {"name": code.name.lower(), "meaning": notes.get(code.name, "")} for code in CloseCode}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _union(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "title"}


def _without_titles(schema: dict[str, Any]) -> dict[str, Any]:
    """Pydantic titles every property after its name, which generators would turn into a type each."""
    properties = {
        name: {key: value for key, value in part.items() if key != "title"}
        for name, part in schema.get("properties", {}).items()
    }
    out = {key: value for key, value in schema.items() if key != "title"}
    if properties:
        # The word that tells which message this is has a default inside, but is always there.
        always = {name for name, part in properties.items() if "const" in part}
        required = [name for name in properties if name in always or name in schema.get("required", ())]
        out |= {"properties": properties, "required": required, "additionalProperties": False}
    return out


def _notes(source: str) -> dict[str, str]:
    """The texts below the members of the enumeration."""
    return dict(re.findall(r'(\w+) = \d+\n\s+"""(.*?)"""', source, re.DOTALL))
