"""All that a report needs, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Optional

SCHEMA = "lca-cardato/shown/1"
CITED = ("title", "authors", "year", "url", "doi")


@dataclass
class Material:
    """What a report is made from.

    Attributes
    ----------
    document : dict
        Result document.
    digest : str
        SHA-256 of its text; of a run, that of ``result.json``, whatever the language shown.
    run : str
        Id of the run folder, empty without one.
    written : str
        When the run was calculated, empty without a run folder.
    digests : list of (str, str)
        What else was digested, and the digest.
    contributions : dict
        As `lca_cardato.results.contributions.contributions` makes it.
    sources : dict
        Source id -> source of the inventory.
    uncertainty : dict, optional
        As `lca_cardato.studies.uncertainty.Uncertainty.to_dict` gives it.
    tornado : list of dict, optional
        ``figure``, ``low``, ``high`` for climate change.
    folder : str
        Name of the run folder, as typed.
    documents : list of dict
        Documents of the scenario with their digests, as in the claim ledger.
    """

    document: dict[str, Any]
    digest: str
    contributions: dict[str, Any]
    sources: dict[str, Any]
    run: str = ""
    written: str = ""
    digests: list[tuple[str, str]] = field(default_factory=list)
    uncertainty: Optional[dict[str, Any]] = None
    tornado: Optional[list[dict[str, Any]]] = None
    folder: str = ""
    documents: list[dict[str, Any]] = field(default_factory=list)


def shown(material: Material) -> dict[str, Any]:
    """What a report shows beyond the result and its arithmetic, for the run folder.

    Parameters
    ----------
    material : Material
        With uncertainty.

    Returns
    -------
    dict
        ``uncertainty``, ``tornado`` and ``sources``, as `Material` has them.
    """
    document = material.document
    used = {key for row in document["datasets"] for key in row["sources"]}
    used |= {row["source"] for row in document["parameters"] if row.get("source")}
    known = {key: material.sources[key] for key in sorted(used) if key in material.sources}
    return {
        "schema": SCHEMA,
        "uncertainty": material.uncertainty,
        "tornado": material.tornado,
        "sources": {
            key: {name: getattr(source, name) for name in CITED} for key, source in known.items()
        },
    }


def add_shown(material: Material, document: dict[str, Any]) -> None:
    """Take over what `shown` made."""
    material.uncertainty, material.tornado = document["uncertainty"], document["tornado"]
    material.sources = {
        key: SimpleNamespace(**{name: source[name] for name in CITED})
        for key, source in document["sources"].items()
    }
