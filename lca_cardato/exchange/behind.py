"""Inputs of an imported process that are processes of the user's own background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from lca_cardato.background.flows import characterisation
from lca_cardato.background.matrices import Process, load_matrices
from lca_cardato.background.overlay import check_with_brightway
from lca_cardato.background.project import split_name
from lca_cardato.brightway.factorise import unit_scores
from lca_cardato.exchange.foreign_units import SERVICES, factor_to, unit_of
from lca_cardato.exchange.imported import Line
from lca_cardato.exchange.match import written
from lca_cardato.inventory.models import PRODUCT_UNITS
from lca_cardato.inventory.placed import BY_PLACE
from lca_cardato.lcia.indicators import INDICATORS, RESULT_ALIASES
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError

SOURCE = "own-background"


@dataclass(frozen=True)
class Link:
    """A process of the user's that an input leads to.

    Attributes
    ----------
    key : str
        Id of the dataset that takes its scores.
    unit, base : str
        Unit of that dataset, and what 1 of it counts.
    why : str
    process : Process
    treated : bool
        Whether the input is waste, booked below 0 there.
    """

    key: str
    unit: str
    base: str
    why: str
    process: Process
    treated: bool


class Behind:
    """A database of the user's, read once, with the processes of it that inputs lead to.

    Parameters
    ----------
    name : str
        ``PROJECT/DATABASE``.
    year : int, optional
        Year of its data.

    Raises
    ------
    InputError, DiskError, CalculationError
        As `lca_cardato.background.matrices.load_matrices`.
    """

    def __init__(self, name: str, year: Optional[int]) -> None:
        self.project, self.database = split_name(name)
        self.matrices = load_matrices(self.project, self.database)
        self.year = year
        self.links: dict[tuple[str, bool], Link] = {}
        self.named: dict[tuple[str, ...], list[Process]] = {}
        for process in self.matrices.processes:
            place = process.location
            for name_ in {(process.name, process.product, place), (process.name, "", place)}:
                self.named.setdefault(name_, []).append(process)
            self.named.setdefault((process.key[1],), []).append(process)

    def find(self, line: Line) -> Optional[Link]:
        """Give the process of an input by its code, or by name, product and place."""
        hits = self.named.get((line.code,), []) if line.code else []
        for name in line.names():
            hits = hits or self.named.get(name, [])
        if len(hits) != 1 or hits[0].row < 0:
            return None
        process, treated = hits[0], line.amount < 0
        found = self.links.get((process.key[1], treated))
        if found is None:
            base = _unit(process.unit)
            if not base:
                return None
            key = f"{SOURCE}-{len(self.links) + 1}"
            why = say("'{name}' of {project}/{database}", name=process.name,
                      project=self.project.name, database=self.database)  # fmt: skip
            unit = base if base in PRODUCT_UNITS else "unit"
            found = self.links[process.key[1], treated] = Link(
                key, unit, base, why, process, treated
            )
        return found

    def records(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the datasets that take the scores of what was linked, and their source.

        Raises
        ------
        IntegrityError
            ``E601`` when Brightway's scores differ by more than 1e-9.
        """
        if not self.links:
            return {}, {}
        matrices = self.matrices
        indicators = [one for one in INDICATORS if one.id != BY_PLACE]
        factors = characterisation(matrices.flows, indicators, [])
        scores = unit_scores(matrices.technosphere, matrices.biosphere, factors)
        rows = np.array([link.process.row for link in self.links.values()], dtype=np.intp)
        check_with_brightway(matrices, factors, rows, scores[rows])
        names = {name: alias for alias, name in RESULT_ALIASES.items()}
        records = {}
        for link in self.links.values():
            counted = float(factor_to(link.process.unit, link.base))
            sign = -1.0 if link.treated else 1.0
            process = link.process
            label = " | ".join(
                part for part in (process.name, process.product, process.location, process.unit)
                if part
            )  # fmt: skip
            records[link.key] = {
                "name": {"en": f"{process.name} ({self.database})",
                         "it": f"{process.name} ({self.database})"},
                "kind": "published_result",
                "product": {"name": process.product or process.name, "unit": link.unit},
                "geography": process.location or "GLO", "year": str(self.year),
                "inventoried_for": [], "technology": label,
                "note": f"1 {link.unit} is 1 {link.base}" if link.unit != link.base else label,
                "defaults": {"class": "published", "source": SOURCE, "at": label,
                             "year": str(self.year), "geography": process.location or "GLO",
                             "uncertainty": {"distribution": "none"}},
                "results": {
                    names.get(one.id, one.id): {
                        "amount": written(float(value) * sign / counted), "unit": one.unit,
                    }
                    for one, value in zip(indicators, scores[process.row])
                },
            }  # fmt: skip
        return records, {
            SOURCE: {
                "title": f"Scores of processes of {self.project.name}/{self.database}",
                "authors": "see the database", "year": str(self.year),
                "licence": "licence of the database; its scores are not passed on",
                "kind": "dataset", "read": "full",
                "note": f"SHA-256 of the matrices {matrices.digest}",
            }
        }  # fmt: skip


def _unit(text: str) -> str:
    """Unit of a dataset for a product counted so; empty where there is none."""
    own = unit_of(text)
    for unit in ([own] if own in PRODUCT_UNITS else []) or (*PRODUCT_UNITS, *SERVICES):
        try:
            factor_to(own, unit)
        except QuantityError:
            continue
        return unit
    return ""
