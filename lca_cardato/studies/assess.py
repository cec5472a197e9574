"""Assess a scenario: the way from a file to figures, stages, contributors and claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional, Sequence, Union

import numpy as np

from lca_cardato.background.open import Data, DataOptions, data_of, lotted, open_data
from lca_cardato.brightway.process import start
from lca_cardato.brightway.store import Progress
from lca_cardato.calculation.brightway_check import ask_brightway, check_agreement
from lca_cardato.calculation.solve import Calculated, calculate, climate_weights
from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.packs_model import RulePack, own_packs, shipped_packs
from lca_cardato.files.atomic import sha256
from lca_cardato.inventory.load import collector_paused
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.at_once import all_at_once
from lca_cardato.model.resolve import resolve
from lca_cardato.results.assessment import Assessment
from lca_cardato.scenario.load import LoadedScenario, load_scenario
from lca_cardato.studies.paired import beside, draws
from lca_cardato.studies.references import grid_reference, virgin_alternatives, virgin_reference


def assess(
    source: Union[str, Path, Mapping[str, Any], LoadedScenario],
    inventories: Optional[Union[str, Path]] = None,
    progress: Optional[Progress] = None,
    background: Optional[str] = None,
    mapping: Optional[Union[str, Path]] = None,
    methods: Sequence[str] = (),
) -> Assessment:
    """Assess one scenario.

    Parameters
    ----------
    source : path, mapping or LoadedScenario
        The scenario.
    inventories : path, optional
        Folder of inventory files of one's own; they extend the shipped ones or replace them by
        id, and the result says so.
    progress : callable, optional
        Called with (step, steps, text) while the inventories are installed, once.
    background : str, optional
        ``PROJECT/DATABASE`` of the user's Brightway, in place of the shipped background.
    mapping : str or path, optional
        Mapping for that database, by the name of a shipped one or a file.
    methods : sequence of str
        Further methods beside the indicators: shipped ones by id or group, those of a Brightway
        project by name, files of one's own.

    Returns
    -------
    Assessment

    Raises
    ------
    InputError
        The scenario or an inventory file is wrong; all problems at once.
    CalculationError
        The product system has no sound solution.
    IntegrityError
        Brightway and our own solver differ by more than 1e-9 relative.

    Examples
    --------
    >>> from lca_cardato.studies.assess import assess
    >>> result = assess("scenarios/recycled-wool-70.yaml")        # doctest: +SKIP
    >>> round(result.score("climate_change"), 2)                  # doctest: +SKIP
    """
    start()  # Brightway comes up while files are read
    with all_at_once(inventories):
        loaded = source if isinstance(source, LoadedScenario) else load_scenario(source)
    data = open_data(DataOptions(inventories, background, mapping, methods), progress)
    return assess_loaded(loaded, data, shipped_packs())


def assess_loaded(
    loaded: LoadedScenario,
    rests_on: Union[Inventory, Data],
    packs: Sequence[tuple[RulePack, str]],
    progress: Optional[Progress] = None,
    own_rules: Optional[Sequence[str]] = None,
) -> Assessment:
    """Assess a loaded scenario with given data and rule packs; see `assess`.

    Parameters
    ----------
    loaded : LoadedScenario
    rests_on : Inventory or Data
        Inventories alone, or with their store and further methods.
    packs : sequence of (RulePack, str)
        Rule packs with the SHA-256 of their files.
    progress : callable, optional
    own_rules : sequence of str, optional
        Ids of the packs that are the user's own; those that are not shipped when left out.

    Returns
    -------
    Assessment
    """
    # read
    data = rests_on if isinstance(rests_on, Data) else data_of(rests_on, (), progress)
    data = lotted(data, [loaded])
    inventory, store, background = data.inventory, data.store, data.store.background
    # model
    model = resolve(loaded, inventory)
    # calculate
    main = calculate(model, background)
    asked = ask_brightway(main.system, store)  # Brightway works on it meanwhile
    virgin = virgin_reference(loaded, inventory)
    grid = grid_reference(loaded, inventory)
    # judge
    weights = climate_weights(main, background)
    claims = [evaluate(pack, model, inventory, weights) for pack, _ in packs]
    # result
    document, factors = loaded.document, store.method_digest()
    reference = calculate(virgin, background) if virgin else None
    with collector_paused():
        others = virgin_alternatives(loaded, inventory) if virgin else []
        alternatives = tuple(beside(one, background) for one in others)
        drawn = draws(main, reference, alternatives, data)
    location = calculate(grid, background) if grid else None
    share = taken_share(main, data)
    scores = asked.result()
    return Assessment(
        scenario_digest=sha256(document.text.encode()) if document.text else "",
        scenario_text=document.text, scenario_raw=document.raw, kept=document.kept, documents=loaded.files,
        scenario_workbook=document.workbook,
        inventory=inventory, packs=tuple(packs), method_digest=factors, background=background,
        main=main, scores=scores, deviation=check_agreement(scores, main, background),
        location=location, reference=reference, alternatives=alternatives, claims=claims,
        methods=data.methods, drawn=drawn,
        background_share=share, corrections=store.corrections,
        own_rules=own_packs(packs) if own_rules is None else tuple(own_rules),
    )  # fmt: skip


def taken_share(main: Calculated, data: Data) -> Optional[float]:
    """Share of climate change that comes from the user's background; None with the shipped one.

    The absolute burdens that enter by each dataset are counted, wherever in the chain it stands.
    """
    note, store = data.inventory.background, data.store
    if note is None:
        return None
    factors = store.characterisation[:, store.background.indicators.index("climate_change")]
    place = {name: i for i, name in enumerate(store.datasets)}
    demand, own = np.zeros(len(place)), 0.0
    for exchange, amount, row in zip(
        main.system.exchanges, main.solution.amounts[0], main.solution.rows
    ):
        if isinstance(exchange.target, str):
            demand[place[exchange.target]] += amount
        else:
            own += abs(float(amount * factors[row - len(place)]))
    supply = np.linalg.solve(store.technosphere, demand)
    burdens = np.abs(supply * (store.biosphere.T @ factors))
    taken = float(sum(burdens[place[name]] for name in note.taken))
    whole = float(burdens.sum()) + own
    return taken / whole if whole else 0.0
