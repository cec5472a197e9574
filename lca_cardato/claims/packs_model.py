"""Rule packs: the published criteria of a claim, as versioned data."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Optional

from pydantic import Field, ValidationError

from lca_cardato.errors import InputError, nearest
from lca_cardato.inventory.datum import Names
from lca_cardato.text.fields import Identifier, Share, StrictModel, choice, problems_of, schema
from lca_cardato.text.yamltree import read_document

SCHEMA = "lca-cardato/rules/1"
KINDS = (
    "carded_share", "recycled_share", "declared_share", "bands", "district", "carded_in_region",
    "traceability", "measured", "virgin_wool", "composition",
)  # fmt: skip


class Quote(StrictModel):
    """Published wording, where and when it was read."""

    text: str
    url: str
    read: str
    status: choice("published", "press", "excerpt", "assumed")  # type: ignore[valid-type]


class Reading(StrictModel):
    """One way to understand a criterion whose wording leaves room."""

    id: str
    text: Names


class Criterion(StrictModel):
    """A criterion of a claim."""

    id: Identifier
    kind: choice(*KINDS)  # type: ignore[valid-type]
    title: Names
    threshold: Optional[Share] = None
    bands: list[Share] = Field(default_factory=list)
    region: str = ""
    prefix: str = "R"
    rework: choice("open", "excluded") = "excluded"  # type: ignore[valid-type]
    aspects: list[str] = Field(default_factory=list)
    readings: list[Reading] = Field(default_factory=list)
    note: Optional[Names] = None
    quotes: list[Quote]


class RulePack(StrictModel):
    """The criteria of one claim as they stood at a time."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    id: Identifier
    claim: Identifier
    name: Names
    since: str
    retrieved: str
    status: choice("published", "press", "excerpt", "assumed")  # type: ignore[valid-type]
    family: choice("mark", "neighbour") = "neighbour"  # type: ignore[valid-type]
    grantor: Names
    unknown: Names
    criteria: list[Criterion]


def packs_folder() -> Path:
    """Folder of the shipped rule packs."""
    return Path(__file__).resolve().parent / "packs"


def load_packs(folder: Path) -> tuple[tuple[RulePack, str], ...]:
    """Load the rule packs of a folder with the SHA-256 of their files: marks first, then by id.

    Raises
    ------
    InputError
        A pack is not in the accepted shape.
    """
    result = []
    for path in sorted(folder.glob("*.yaml")):
        document = read_document(path)
        try:
            pack = RulePack.model_validate(document.data)
        except ValidationError as error:
            raise InputError(problems_of(error, document, RulePack)) from None
        result.append((pack, hashlib.sha256(document.raw).hexdigest()))
    return tuple(sorted(result, key=lambda item: (item[0].family != "mark", item[0].id)))


@lru_cache(maxsize=1)
def shipped_packs() -> tuple[tuple[RulePack, str], ...]:
    """Load the shipped rule packs."""
    return load_packs(packs_folder())


def pack_named(name: str) -> RulePack:
    """Find a pack by its id or by its claim.

    Raises
    ------
    InputError
        ``E307`` when there is none.
    """
    for pack, _ in shipped_packs():
        if name in (pack.id, pack.claim):
            return pack
    names = [pack.claim for pack, _ in shipped_packs()]
    raise InputError.one("E307", "claim is not known", value=name, suggestion=nearest(name, names))
