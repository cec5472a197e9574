"""A scenario calculated in the browser: by the own solver, on background scores by Brightway."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from lca_cardato.claims.outcome import ORDER
from lca_cardato.errors import CalculationError, InputError
from lca_cardato.files.atomic import sha256
from lca_cardato.results.assessment import Assessment
from lca_cardato.results.comparison import Beside
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.serve.blend import INDICATORS, BlendDesk
from lca_cardato.serve.form.engine import Engine, engine, loaded_text


def assessed(loaded: LoadedScenario, mark: Mapping[str, Any]) -> Assessment:
    """Assess a scenario, with the fibres that it is compared with, and the mark of the browser.

    Parameters
    ----------
    loaded : LoadedScenario
    mark : mapping
        What the result says of its making; see `mark_of`.

    Returns
    -------
    Assessment
        Without draws: intervals are the command's.

    Raises
    ------
    InputError, CalculationError
        As `lca_cardato.studies.assess.assess`.
    """
    opened, document = engine(), loaded.document
    found = opened.quick(loaded)
    return dataclasses.replace(
        found,
        scenario_digest=sha256(document.text.encode()) if document.text else "",
        scenario_text=document.text, scenario_raw=document.raw, kept=document.kept,
        alternatives=_alternatives(loaded, opened) if found.reference else (),
        elsewhere=dict(mark),
    )  # fmt: skip


def _alternatives(loaded: LoadedScenario, opened: Engine) -> tuple[Beside, ...]:
    from lca_cardato.background.open import lotted
    from lca_cardato.calculation.solve import calculate
    from lca_cardato.studies.references import virgin_alternatives

    data = lotted(opened.data, [loaded])
    return tuple(
        Beside(one.replaced, one.fibre, one.dataset, one.undyed, calculate(one.model, data.store.background))
        for one in virgin_alternatives(loaded, data.inventory)
    )  # fmt: skip


def mark_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """Say where a result was calculated, on what, and how that was checked.

    Parameters
    ----------
    record : mapping
        As `lca_cardato.web.browser.open_engine` gives it.
    """
    return {
        "in": "browser",
        "brightway": dict(record["brightway"]),
        "background_sha256": record["sha256"],
        "checked_scenarios": int(record.get("checked", 0)),
    }


class Blend(BlendDesk):
    """A blend that is moved, each time by the whole model: there are no tables of batches here."""

    def evaluate(self, shares: list[Decimal]) -> dict[str, Any]:
        """Calculate a blend; see `BlendDesk.evaluate`."""
        self.check(shares)
        base: Path = self.path.parent
        try:
            found = engine().quick(loaded_text(self.scenario_text(shares), base))
        except CalculationError as error:
            return {
                "scores": dict.fromkeys(INDICATORS), "verdicts": {}, "recycled": None,
                "problems": [one.message for one in error.problems],
            }  # fmt: skip
        except InputError as error:
            raise InputError(error.problems) from None
        return {
            "scores": {name: found.score(name) for name in INDICATORS},
            "verdicts": {
                claim.pack.claim: claim.verdict for claim in found.claims if claim.verdict in ORDER
            },
            "recycled": None,
            "problems": [],
        }
