"""All that a report needs, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional


@dataclass
class Material:
    """What a report is made from.

    Attributes
    ----------
    document : dict
        Result document.
    digest : str
        SHA-256 of its text.
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
