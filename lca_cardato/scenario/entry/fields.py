"""What a person fills in: every key of a scenario once, for workbooks and forms.

Kinds, units, words to choose from and what is needed come from the models, sentences from
``fields.yaml`` and ``words/entry.yaml``. The section of a field is the sheet or group in which it
is filled in; its path is where it stands in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Mapping, Optional

from lca_cardato.once import Once
from lca_cardato.scenario.models import Scenario
from lca_cardato.words.entry import about, choice_name, label, section_name

ANY = "*"
"""Stands in a path for the number of a line or the name of an entry."""
KINDS = (
    "text", "name", "share", "quantity", "number", "count", "choice", "yesno", "date", "period",
    "year", "file",
)  # fmt: skip
"""A ``name`` comes from a list of the inventories or of the file itself, see `Field.names`."""
FIGURE_UNITS = {
    "electricity": ("kWh/kg", "kWh", "MWh", "kW"),
    "heat": ("MJ/kg", "kWh/kg", "Sm3/kg", "MJ", "GJ", "kWh", "MWh", "Sm3"),
    "water_in": ("L/kg", "m3", "L"),
    "water_out": ("L/kg", "m3", "L"),
    "loss": ("%",),
    "reclaimed": ("%",),
    "chemicals": ("g/kg", "kg", "t"),
    "packaging": ("g/kg", "kg", "t"),
}
"""Kind of a reading -> units that it is usual in, the first one per kg of product."""
NAMED = {
    ("BlendLine", "fibre"): "fibres",
    ("BlendLine", "place"): "places",
    ("BlendLine", "dataset"): "fibre_datasets",
    ("Company", "municipality"): "municipalities",
    ("StepEntry", "municipality"): "municipalities",
    ("Electricity", "dataset"): "electricity_datasets",
    ("Figure", "supply"): "water_datasets",
}
"""Fields whose text is a name of the inventories; every ``document`` names one of the file."""
BESIDE = {("Scenario", "lot")}
"""Keys that are filled in elsewhere: the one yarn that a fabric is bought with is a row of yarns."""


@dataclass(frozen=True)
class Section:
    """A group of fields: a sheet of the workbook, a part of a form.

    Attributes
    ----------
    name : str
    models : tuple of (model, path)
        Model -> where it stands; more than one place for what a yarn or a fibre may have of its
        own.
    many : str
        ``""`` for what there is once, ``"list"`` or ``"mapping"`` for what repeats.
    entries : str
        For a mapping: the list that its keys come from, as `Field.names`; empty for free names.
    """

    name: str
    models: tuple[tuple[str, tuple[str, ...]], ...]
    many: str = ""
    entries: str = ""

    def label(self, lang: str) -> str:
        """Name of the section."""
        return section_name(self.name, lang)

    def fields(self) -> tuple[Field, ...]:
        """Fields of the section, in the order of the models."""
        return tuple(field for field in fields() if field.section == self.name)


SECTIONS = (
    Section("product", (("Scenario", ()), ("Company", ("company",)), ("Product", ("product",)),
                        ("Traceability", ("traceability",)))),
    Section("yarns", (("Yarn", ("yarns", ANY)),), "list"),
    Section("blend", (("BlendLine", ("blend", ANY)), ("BlendLine", ("yarns", ANY, "blend", ANY))),
            "list"),
    Section("transport", (("TransportLeg", ("blend", ANY, "transport", ANY)),
                          ("TransportLeg", ("yarns", ANY, "blend", ANY, "transport", ANY))), "list"),
    Section("route", (("StepEntry", ("route", ANY)), ("StepEntry", ("blend", ANY, "steps", ANY)),
                      ("StepEntry", ("yarns", ANY, "route", ANY)),
                      ("StepEntry", ("yarns", ANY, "blend", ANY, "steps", ANY))),
            "mapping", "steps"),
    Section("readings", (("Figure", ("route", ANY, ANY)), ("Figure", ("packaging", ANY))), "list"),
    Section("electricity", (("Electricity", ("electricity",)),)),
    Section("documents", (("Evidence", ("documents", ANY)),), "mapping"),
    Section("meters", (("Reading", ("readings", ANY)),), "mapping"),
    Section("parts", (("Part", ("readings", ANY, "among", ANY)),), "mapping"),
)  # fmt: skip
"""Every section, in the order in which it is filled in."""


@dataclass(frozen=True)
class Field:
    """One thing to fill in.

    Attributes
    ----------
    section : str
    model, key : str
        Model and key of the file.
    path : tuple of str
        Where it stands, `ANY` for numbers and names: ``("blend", "*", "share")``.
    kind : str
        One of `KINDS`.
    unit : str
        Unit of a quantity, ``%`` of a share, ``Nm`` of a yarn count; that of the head.
    required : bool
        Whether the model refuses an entry without it.
    words : tuple of str
        What can be chosen, as the file holds it.
    names : str
        List that a name comes from: ``fibres``, ``steps``, ``places``, ``municipalities``,
        ``fibre_datasets``, ``electricity_datasets``, ``water_datasets`` of the inventories,
        ``documents`` of the file; empty for another text.
    default : str
        What holds when it is left out; empty where the inventories decide.
    example : str
    english : str
        The sentence on it.
    """

    section: str
    model: str
    key: str
    path: tuple[str, ...]
    kind: str
    unit: str = ""
    required: bool = False
    words: tuple[str, ...] = ()
    names: str = ""
    default: str = ""
    example: str = ""
    english: str = ""

    def label(self, lang: str) -> str:
        """Name of the field."""
        return label(self.model, self.key, lang)

    def head(self, lang: str) -> str:
        """Name of the field with its unit."""
        return f"{self.label(lang)} ({self.unit})" if self.unit else self.label(lang)

    def comment(self, lang: str) -> str:
        """Give the sentence on the field."""
        told = self.english if lang == "en" else about(self.model, self.key) or self.english
        for word, name in self.choices(lang).items():
            told = told.replace(f"`{word}`", name)
        return told.replace("`", "")

    def choices(self, lang: str) -> dict[str, str]:
        """Give what can be chosen: word of the file -> name in the language."""
        return {word: choice_name(self.key, word, lang) for word in self.words}


@Once
def fields() -> tuple[Field, ...]:
    """Every field of a scenario, section by section, in the order of the models."""
    schema = Scenario.model_json_schema(by_alias=True)
    found = []
    for section in SECTIONS:
        for model, place in _first_places(section):
            told = schema if model == "Scenario" else schema["$defs"][model]
            needed = told.get("required", ())
            for key, item in told["properties"].items():
                field = _field(section.name, model, place, key, item, key in needed)
                if field is not None:
                    found.append(field)
    return tuple(found)


def _first_places(section: Section) -> list[tuple[str, tuple[str, ...]]]:
    """Models of a section, each with the first of its places."""
    found: dict[str, tuple[str, ...]] = {}
    for model, place in section.models:
        found.setdefault(model, place)
    return list(found.items())


def field_of(model: str, key: str) -> Field:
    """Give the field of a key of a model.

    Raises
    ------
    KeyError
        There is none: the key holds a part with fields of its own.
    """
    return _by_key()[model, key]


@lru_cache(maxsize=1)
def _by_key() -> Mapping[tuple[str, str], Field]:
    return {(field.model, field.key): field for field in fields()}


def _field(
    section: str, model: str, place: tuple[str, ...], key: str, item: Any, required: bool
) -> Optional[Field]:
    """Describe a key by its JSON schema; None where it holds a part of its own."""
    default = item.get("default")
    told = item.get("description", "")
    options = [one for one in item.get("anyOf", [item]) if one.get("type") != "null"]
    item = options[0]
    if (
        (model, key) in BESIDE
        or "$ref" in item
        or "allOf" in item
        or item.get("type") in ("array", "object")
    ):
        return None
    words = tuple(item.get("enum", ()))
    if len(words) == 1:  # the line that names the kind of the file is no choice
        return None
    kind, unit = str(item.get("x-kind", "")), str(item.get("x-unit", ""))
    names = "documents" if key == "document" else NAMED.get((model, key), "")
    if words:
        kind = "yesno" if set(words) == {"yes", "no"} else "choice"
    elif names:
        kind = "name"
    elif unit and not kind:
        kind = "quantity"
    elif key in ("file", "yarn") or (key == "lot" and model != "BlendLine" and model != "Evidence"):
        kind = "file"
    return Field(
        section, model, key, (*place, key), kind or "text", "Nm" if kind == "count" else unit,
        required, words, names, "" if default is None else str(default),
        str(item.get("examples", [""])[0]), told,
    )  # fmt: skip
