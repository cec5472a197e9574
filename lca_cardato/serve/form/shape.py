"""How a scenario is nested: its fields and its parts, model by model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Union

from lca_cardato.once import Once
from lca_cardato.scenario.entry.fields import Field, field_of
from lca_cardato.scenario.models import Scenario


@dataclass(frozen=True)
class Part:
    """A part of a model that has fields of its own.

    Attributes
    ----------
    key : str
    model : str
        Model of the part, or of each of its entries; empty where an entry is a text.
    many : str
        ``""`` for what there is once, ``"list"`` or ``"mapping"`` for what repeats.
    always : bool
        Whether it is there in every file, so that a form shows it from the start.
    """

    key: str
    model: str
    many: str = ""
    always: bool = False


@Once
def _schema() -> dict[str, Any]:
    return Scenario.model_json_schema(by_alias=True)


@lru_cache(maxsize=64)
def shape(model: str) -> dict[str, Union[Field, Part]]:
    """Give fields and parts of a model, in its order.

    Parameters
    ----------
    model : str
        Such as ``Scenario`` or ``Figure``.

    Returns
    -------
    dict
        Key of the file -> field or part. The line that names the kind of file is not among them.
    """
    schema = _schema()
    told = schema if model == "Scenario" else schema["$defs"][model]
    found: dict[str, Union[Field, Part]] = {}
    for key, item in told["properties"].items():
        try:
            found[key] = field_of(model, key)
        except KeyError:
            if (part := _part(key, item)) is not None:
                found[key] = part
    return found


def _part(key: str, item: dict[str, Any]) -> Union[Part, None]:
    one = next((o for o in item.get("anyOf", [item]) if o.get("type") != "null"), item)
    if "$ref" in one:
        model = _name(one)
        return Part(key, model, always=model != "Figure")
    if one.get("type") == "array":
        return Part(key, _name(one["items"]), "list")
    if one.get("type") == "object":
        inner = one.get("additionalProperties") or next(iter(one["patternProperties"].values()))
        return Part(key, _name(inner) if "$ref" in inner else "", "mapping")
    return None


def _name(item: dict[str, Any]) -> str:
    return str(item["$ref"]).rpartition("/")[2]
