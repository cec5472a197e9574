"""The verbs of the command line as functions, for notebooks and programs.

>>> from lca_cardato import api
>>> result = api.assess("scenarios/recycled-wool-70.yaml")                     # doctest: +SKIP
>>> two = api.compare(["a.yaml", "b.yaml"], samples=10_000, seed=1)            # doctest: +SKIP
>>> front = api.batch("blends.yaml", pareto="climate_change,cost")             # doctest: +SKIP
>>> spread = api.uncertainty("scenarios/virgin-wool.yaml", samples=10_000)     # doctest: +SKIP
>>> weight = api.sensitivity("scenarios/virgin-wool.yaml")                     # doctest: +SKIP
>>> api.report(result, "wool.html", "wool.pdf")                                # doctest: +SKIP

Every result has ``to_dict()`` or ``table()`` (a pandas table), or both.
"""

from lca_cardato.batch.api import batch
from lca_cardato.impact.assess import assess
from lca_cardato.report.api import report
from lca_cardato.uncertainty.compare import compare
from lca_cardato.uncertainty.results import uncertainty
from lca_cardato.uncertainty.sensitivity import sensitivity

__all__ = ["assess", "batch", "compare", "report", "sensitivity", "uncertainty"]
