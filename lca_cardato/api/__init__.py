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
>>> api.measure_next("scenarios/virgin-wool.yaml").table()                     # doctest: +SKIP
>>> api.season("orders.xlsx", "stock.xlsx").table()                            # doctest: +SKIP
>>> api.report(result, "wool.html", "wool.pdf")                                # doctest: +SKIP
>>> api.save(result, "run")                                                    # doctest: +SKIP
>>> api.verify("run"), api.reproduce("run"), api.diff("run", "other")          # doctest: +SKIP
>>> api.explain("run", "energy").table()                                       # doctest: +SKIP
>>> api.claims_check("my-yarn.yaml", "cardato-recycled").met                   # doctest: +SKIP

Every result gives a pandas table (``table()``) and shows itself in a line (``repr``) and, in a
notebook, as a small table. Those of calculations give charts as well (``chart()``, with the extra
``notebook``).
"""

from lca_cardato.api.calculate import (
    assess,
    batch,
    compare,
    measure_next,
    optimise,
    season,
    sensitivity,
    uncertainty,
)
from lca_cardato.api.claims import checklist, claims_check
from lca_cardato.api.proof import diff, explain, reproduce, save, verify
from lca_cardato.api.reports import report
from lca_cardato.api.scenario import example, validate

__all__ = [
    "assess",
    "batch",
    "checklist",
    "claims_check",
    "compare",
    "diff",
    "example",
    "explain",
    "measure_next",
    "optimise",
    "report",
    "reproduce",
    "save",
    "season",
    "sensitivity",
    "uncertainty",
    "validate",
    "verify",
]
