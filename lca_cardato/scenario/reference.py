"""Generate the schema reference of scenario files from the models."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from lca_cardato.scenario.evidence import Evidence
from lca_cardato.scenario.models import (
    BlendLine,
    Company,
    Electricity,
    Figure,
    Product,
    Scenario,
    StepEntry,
    Traceability,
    TransportLeg,
    Yarn,
)

SECTIONS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The file", Scenario),
    ("`company`", Company),
    ("`product`", Product),
    ("`blend`, one entry per fibre", BlendLine),
    ("`transport`, one entry per leg", TransportLeg),
    ("`yarns`, one entry per yarn", Yarn),
    ("`route` and `steps`, by step name", StepEntry),
    ("A figure", Figure),
    ("`electricity`", Electricity),
    ("`traceability`", Traceability),
    ("`documents`, by name", Evidence),
)

HEAD = """# Scenario files

A scenario describes one product: a YAML file in UTF-8 that a mill engineer writes in minutes.
`lca-cardato new FILE` writes a commented one, `lca-cardato validate FILE` checks it.
This page is generated from the models by `python -m lca_cardato.scenario.reference`.

- Numbers take a decimal point and always a unit: `0.45 kWh/kg`, `16.5 MJ/kg`, `31 L/kg`, `8 %`.
- Units: mass `kg g mg t`, energy `kWh MWh Wh MJ GJ kJ`, gas `Sm3` (with its heating value),
  volume `L mL m3`, length `m km`, surface mass `g/m2`, and ratios of two of them.
- Yarn counts: `Nm 10`, `Nm 2/28` (two plies of Nm 28), `100 tex`, `1000 dtex`, `150 den`, `Ne 16`.
- Every share list sums to exactly 100 %; it is added up as fractions, not as floating point.
- YAML anchors, aliases, tags and duplicate keys are refused; every value stays the text it is.
- What is left out takes the inventory's default and is listed in the result as such.
"""


def reference_page() -> str:
    """Write the reference page (Markdown)."""
    return "".join([HEAD, *(section(title, model) for title, model in SECTIONS)])


def section(title: str, model: type[BaseModel]) -> str:
    """Write the table of one model."""
    parts = [f"\n## {title}\n\n| key | value | needed | meaning |\n|---|---|---|---|\n"]
    schema = model.model_json_schema(by_alias=True)
    required = set(schema.get("required", []))
    for name, field in model.model_fields.items():
        key = field.alias or name
        value = describe(schema["properties"][key], schema)
        needed = "yes" if key in required else ""
        parts.append(f"| `{key}` | {value} | {needed} | {field.description or ''} |\n")
    return "".join(parts)


def describe(item: dict[str, Any], schema: dict[str, Any]) -> str:
    """Say in words what a value looks like."""
    if "$ref" in item:
        return item["$ref"].rpartition("/")[2].lower()
    if len(item.get("allOf", [])) == 1:  # how older versions of pydantic wrap a reference
        return describe(item["allOf"][0], schema)
    if "anyOf" in item:
        options = [describe(o, schema) for o in item["anyOf"] if o.get("type") != "null"]
        return " or ".join(dict.fromkeys(options))
    if "enum" in item:
        return "one of " + ", ".join(f"`{option}`" for option in item["enum"])
    if item.get("type") == "array":
        return "list of " + describe(item["items"], schema)
    if item.get("type") == "object":
        return "mapping of " + describe(item.get("additionalProperties", {}), schema)
    if "x-unit" in item:
        return f"quantity in {item['x-unit']}, e.g. `{item['examples'][0]}`"
    if "examples" in item:
        return f"e.g. `{item['examples'][0]}`"
    return "identifier" if "pattern" in item else "text"


if __name__ == "__main__":
    print(reference_page(), end="")
