"""The verbs of the command line as functions, for notebooks and programs.

>>> from lca_cardato import api
>>> api.validate("my-yarn.yaml")                                               # doctest: +SKIP
>>> result = api.assess("scenarios/recycled-wool-70.yaml")                     # doctest: +SKIP
>>> result.table("stages")                                                     # doctest: +SKIP
>>> result.chart("contributors", "energy")                                     # doctest: +SKIP
>>> two = api.compare(["a.yaml", "b.yaml"], samples=10_000, seed=1)            # doctest: +SKIP
>>> front = api.batch("blends.yaml", pareto="climate_change,cost")             # doctest: +SKIP
>>> spread = api.uncertainty("scenarios/virgin-wool.yaml", samples=10_000)     # doctest: +SKIP
>>> weight = api.sensitivity("scenarios/virgin-wool.yaml")                     # doctest: +SKIP
>>> api.report(result, "wool.html", "wool.pdf")                                # doctest: +SKIP
>>> api.save(result, "run")                                                    # doctest: +SKIP
>>> api.verify("run"), api.reproduce("run"), api.diff("run", "other")          # doctest: +SKIP
>>> api.explain("run", "energy").table()                                       # doctest: +SKIP
>>> api.claims_check("my-yarn.yaml", "cardato-recycled").met                   # doctest: +SKIP

Every result gives a pandas table (``table()``) and shows itself in a line (``repr``) and, in a
notebook, as a small table. Those of calculations give charts as well (``chart()``, with the extra
``notebook``).
"""

from importlib import import_module
from typing import Any

from lca_cardato.api.claims import checklist, claims_check

PLACES = {
    "assess": "lca_cardato.studies.assess",
    "batch": "lca_cardato.api.many",
    "compare": "lca_cardato.studies.compare",
    "diff": "lca_cardato.api.proof",
    "example": "lca_cardato.api.scenario",
    "explain": "lca_cardato.api.proof",
    "report": "lca_cardato.api.reports",
    "reproduce": "lca_cardato.api.proof",
    "save": "lca_cardato.api.proof",
    "sensitivity": "lca_cardato.studies.sensitivity",
    "uncertainty": "lca_cardato.studies.uncertainty",
    "validate": "lca_cardato.api.scenario",
    "verify": "lca_cardato.api.proof",
}


def __getattr__(name: str) -> Any:
    if name in PLACES:
        return getattr(import_module(PLACES[name]), name)
    raise AttributeError(name)


__all__ = [
    "assess",
    "batch",
    "checklist",
    "claims_check",
    "compare",
    "diff",
    "example",
    "explain",
    "report",
    "reproduce",
    "save",
    "sensitivity",
    "uncertainty",
    "validate",
    "verify",
]
