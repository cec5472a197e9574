"""The calculation behind the form: everything it rests on stays in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Mapping, Optional

from lca_cardato.background.open import Data
from lca_cardato.calculation.solve import calculate, climate_weights
from lca_cardato.claims.packs_model import RulePack
from lca_cardato.model.at_once import all_at_once
from lca_cardato.results.assessment import Assessment
from lca_cardato.scenario.load import LoadedScenario, load_document, load_scenario
from lca_cardato.text.yamltree import parse_document


@dataclass(frozen=True)
class Engine:
    """Inventories, their store and the rule packs, opened once.

    Attributes
    ----------
    data : Data
    packs : tuple of (RulePack, str)
    factors : str
        SHA-256 of the characterisation factors.
    """

    data: Data
    packs: tuple[tuple[RulePack, str], ...]
    factors: str

    def quick(self, loaded: LoadedScenario) -> Assessment:
        """Assess a scenario by the own solver alone, without draws and without alternatives.

        Parameters
        ----------
        loaded : LoadedScenario

        Returns
        -------
        Assessment
            With the scores of the own solver; a report asks Brightway as well.

        Raises
        ------
        InputError, CalculationError
            As `lca_cardato.studies.assess.assess`.
        """
        from lca_cardato.background.open import lotted
        from lca_cardato.claims.evaluate import evaluate
        from lca_cardato.inventory.load import collector_paused
        from lca_cardato.model.resolve import resolve
        from lca_cardato.studies.references import grid_reference, virgin_reference

        data = lotted(self.data, [loaded])
        inventory, store = data.inventory, data.store
        background = store.background
        factors = self.factors if data is self.data else store.method_digest()
        with collector_paused():
            model = resolve(loaded, inventory)
            main = calculate(model, background)
            weights = climate_weights(main, background)
            claims = [evaluate(pack, model, inventory, weights) for pack, _ in self.packs]
            virgin, grid = virgin_reference(loaded, inventory), grid_reference(loaded, inventory)
            reference = calculate(virgin, background) if virgin else None
            location = calculate(grid, background) if grid else None
        return Assessment(
            scenario_digest="", scenario_text="", scenario_raw=b"", documents=loaded.files,
            inventory=inventory, packs=self.packs, method_digest=factors,
            background=background, main=main, scores=[float(score) for score in main.scores],
            deviation=0.0, location=location, reference=reference, claims=claims,
            corrections=store.corrections,
        )  # fmt: skip


_lock = Lock()
_engine: Optional[Engine] = None


def put(opened: Engine) -> None:
    """Take an engine that was opened elsewhere."""
    global _engine
    _engine = opened


def engine() -> Engine:
    """Give the engine of this process, opened at the first call (about half a second)."""
    global _engine
    from lca_cardato.background.open import data_of
    from lca_cardato.claims.packs_model import shipped_packs
    from lca_cardato.inventory.load import load_inventory

    with _lock:
        if _engine is None:
            data = data_of(load_inventory(), ())
            _engine = Engine(data, tuple(shipped_packs()), data.store.method_digest())
        return _engine


def loaded(tree: Mapping[str, Any], base: Path) -> LoadedScenario:
    """Load the data of a form.

    Parameters
    ----------
    tree : mapping
    base : Path
        Folder of its documents, and of the files of yarns.

    Raises
    ------
    InputError
        Everything that `validate` would tell of the shape of the file and of its names.
    """
    with all_at_once(engine().data.inventory):
        return load_scenario(tree, base)


def loaded_text(text: str, base: Path) -> LoadedScenario:
    """Load a form that was written as YAML: with lines, and a digest for the report."""
    document = parse_document(text, "")
    document.raw = text.encode()
    with all_at_once(engine().data.inventory):
        return load_document(document, base)
