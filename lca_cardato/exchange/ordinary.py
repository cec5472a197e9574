"""What the ordinary methods of another program make of an export.

Ordinary is EF 3.1 (and the cumulative energy demand) as bw2io installs it into every Brightway project: without flows of
published results, without corrected factors. Whoever scores an export with it should know how far it gets.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.metadata import version
from math import fsum
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.exchange.solved import solved
from lca_cardato.lcia.factors import bundled
from lca_cardato.lcia.indicators import Indicator

if TYPE_CHECKING:
    from lca_cardato.exchange.system import ProductSystem
    from lca_cardato.results.assessment import Assessment

NEAR = 0.99
"""Share below which, or above whose inverse, the ordinary figure is told to be another one."""


@dataclass(frozen=True)
class Share:
    """An indicator of an export, here and by the ordinary method.

    Attributes
    ----------
    id, name, unit : str
    value : float
        Score of one declared unit.
    method : list of str
        Name of the ordinary method; empty where there is none.
    ordinary : float or None
        Score by it.
    share : float or None
        `ordinary` of `value`.
    published : float
        Part of `value` that flows of published results have.
    """

    id: str
    name: str
    unit: str
    value: float
    method: list[str]
    ordinary: Optional[float]
    share: Optional[float]
    published: float

    @property
    def differs(self) -> bool:
        """Whether the ordinary method gives another figure."""
        return self.share is not None and not NEAR <= round(self.share, 6) <= round(1 / NEAR, 6)


@dataclass(frozen=True)
class Ordinary:
    """What the ordinary methods make of an export.

    Attributes
    ----------
    source : str
        Where their factors are from: ``bw2io VERSION``, or the project.
    shares : list of Share
    """

    source: str
    shares: list[Share]

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return asdict(self)


def ordinary(result: Assessment, system: ProductSystem, target: str = "") -> Ordinary:
    """Score an export with the ordinary methods.

    Parameters
    ----------
    result : Assessment
    system : ProductSystem
        Its export.
    target : str
        ``PROJECT/DATABASE`` that it was written into: factors of the project itself count, where
        it has all of the methods.
    """
    found = solved(system).inventory(system)
    known = [result.background.about(method.id) for method in system.methods]
    tables, source = _factors(known, target)
    own = {flow.code for flow in system.flows if flow.own}
    shares = []
    for method, about, table in zip(system.methods, known, tables):
        parts = {code: found[code] * factor for code, factor in method.factors.items()}
        value = fsum(parts.values())
        usual = share = None
        if about.method:
            usual = fsum(amount * table[code] for code, amount in found.items() if code in table)
            share = usual / value if value else None
        published = fsum(part for code, part in parts.items() if code in own)
        name = list(about.method or ())
        shares.append(
            Share(method.id, method.name, method.unit, value, name, usual, share, published)
        )
    return Ordinary(source, shares)


def _factors(known: list[Indicator], target: str) -> tuple[list[dict[str, float]], str]:
    """Factors of the ordinary methods by the code of the flow, and where they are from."""
    if target:
        from lca_cardato.background.methods import joined, project_method
        from lca_cardato.background.project import projects

        project = projects()[target.rpartition("/")[0]]
        names = {one.method for one in known if one.method}
        if names <= set(project.methods()):
            found = [one.method and project_method(project, joined(one.method)) for one in known]
            return [
                one.factors.by_code if one and one.factors else {} for one in found
            ], project.name
    return bundled(known), f"bw2io {version('bw2io')}"
