"""Further impact assessment methods: shipped ones, those of the user's project, a file of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping, Optional

from lca_cardato.lcia.corrections import corrections_of
from lca_cardato.lcia.indicators import BY_ID, Indicator
from lca_cardato.words.language import OTHERS

FILE = Path(__file__).resolve().parent / "methods.yaml"
SHIPPED = ("ipcc_", "recipe_", "ced_", "en15804_")
"""How the ids of shipped methods begin."""
SOURCE = "bw2io, ecoinvent's implementation 3.9"
"""Where the factors of shipped methods come from."""
FlowName = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Factors:
    """Characterisation factors, looked up by code, then by name, then by compartment.

    Attributes
    ----------
    by_code : mapping
        Code of the flow in Brightway's biosphere -> factor.
    by_name : mapping
        Name and categories -> factor.
    by_compartment : mapping
        Name and compartment -> factor, for every sub-compartment that is not named.
    """

    by_code: Mapping[str, float] = field(default_factory=dict)
    by_name: Mapping[FlowName, float] = field(default_factory=dict)
    by_compartment: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def of(self, code: str, name: str, categories: tuple[str, ...]) -> float:
        """Factor of a flow; 0 where there is none."""
        if code in self.by_code:
            return self.by_code[code]
        if (name, categories) in self.by_name:
            return self.by_name[name, categories]
        return self.by_compartment.get((name, categories[0] if categories else ""), 0.0)


@dataclass(frozen=True)
class Method:
    """A method that is asked for beside the indicators.

    Attributes
    ----------
    indicator : Indicator
    factors : Factors or None
        None for a shipped method, whose factors stand in the store.
    source : str
        Where its factors come from, for the reader.
    """

    indicator: Indicator
    factors: Optional[Factors]
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data, with its factors where they are not shipped."""
        one = self.indicator
        found: dict[str, Any] = {
            "id": one.id, "name": one.name, "unit": one.unit, "family": one.family,
            "method": list(one.method or ()), "source": self.source,
        }  # fmt: skip
        if self.factors is not None:
            found["by_code"] = dict(sorted(self.factors.by_code.items()))
            for key, table in (
                ("by_name", self.factors.by_name), ("by_compartment", self.factors.by_compartment)
            ):  # fmt: skip
                found[key] = [[name, where, v] for (name, where), v in sorted(table.items())]
        return found


def shipped_method(key: str) -> Method:
    """Give a shipped method by id."""
    method = library()[key]
    count = len(corrections_of(method))
    return Method(method, None, f"{SOURCE}; {count} factors corrected" if count else SOURCE)


def method_of(data: Mapping[str, Any]) -> Method:
    """Read what `Method.to_dict` gave."""
    one = Indicator(
        data["id"], data["unit"], data["family"], tuple(data["method"]) or None, name=data["name"]
    )
    if "by_code" not in data:
        return Method(library()[data["id"]], None, data["source"])
    by_name = {(name, tuple(where)): value for name, where, value in data["by_name"]}
    wide = {(name, where): value for name, where, value in data["by_compartment"]}
    return Method(one, Factors(data["by_code"], by_name, wide), data["source"])


@lru_cache(maxsize=1)
def groups() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Groups of shipped methods: id -> title and ids of its methods."""
    return {
        key: (group["title"], tuple(group["methods"])) for key, group in _file()["groups"].items()
    }


@lru_cache(maxsize=1)
def library() -> dict[str, Indicator]:
    """Shipped methods by id."""
    found = {}
    for group in _file()["groups"].values():
        for key, item in group["methods"].items():
            found[key] = Indicator(
                key, item["unit"], item.get("family", ""), tuple(item["method"]),
                name=f"{group['title']}: {item['name']}", counts=item.get("counts", ""),
            )  # fmt: skip
    return found


@lru_cache(maxsize=1)
def _file() -> Any:
    import yaml

    from lca_cardato.text.yamltree import LOADER

    return yaml.load(FILE.read_text(encoding="utf-8"), Loader=LOADER)


def describe(name: str) -> Optional[Indicator]:
    """Give an indicator or shipped method by id."""
    return BY_ID.get(name) or library().get(name)


def own_name(key: str) -> Optional[str]:
    """Name of a shipped method as the method gives it; None for any other key."""
    method = library().get(key) if key.startswith(SHIPPED) else None
    return method.name if method else None


OTHERS.append(own_name)
