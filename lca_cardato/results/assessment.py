"""Everything that was calculated for one scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from lca_cardato.brightway.condensed import Background
from lca_cardato.calculation.solve import Calculated
from lca_cardato.claims.outcome import ClaimResult
from lca_cardato.claims.packs_model import RulePack
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.methods import Method
from lca_cardato.results.comparison import Beside, Drawn
from lca_cardato.scenario.evidence import EvidenceFile


@dataclass(repr=False)
class Assessment:
    """Everything that was calculated for one scenario.

    Attributes
    ----------
    scenario_digest : str
        SHA-256 of the scenario's text.
    scenario_text : str
        The scenario as typed; empty when it came through the Python API.
    scenario_raw : bytes
        The scenario's file as it was read; of a workbook, the text that was made of it.
    kept : mapping
        Name -> content of the files that the scenario was written out from; empty where it is one.
    scenario_workbook : bytes
        The workbook as it was read; empty where the scenario came from another file.
    documents : mapping
        Id -> file of the documents that the scenario names.
    packs : tuple of (RulePack, str)
        Rule packs that were evaluated, with the SHA-256 of their files.
    method_digest : str
        SHA-256 of the characterisation factors that were used.
    corrections : mapping
        How many of them are corrected, see `lca_cardato.lcia.factors.correction_state`.
    main : Calculated
    scores : list of float
        Scores by Brightway, in the order of ``background.indicators``.
    deviation : float
        Largest relative difference between Brightway and our own solver.
    location : Calculated or None
        The same product with grid electricity alone, when it has other electricity.
    reference : Calculated or None
        The same product from virgin fibre, when it holds recycled fibre.
    claims : list of ClaimResult
    methods : tuple of Method
        Further methods; their scores follow those of the indicators.
    background_share : float or None
        Share of climate change from the user's background; None with the shipped one.
    alternatives : tuple of Beside
        The reference with other virgin fibres.
    drawn : Drawn or None
        Paired draws of the product, the reference and its alternatives.
    own_rules : tuple of str
        Ids of the rule packs that are not those of the installation that calculated first.
    elsewhere : mapping
        Where and on what it was calculated, when not by the command; see `lca_cardato.web.assessed`.
    """

    scenario_digest: str
    scenario_text: str
    scenario_raw: bytes
    documents: Mapping[str, EvidenceFile]
    inventory: Inventory
    packs: tuple[tuple[RulePack, str], ...]
    method_digest: str
    background: Background
    main: Calculated
    scores: list[float]
    deviation: float
    location: Optional[Calculated]
    reference: Optional[Calculated]
    claims: list[ClaimResult]
    methods: tuple[Method, ...] = ()
    background_share: Optional[float] = None
    own_rules: tuple[str, ...] = ()
    alternatives: tuple[Beside, ...] = ()
    drawn: Optional[Drawn] = None
    corrections: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, bytes] = field(default_factory=dict)
    scenario_workbook: bytes = b""
    elsewhere: Mapping[str, Any] = field(default_factory=dict)

    def score(self, indicator: str) -> float:
        """Score of an indicator per declared unit."""
        return self.scores[self.background.indicators.index(indicator)]

    def contributions(self) -> Any:
        """Impact of each exchange, shape (exchanges, indicators)."""
        return self.main.solution.contributions(self.background)[0]
