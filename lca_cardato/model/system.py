"""The foreground product system: activities and exchanges computed from parameter values.

Amounts are floats, or arrays whose leading axis runs over scenarios: the same function serves
one scenario and many.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Union

from lca_cardato.inventory.models import CARRIER_DATASETS
from lca_cardato.model.massflow import ChainFlows, chain_flows, total
from lca_cardato.model.structure import Line, ProductModel, StepUse, YarnUse

FlowKey = tuple[str, tuple[str, ...]]
MASS = "product.mass"
WATER_TO_AIR: FlowKey = ("Water", ("air",))


@dataclass(frozen=True)
class Activity:
    """A foreground activity that makes 1 kg of its product.

    Attributes
    ----------
    key : str
        Unique, the key of its step or of its fibre.
    stage : str
        Life-cycle stage.
    step : str
        Id of the step template; empty for fibre supply.
    own : bool
        Whether the company that makes the claim runs it.
    """

    key: str
    stage: str
    step: str = ""
    own: bool = False


@dataclass(frozen=True)
class BackgroundExchange:
    """What an activity takes from the background or emits directly, per kg of its product.

    Attributes
    ----------
    activity : int
        Index of the activity.
    target : str or FlowKey
        Dataset id, or name and categories of an elementary flow.
    amount : float or ndarray
        In the unit of the target.
    stage, role : str
        Stage that carries the burden and kind of exchange.
    parameter : str
        Key of the parameter behind the amount; empty for material flows.
    """

    activity: int
    target: Union[str, FlowKey]
    amount: Any
    stage: str
    role: str
    parameter: str = ""


@dataclass
class System:
    """Foreground of one product.

    Attributes
    ----------
    activities : list of Activity
    links : list of (row, column, amount)
        Use of foreground products: column consumes `amount` kg of row per kg (negative where
        it gives rework back).
    exchanges : list of BackgroundExchange
    demand : int
        Activity that makes the product.
    mass : float or ndarray
        Conditioned mass of the declared unit, kg.
    yarn_flows : dict
        Yarn name -> `ChainFlows` per kg of that yarn.
    fabric_flows : ChainFlows or None
        Flows of the yarns through the fabric steps, per kg of fabric.
    line_rows : dict
        Line key -> activity that delivers the fibre to the mixture.
    """

    activities: list[Activity] = field(default_factory=list)
    links: list[tuple[int, int, Any]] = field(default_factory=list)
    exchanges: list[BackgroundExchange] = field(default_factory=list)
    demand: int = 0
    mass: Any = 1.0
    yarn_flows: dict[str, ChainFlows] = field(default_factory=dict)
    fabric_flows: Optional[ChainFlows] = None
    line_rows: dict[str, int] = field(default_factory=dict)


def parameter_values(model: ProductModel) -> dict[str, float]:
    """Give every parameter as a float."""
    return {key: float(item.amount) for key, item in model.parameters.items()}


def product_flows(
    model: ProductModel, values: Mapping[str, Any]
) -> tuple[dict[str, ChainFlows], Optional[ChainFlows]]:
    """Mass flows of every yarn and of the fabric.

    Parameters
    ----------
    model : ProductModel
    values : mapping
        Parameter key -> number; `fractions.Fraction` gives exact flows.

    Returns
    -------
    tuple
        Yarn name -> flows per kg of yarn, and the flows of yarns per kg of fabric or None.
    """
    yarns = {}
    for yarn in model.yarns:
        losses = [[_loss(use, line.index, values) for line in yarn.lines] for use in yarn.steps]
        reclaimed = [values[use.reclaimed] if use.reclaimed else 0 for use in yarn.steps]
        yarns[yarn.name] = chain_flows(
            _shares(yarn, values), losses, reclaimed, _rework(yarn, values)
        )
    if not model.fabric_steps:
        return yarns, None
    shares = _like([yarn.share for yarn in model.yarns], values)
    losses = [[_loss(use, -1, values) for _ in shares] for use in model.fabric_steps]
    return yarns, chain_flows(shares, losses, [0 for _ in losses])


def _like(numbers: list[Any], values: Mapping[str, Any]) -> list[Any]:
    """Keep fractions only where the parameters are fractions."""
    from fractions import Fraction

    exact = all(isinstance(value, Fraction) for value in values.values())
    return list(numbers) if exact else [float(number) for number in numbers]


def _shares(yarn: YarnUse, values: Mapping[str, Any]) -> list[Any]:
    """Shares of the fresh mixture; a blend that varies has them among the values."""
    keys = [share_key(line) for line in yarn.lines]
    if keys[0] in values:
        return [values[key] for key in keys]
    return _like(yarn.shares, values)


def share_key(line: Line) -> str:
    """Key under which the share of a fibre in the fresh mixture may stand among the values."""
    return f"{line.key}.share"


def rework_key(yarn: YarnUse) -> str:
    """Key under which the share of rework in the mixture may stand among the values."""
    return f"{yarn.name}.rework"


def _rework(yarn: YarnUse, values: Mapping[str, Any]) -> Any:
    if yarn.rework is None:
        return None
    given = values.get(rework_key(yarn))
    return _like([yarn.rework], values)[0] if given is None else given


def _loss(use: StepUse, index: int, values: Mapping[str, Any]) -> Any:
    key = use.loss.get(index, use.loss.get(-1))
    return values[key] if key else 0


def build_system(model: ProductModel, values: Mapping[str, Any]) -> System:
    """Build the foreground of a product.

    Parameters
    ----------
    model : ProductModel
        Structure.
    values : mapping
        Parameter key -> float or array of shape (scenarios,). Shares of a blend that varies stand
        under `share_key` and `rework_key`, the mass of the declared unit under `MASS`.

    Returns
    -------
    System
    """
    system = System(mass=values.get(MASS, float(model.declared_mass_kg)))
    system.yarn_flows, system.fabric_flows = product_flows(model, values)
    builder = _SystemBuilder(model, values, system)
    ends = [builder.yarn(yarn) for yarn in model.yarns]
    if model.fabric_steps and system.fabric_flows is not None:
        last = builder.chain(
            model.fabric_steps, system.fabric_flows, ends, ["" for _ in ends], rework=False
        )
    else:
        last = ends[0]
    for use in model.packing:
        last = builder.single(use, last, "packaging")
    system.demand = last
    return system


class _SystemBuilder:
    def __init__(self, model: ProductModel, values: Mapping[str, Any], system: System) -> None:
        self.model = model
        self.values = values
        self.system = system
        self.inside = model.scenario.product.boundary == "cradle_to_gate"

    def add(self, activity: Activity) -> int:
        self.system.activities.append(activity)
        return len(self.system.activities) - 1

    def take(
        self, at: int, target: Union[str, FlowKey], amount: Any, role: str, parameter: str = "",
        stage: str = "",
    ) -> None:  # fmt: skip
        stage = stage or self.system.activities[at].stage
        self.system.exchanges.append(BackgroundExchange(at, target, amount, stage, role, parameter))

    # -- fibres ----------------------------------------------------------------------------

    def line(self, line: Line) -> int:
        """Fibre from its supplier to the mixture; gives the activity that delivers it."""
        supply = self.add(Activity(f"{line.key}/supply", "fibre_supply"))
        if self.inside:
            amount = self.values[line.taken] if line.taken else 1.0
            self.take(supply, line.dataset, amount, "fibre", line.taken)
        last = self.add(Activity(f"{line.key}/delivery", "transport"))
        self.system.links.append((supply, last, 1.0))
        if self.inside:
            for dataset, key in line.legs:
                self.take(last, dataset, self.values[key] / 1000.0, "transport", key, "transport")
        for use in line.steps:
            last = self.single(use, last)
        self.system.line_rows[line.key] = last
        return last

    def single(self, use: StepUse, source: int, role: str = "chemical") -> int:
        """A step with one input."""
        loss = _loss(use, -1, self.values)
        at = self.step_activity(use)
        self.system.links.append((source, at, 1 / (1 - loss)))
        self.step_flows(use, at, 1 / (1 - loss), role)
        self.waste(use, at, loss / (1 - loss))
        return at

    # -- yarns and fabrics -----------------------------------------------------------------

    def yarn(self, yarn: YarnUse) -> int:
        ends = [self.line(line) for line in yarn.lines]
        flows = self.system.yarn_flows[yarn.name]
        if not yarn.steps:
            at = self.add(Activity(f"{yarn.name}/mixture", "blending"))
            for end, amount in zip(ends, flows.product):
                self.system.links.append((end, at, amount))
            return at
        return self.chain(yarn.steps, flows, ends, [line.key for line in yarn.lines])

    def chain(
        self,
        steps: list[StepUse],
        flows: ChainFlows,
        ends: list[int],
        labels: list[str],
        rework: bool = True,
    ) -> int:
        """Steps that work all parts together; rework goes back to the rows of the parts."""
        last = -1
        for position, use in enumerate(steps):
            at = self.step_activity(use)
            made = total(flows.out[position])
            taken = total(flows.into[position])
            if position == 0:
                for end, amount in zip(ends, flows.into[0]):
                    self.system.links.append((end, at, amount / made))
            else:
                self.system.links.append((last, at, taken / made))
            if rework:
                for end, amount in zip(ends, flows.reclaimed[position]):
                    self.system.links.append((end, at, -amount / made))
            self.step_flows(use, at, taken / made, "chemical")
            lost = total(flows.lost[position]) - total(flows.reclaimed[position])
            self.waste(use, at, lost / made)
            last = at
        return last

    # -- the flows of one step -------------------------------------------------------------

    def step_activity(self, use: StepUse) -> int:
        return self.add(
            Activity(
                use.key,
                use.step.stage,
                use.id,
                use.operator == "own" and use.declared,
            )
        )

    def step_flows(self, use: StepUse, at: int, taken: Any, role: str) -> None:
        """Energy, water, chemicals, emissions and transport of a step, per kg of output."""

        def amount(key: str) -> Any:
            value = self.values[key]
            return value * taken if key in use.per_input else value

        if use.electricity:
            self.electricity(use, at, amount(use.electricity))
        for carrier, key in use.heat.items():
            self.take(at, CARRIER_DATASETS[carrier], amount(key), "heat", key)
        if use.water_in:
            volume = amount(use.water_in) / 1000.0
            self.take(at, use.water_supply, volume, "water", use.water_in)
            evaporated = (
                amount(use.water_evaporated) / 1000.0 if use.water_evaporated else 0.0 * volume
            )
            self.take(at, "wastewater-treatment", volume - evaporated, "water", use.water_in)
            self.take(at, WATER_TO_AIR, evaporated, "direct", use.water_evaporated or "")
        for dataset, key in use.chemicals.items():
            kind = "packaging" if role == "packaging" else "chemical"
            self.take(at, dataset, amount(key), kind, key)
        for flow, key in use.emissions:
            self.take(at, flow, amount(key), "direct", key)
        if use.work:
            self.take(at, use.dataset, self.values[use.work], "work", use.work)
        if use.transport:
            self.take(
                at, "transport-lorry-rigid", taken * self.values[use.transport] / 1000.0,
                "transport", use.transport, "transport",
            )  # fmt: skip

    def electricity(self, use: StepUse, at: int, kwh: Any) -> None:
        if use.operator == "own":
            for dataset, key in self.model.electricity if use.contract is None else use.contract:
                self.take(at, dataset, kwh * self.values[key], "electricity", str(use.electricity))
        else:
            self.take(at, use.grid or self.model.grid, kwh, "electricity", str(use.electricity))

    def waste(self, use: StepUse, at: int, mass: Any) -> None:
        if use.step.waste_to and use.loss and not use.lot:
            key = next(iter(use.loss.values()))
            self.take(at, use.step.waste_to, mass, "waste", key, "waste")


def follow(model: ProductModel, values: dict[str, Any]) -> None:
    """Set the parameters that follow from others; `values` is changed in place.

    What is taken from a base (water discharged, from water taken in) may stand among the values
    under its own key.
    """
    for item in model.derived:
        base = values[item.base]
        if item.share is not None:
            values[item.key] = base * float(item.share)
        elif item.less is not None:
            values[item.key] = base - values.pop(item.less.key, float(item.less.amount))
