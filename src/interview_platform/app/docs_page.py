"""`/api/docs`: the OpenAPI document as one readable page. No script, nothing loaded from elsewhere."""

from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
details { border: 1px solid #8886; border-radius: 6px; margin: .4rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; } summary:focus-visible { outline: 2px solid; outline-offset: 2px; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; } pre { overflow-x: auto; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 700; }
"""


def docs_page(document: dict[str, Any]) -> str:
    """HTML of an OpenAPI 3.1 document as FastAPI makes it."""
    groups: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        group = path.removeprefix("/api/").split("/")[0]
        for method, operation in operations.items():
            groups.setdefault(group, []).append(_operation(method, path, operation))
    sections = "".join(f"<h2>{escape(name)}</h2>{''.join(items)}" for name, items in sorted(groups.items()))
    schemas = "".join(
        f'<details id="{escape(name)}"><summary><code>{escape(name)}</code></summary>{_schema(schema)}</details>'
        for name, schema in sorted(document.get("components", {}).get("schemas", {}).items())
    )
    title = escape(document["info"]["title"])
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title} API</title><style>{_STYLE}</style><h1>{title} API</h1>"
        f"<p>{escape(document['info'].get('description', ''))} The same for programs: "
        f'<a href="/api/openapi.json">openapi.json</a>.</p>{sections}<h2>Shapes</h2>{schemas}</html>'
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parts = [f"<p>{escape(operation.get('description', ''))}</p>"]
    parameters = operation.get("parameters", [])
    if parameters:
        rows = "".join(
            f"<li><code>{escape(p['name'])}</code> in {escape(p['in'])}: {_type(p.get('schema', {}))}</li>"
            for p in parameters
        )
        parts.append(f"<p>Parameters</p><ul>{rows}</ul>")
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        parts.append(f"<p>Body: {_type(body)}</p>")
    answers = "".join(
        f"<li><code>{escape(status)}</code> {escape(answer.get('description', ''))} "
        f"{_type(answer.get('content', {}).get('application/json', {}).get('schema', {}))}</li>"
        for status, answer in operation.get("responses", {}).items()
    )
    parts.append(f"<p>Answers</p><ul>{answers}</ul>")
    head = f'<span class="method">{method.upper()}</span> <code>{escape(path)}</code> {escape(operation["summary"])}'
    return f"<details><summary>{head}</summary>{''.join(parts)}</details>"


def _schema(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return f"<p>One of {', '.join(f'<code>{escape(str(v))}</code>' for v in schema['enum'])}</p>"
    required = set(schema.get("required", ()))
    rows = "".join(
        f"<li><code>{escape(name)}</code>{'' if name in required else ' (optional)'}: {_type(part)} "
        f"{escape(part.get('description', ''))}</li>"
        for name, part in schema.get("properties", {}).items()
    )
    return f"<p>{escape(schema.get('description', ''))}</p><ul>{rows}</ul>"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}"><code>{name}</code></a>'
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return " or ".join(_type(part) for part in schema[choice])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return f"<code>{escape(str(schema.get('const', schema.get('type', ''))))}</code>"
