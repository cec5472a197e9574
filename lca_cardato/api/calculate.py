"""The verbs that calculate; what they give shows itself."""

from __future__ import annotations

import functools
from typing import Any, Callable, ParamSpec, TypeVar

import lca_cardato.api.dressed as dressed
import lca_cardato.api.planned as planned
from lca_cardato.measure import study as measure_
from lca_cardato.season import study as season_
from lca_cardato.studies import assess as assess_
from lca_cardato.studies import batch as batch_
from lca_cardato.studies import compare as compare_
from lca_cardato.studies import optimise as optimise_
from lca_cardato.studies import sensitivity as sensitivity_
from lca_cardato.studies import uncertainty as uncertainty_

P = ParamSpec("P")
D = TypeVar("D", bound=dressed.Dressed)


def dressing(study: Callable[P, Any], kind: type[D]) -> Callable[P, D]:
    """Make a verb of a study: the same arguments and documentation, a result that shows itself."""

    @functools.wraps(study)
    def verb(*arguments: P.args, **named: P.kwargs) -> D:
        return kind.of(study(*arguments, **named))

    return verb


assess = dressing(assess_.assess, dressed.Assessment)
batch = dressing(batch_.batch, dressed.BatchResult)
compare = dressing(compare_.compare, dressed.Comparison)
measure_next = dressing(measure_.measure_next, dressed.MeasureNext)
optimise = dressing(optimise_.optimise, dressed.Optimum)
season = dressing(season_.season, planned.Season)
sensitivity = dressing(sensitivity_.sensitivity, dressed.Sensitivity)
uncertainty = dressing(uncertainty_.uncertainty, dressed.Uncertainty)
