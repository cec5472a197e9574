"""How surely a share reaches its threshold when losses are uncertain."""

from __future__ import annotations

from typing import Any

import numpy as np

from lca_cardato.calculation.sampling import draw
from lca_cardato.claims.outcome import ClaimResult
from lca_cardato.claims.shares import BASES, POINTS
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import product_flows

KINDS = {"carded_share": "carded", "recycled_share": "recycled"}


def sampled_shares(model: ProductModel, samples: int, seed: int) -> dict[str, Any]:
    """Carded and recycled share in every reading, over draws of the parameters.

    Parameters
    ----------
    model : ProductModel
    samples, seed : int

    Returns
    -------
    dict
        ``carded`` and ``recycled`` -> ``point/basis`` -> ndarray of shape (samples,).

    Notes
    -----
    The shares of the mixture are exact as typed; what varies is what each fibre loses on its way.
    Losses are kept within 0 and 95 %.
    """
    values = draw(model.parameters, samples, seed)
    yarns, fabric = product_flows(model, values)
    masses = []
    for index, yarn in enumerate(model.yarns):
        into = fabric.fresh[index] if fabric else 1.0
        out = fabric.product[index] if fabric else 1.0
        flows = yarns[yarn.name]
        carded = yarn.carded and any(use.id == "carding" for use in yarn.steps)
        for line in yarn.lines:
            mass = {"product": flows.product[line.index] * out,
                    "blend_input": flows.fresh[line.index] * into}  # fmt: skip
            masses.append((line, carded, mass))
    result: dict[str, Any] = {"carded": {}, "recycled": {}}
    for point in POINTS:
        for basis in BASES:
            whole: Any = 0.0
            part_carded: Any = 0.0
            part_recycled: Any = 0.0
            for line, carded, mass in masses:
                amount = mass[point] / (1 + float(line.regain)) if basis == "dry" else mass[point]
                whole = whole + amount
                part_carded = part_carded + (amount if carded else 0.0 * amount)
                part_recycled = part_recycled + (amount if line.recycled else 0.0 * amount)
            name = f"{point}/{basis}"
            result["carded"][name] = np.broadcast_to(part_carded / whole, (samples,))
            result["recycled"][name] = np.broadcast_to(part_recycled / whole, (samples,))
    return result


def probabilities(
    claims: list[ClaimResult], model: ProductModel, samples: int, seed: int
) -> dict[tuple[str, str], dict[str, float]]:
    """Share of the draws in which a numeric criterion holds, reading by reading.

    Returns
    -------
    dict
        (rule pack, criterion) -> ``point/basis`` -> probability.
    """
    shares = sampled_shares(model, samples, seed)
    found = {}
    for claim in claims:
        for item in claim.criteria:
            kind = KINDS.get(item.criterion.kind)
            if kind is None or item.criterion.threshold is None:
                continue
            threshold = float(item.criterion.threshold) * (1 - 1e-12)
            found[claim.pack.id, item.criterion.id] = {
                name: float(np.mean(values >= threshold)) for name, values in shares[kind].items()
            }
    return found
