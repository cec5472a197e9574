"""The mapping from our background datasets to processes of a user's database."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Iterable, Optional, Union

from pydantic import Field, ValidationError, model_validator

from lca_cardato.background.matrices import Process
from lca_cardato.background.search import Index
from lca_cardato.background.terms import retired_prefix
from lca_cardato.errors import InputError, Problem, nearest
from lca_cardato.inventory.records import Inventory
from lca_cardato.sentence import say
from lca_cardato.text.fields import (
    Expression,
    Identifier,
    StrictModel,
    problems_of,
    refusal,
    schema,
)
from lca_cardato.text.yamltree import Document, read_document

FOLDER = Path(__file__).resolve().parent / "mappings"
SCHEMA = "lca-cardato/background-mapping/1"


class Target(StrictModel):
    """A process of the user's database, or the reason why ours stays."""

    activity: Optional[str] = None
    code: str = ""
    product: str = ""
    location: str = ""
    unit: str = ""
    amount: Optional[Expression] = None
    because: str = ""
    note: str = ""
    open: Optional[str] = None

    @model_validator(mode="after")
    def _one(self) -> Target:
        if (self.activity is None) == (self.open is None):
            raise refusal("E213", say("give either `activity` or `open` with the reason"))
        if self.activity is not None and not (self.location and self.unit):
            raise refusal("E213", say("an activity needs its `location` and `unit`"))
        if self.amount is not None and self.amount != 1 and not self.because:
            raise refusal("E315", say("an `amount` other than 1 needs `because`"))
        if self.open is not None and not self.open.strip():
            raise refusal("E213", say("`open` needs the reason"))
        return self

    @property
    def factor(self) -> Fraction:
        """Units of the user's product per unit of ours."""
        return Fraction(1) if self.amount is None else Fraction(self.amount)

    def label(self) -> str:
        """The process in one line."""
        return " | ".join(
            part
            for part in (self.activity, self.product, self.location, self.unit, self.code)
            if part
        )


class NamesFrom(StrictModel):
    """Where the names of a mapping were read."""

    text: str
    address: str = ""
    licence: str = ""
    read: str = ""


class MappingFile(StrictModel):
    """A mapping file; see ``docs/background.md``."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    database: str
    version: str
    system_model: str
    year: int
    credit: str = ""
    retired: str = ""
    names_from: NamesFrom
    datasets: dict[Identifier, Target]


@dataclass(frozen=True)
class Mapping:
    """A mapping with the file it comes from.

    Attributes
    ----------
    name : str
        Name of the file without its ending.
    file : MappingFile
    document : Document
        For the place of a problem.
    data : bytes
    """

    name: str
    file: MappingFile
    document: Document
    data: bytes

    @property
    def title(self) -> str:
        """Database, version and system model in one line."""
        return f"{self.file.database} {self.file.version} {self.file.system_model}"


@dataclass(frozen=True)
class Match:
    """What a dataset of ours takes: a process of the user's, or ours with a reason."""

    dataset: str
    target: Target
    process: Optional[Process]


def shipped_mappings() -> dict[str, Path]:
    """Shipped mapping files by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}


def load_mapping(source: Union[str, Path], inventory: Inventory) -> Mapping:
    """Load a mapping by the name of a shipped one, or from a file.

    Raises
    ------
    InputError
        Every problem of the file at once; ``E307`` for an id that is no background dataset of
        the inventories, or an unknown name of a mapping.
    DiskError
        ``E501``.
    """
    shipped = shipped_mappings()
    text = str(source)
    path = shipped.get(text) or Path(source)
    if not path.exists() and path.suffix not in (".yaml", ".yml"):
        raise InputError.one(
            "E307", say("no mapping of this name"), key="--mapping", value=text[:80],
            suggestion=nearest(text, list(shipped)) or say("name a shipped one or a YAML file"),
        )  # fmt: skip
    document = read_document(path)
    try:
        parsed = MappingFile.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, document, MappingFile)) from None
    problems = [
        document.problem(
            "E307", say("'{key}' is no dataset of the inventories", key=key), ("datasets", key), key,
            nearest(key, list(inventory.datasets)),
        )
        for key in parsed.datasets
        if key not in inventory.datasets
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return Mapping(path.stem, parsed, document, path.read_bytes())


def match(mapping: Mapping, processes: Iterable[Process]) -> tuple[list[Match], list[Problem]]:
    """Find the processes of a mapping in a user's database.

    Returns
    -------
    matches : list of Match
        One for each dataset that the mapping names and that was found or stays open.
    problems : list of Problem
        ``E327`` for each that was not found, or found more than once, with the nearest ones.
    """
    everything = list(processes)
    index = Index(everything, retired_prefix(mapping.file))
    matches, problems = [], []
    for key, target in mapping.file.datasets.items():
        if target.activity is None:
            matches.append(Match(key, target, None))
            continue
        found, text, hint = index.find(target)
        if found is not None:
            matches.append(Match(key, target, found))
            continue
        problems.append(
            mapping.document.problem(
                "E327",
                say("the process for '{key}' {what}", key=key, what=text),
                ("datasets", key, "activity"),
                target.label(),
                hint,
            )
        )
    return matches, problems


def likely_mapping(processes: Iterable[Process], inventory: Inventory) -> Mapping:
    """Choose the shipped mapping whose processes a database holds most of.

    Raises
    ------
    InputError
        ``E327`` when none of them finds half of its processes.
    """
    everything = list(processes)
    shares: dict[float, Mapping] = {}
    for name in reversed(shipped_mappings()):
        mapping = load_mapping(name, inventory)
        found, missing = match(mapping, everything)
        hits = sum(item.process is not None for item in found)
        shares.setdefault(hits / max(1, hits + len(missing)), mapping)
    share = max(shares)
    if share < 0.5:
        raise InputError.one(
            "E327",
            say(
                "no shipped mapping fits this database; the nearest, {name}, finds {share:.0f} %",
                name=shares[share].name,
                share=share * 100,
            ),
            key="--mapping",
            suggestion=say("write a mapping of your own (docs/background.md) and name it"),
        )
    return shares[share]
