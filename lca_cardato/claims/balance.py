"""Mass balance of documented lots over several products: the same kilogram is claimed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Iterable

from lca_cardato.claims.shares import fibre_parts
from lca_cardato.errors import InputError, Problem
from lca_cardato.model.structure import ProductModel


@dataclass
class DocumentBalance:
    """Kilograms of a document.

    Attributes
    ----------
    key : str
        Identity of the document: its SHA-256 where a file was read, else its short name.
    name : str
        Short name in the scenarios.
    documented : Fraction
        Mass on the document, kg.
    claimed : dict
        Scenario id -> kg of fibre taken in for its batch.
    """

    key: str
    name: str
    documented: Fraction
    claimed: dict[str, Fraction] = field(default_factory=dict)

    @property
    def left(self) -> Fraction:
        """Kilograms that no product claims; negative when too much is claimed."""
        return self.documented - sum(self.claimed.values(), Fraction(0))


def document_balance(
    products: Iterable[tuple[ProductModel, dict[str, str]]],
) -> list[DocumentBalance]:
    """Hold what the batches of several products take in against their documents.

    Parameters
    ----------
    products : iterable of (ProductModel, dict)
        Model of each product, and its documents' short names -> SHA-256.

    Returns
    -------
    list of DocumentBalance

    Raises
    ------
    InputError
        ``E213`` when a product has no batch, ``E201`` when two scenarios have one id, ``E316``
        when two scenarios give one document different masses.
    """
    found: dict[str, DocumentBalance] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for model, digests in products:
        scenario = model.scenario
        if scenario.id in seen:
            problems.append(Problem("E201", "two scenarios have the same id", value=scenario.id))
        seen.add(scenario.id)
        if scenario.product.batch is None:
            text = "the mass balance needs the mass of the product"
            problems.append(
                Problem("E213", text, key="product.batch", value=scenario.id,
                        suggestion="e.g. batch: 1200 kg")
            )  # fmt: skip
            continue
        for part in fibre_parts(model):
            name = part.line.entry.document or ""
            document = scenario.documents.get(name)
            if document is None or document.mass is None:
                continue
            key = digests.get(name, name)
            entry = found.setdefault(key, DocumentBalance(key, name, document.mass.amount))
            if entry.documented != document.mass.amount:
                text = "two scenarios give the document different masses"
                problems.append(Problem("E316", text, key=f"documents.{name}.mass"))
            taken = part.fresh * scenario.product.batch.amount
            entry.claimed[scenario.id] = entry.claimed.get(scenario.id, Fraction(0)) + taken
    if problems:
        raise InputError(problems)
    return list(found.values())
