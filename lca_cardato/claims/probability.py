"""How surely a share reaches its threshold when losses are uncertain."""

from __future__ import annotations

from typing import Any

import numpy as np

from lca_cardato.calculation.sampling import draw
from lca_cardato.claims.blend import READINGS, TESTS
from lca_cardato.claims.outcome import ClaimResult
from lca_cardato.claims.shares import parts_of, share
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
    parts = parts_of(model, *product_flows(model, draw(model.parameters, samples, seed)))
    return {
        kind: {
            f"{point}/{basis}": np.broadcast_to(share(parts, TESTS[kind], point, basis), (samples,))
            for point, basis in READINGS
        }
        for kind in KINDS.values()
    }


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
