"""Rule packs: the published criteria of a claim, as versioned data."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Optional, Sequence

from pydantic import Field, ValidationError

from lca_cardato.claims.kinds import kinds_table
from lca_cardato.errors import InputError, nearest
from lca_cardato.files.runs import is_junk
from lca_cardato.inventory.datum import Names
from lca_cardato.once import Once
from lca_cardato.sentence import say
from lca_cardato.text.fields import Identifier, Share, StrictModel, choice, problems_of, schema
from lca_cardato.text.yamltree import read_document
from lca_cardato.words.language import Language

SCHEMA = "lca-cardato/rules/1"
# What a mill needs for a criterion of each kind: papers and figures, as keys of texts.
PAPERS: dict[str, tuple[str, ...]] = {
    "carded_share": ("paper_route", "paper_composition"),
    "recycled_share": ("paper_origin", "paper_composition", "paper_rework"),
    "declared_share": ("paper_origin", "paper_composition", "paper_rework"),
    "bands": ("paper_origin", "paper_composition"),
    "district": ("paper_places",),
    "carded_in_region": ("paper_route", "paper_places"),
    "traceability": ("paper_lots", "paper_register"),
    "measured": ("paper_meters_energy", "paper_meters_water", "paper_contractors"),
    "virgin_wool": ("paper_wool", "paper_composition"),
    "composition": ("paper_composition",),
}
KINDS = tuple(PAPERS)
PROVES = {
    "paper_origin": "recycled_origin", "paper_wool": "virgin_origin",
    "paper_composition": "composition", "paper_rework": "loss", "paper_register": "traceability",
    "paper_meters_energy": "reading", "paper_meters_water": "reading",
    "paper_contractors": "contracted",
}  # fmt: skip
"""Paper -> what it is to prove, in the table of kinds."""


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
    for path in sorted(path for path in folder.glob("*.yaml") if not is_junk(path.name)):
        document = read_document(path)
        try:
            pack = RulePack.model_validate(document.data)
        except ValidationError as error:
            raise InputError(problems_of(error, document, RulePack)) from None
        result.append((pack, hashlib.sha256(document.raw).hexdigest()))
    return tuple(sorted(result, key=lambda item: (item[0].family != "mark", item[0].id)))


@Once
def shipped_packs() -> tuple[tuple[RulePack, str], ...]:
    """Load the shipped rule packs."""
    return load_packs(packs_folder())


def own_packs(packs: Sequence[tuple[RulePack, str]]) -> tuple[str, ...]:
    """List the ids of the rule packs that are not, byte by byte, those of this installation.

    Parameters
    ----------
    packs : sequence of (RulePack, str)
        Rule packs with the SHA-256 of their files.
    """
    known = {digest for _, digest in shipped_packs()}
    return tuple(pack.id for pack, digest in packs if digest not in known)


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
    raise InputError.one(
        "E307", say("claim is not known"), value=name, suggestion=nearest(name, names)
    )


def checklist(pack: RulePack, words: Language) -> list[dict[str, Any]]:
    """List what to collect for a claim, criterion by criterion.

    Parameters
    ----------
    pack : RulePack
    words : Language

    Returns
    -------
    list of dict
        ``criterion``, ``title``, ``papers`` (what to collect), ``keys`` (where each goes in a
        scenario), ``kinds`` (kinds of documents that count) and ``look`` (what the verifier looks
        at) for each, ``readings`` (that the wording leaves).
    """
    return [
        {
            "criterion": item.id,
            "title": getattr(item.title, words.lang),
            "papers": [words(key) for key in PAPERS[item.kind]],
            "keys": [words(f"{key}_at") for key in PAPERS[item.kind]],
            "kinds": [_kinds(key, words) for key in PAPERS[item.kind]],
            "look": [_look(key, words) for key in PAPERS[item.kind]],
            "readings": [getattr(reading.text, words.lang) for reading in item.readings],
        }
        for item in pack.criteria
    ]


def _kinds(paper: str, words: Language) -> str:
    table = kinds_table()
    kinds = table.things[PROVES[paper]].kinds if paper in PROVES else []
    return words.show([table.kinds[kind] for kind in kinds])


def _look(paper: str, words: Language) -> str:
    return words.show(kinds_table().things[PROVES[paper]].look) if paper in PROVES else ""
