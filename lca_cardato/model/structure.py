"""Structure of a product: yarns, fibres and steps, with the keys of their parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Mapping, Optional

from lca_cardato.inventory.datum import Formula, Names
from lca_cardato.inventory.models import Step
from lca_cardato.inventory.tables import Fibre, Supply
from lca_cardato.model.parameters import Parameter
from lca_cardato.model.questions import Question
from lca_cardato.model.taken import Derivation
from lca_cardato.scenario.evidence import EvidenceFile
from lca_cardato.scenario.figure import Figure
from lca_cardato.scenario.lots import NamedLot
from lca_cardato.scenario.models import BlendLine, Scenario
from lca_cardato.scenario.readings import Taken
from lca_cardato.text.yarncount import YarnCount


@dataclass
class StepUse:
    """A step of the route.

    Attributes
    ----------
    key : str
        Unique, for instance ``yarn/carding`` or ``yarn/0/tearing``.
    heat, chemicals : dict
        Carrier or dataset id -> parameter key.
    electricity, water_in, water_evaporated : str or None
        Parameter keys.
    loss : dict
        Fibre index -> parameter key; key -1 is the common one.
    contract : list, optional
        Electricity of the mill that spun the yarn, as `ProductModel.electricity`, where it is
        another than that of the product.
    grid : str
        Its location-based mix.
    lot, work, dataset : str
        Lot sheet of the contract processor as typed; at the last of its steps also the key of the
        figure that takes its work, and the dataset.
    """

    key: str
    id: str
    step: Step
    municipality: Optional[str]
    operator: str
    company: Optional[str]
    declared: bool
    document: Optional[str] = None
    electricity: Optional[str] = None
    heat: dict[str, str] = field(default_factory=dict)
    water_in: Optional[str] = None
    water_supply: str = "water-tap"
    water_evaporated: Optional[str] = None
    loss: dict[int, str] = field(default_factory=dict)
    reclaimed: Optional[str] = None
    chemicals: dict[str, str] = field(default_factory=dict)
    emissions: list[tuple[tuple[str, tuple[str, ...]], str]] = field(default_factory=list)
    transport: Optional[str] = None
    per_input: set[str] = field(default_factory=set)
    contract: Optional[list[tuple[str, str]]] = None
    grid: str = ""
    lot: str = ""
    work: str = ""
    dataset: str = ""

    def figure_keys(self) -> list[str]:
        """List the keys of energy, water and chemicals."""
        keys = [self.electricity, *self.heat.values(), self.water_in, *self.chemicals.values()]
        return [key for key in keys if key]


@dataclass(frozen=True)
class Derived:
    """A parameter that follows from another one: ``share * base``, or ``base - less``.

    Attributes
    ----------
    key, base : str
        Keys of the parameter and of the one it follows from.
    share : Fraction, optional
    less : Parameter, optional
        A figure of the scenario that is no parameter of the product system itself.
    """

    key: str
    base: str
    share: Optional[Fraction] = None
    less: Optional[Parameter] = None


@dataclass(frozen=True)
class CountFormula:
    """A default that a formula gives for the yarn count; `factor` converts its unit."""

    key: str
    formula: Formula
    factor: Fraction


@dataclass
class Line:
    """A fibre of a yarn's blend, with its way to the mixture."""

    key: str
    index: int
    entry: BlendLine
    fibre: Fibre
    supply: Supply
    dataset: str
    virgin_dataset: Optional[str]
    colour: str
    regain: Fraction
    steps: list[StepUse]
    legs: list[tuple[str, str]]  # (transport dataset, parameter key of the distance in km)
    taken: str = ""  # of a bought yarn: parameter key of what is taken of the lot, kg/kg

    @property
    def recycled(self) -> bool:
        """Whether the fibre is declared recycled (rework is not)."""
        return self.entry.origin in ("recycled_post_consumer", "recycled_pre_consumer")


@dataclass
class YarnUse:
    """A yarn of the product."""

    name: str
    share: Fraction
    count: YarnCount
    system: str
    carded: bool
    lines: list[Line]
    shares: list[Fraction]
    rework: Optional[Fraction]
    steps: list[StepUse]
    lot: str = ""  # lot sheet as typed, of a yarn that is bought with one


@dataclass
class ProductModel:
    """A product as it will be calculated.

    Attributes
    ----------
    parameters : dict
        Every figure, by key.
    electricity : list
        ``(dataset, parameter key of the share)`` of the company's contract.
    grid : str
        Dataset of the location-based mix.
    warnings : list of str
        Codes and arguments of what the reader should know; see `lca_cardato.words.language`.
    bound : dict
        Path of a figure inside the scenario -> key of its parameter.
    derived : list of Derived
    formulas : list of CountFormula
    figures : dict
        Key of a parameter -> the figure of the scenario that gave it.
    questions : list of Question
        Figures that are implausible, in the order of the scenario.
    outside : list of Names
        From gate to gate: steps that the product needs and that are off, so done by others.
    files : mapping
        Name of a document -> its file, where one was read.
    readings : mapping
        Readings that the scenario takes from files.
    derivations : mapping
        Key of a parameter -> how it follows from a reading.
    cells : dict
        Key of a parameter -> cell, of a scenario that was read from a workbook.
    lots : mapping
        Lot sheets that the scenario names.
    varied : frozenset of tuple
        Paths of values that a space sets in place of what was typed.
    memory : dict
        What was worked out of it once, by name.
    """

    scenario: Scenario
    yarns: list[YarnUse]
    fabric_steps: list[StepUse]
    packing: list[StepUse]
    parameters: dict[str, Parameter]
    electricity: list[tuple[str, str]]
    grid: str
    warnings: list[tuple[str, dict[str, Any]]]
    bound: dict[tuple, str] = field(default_factory=dict)
    derived: list[Derived] = field(default_factory=list)
    formulas: list[CountFormula] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    outside: list[Names] = field(default_factory=list)
    files: Mapping[str, EvidenceFile] = field(default_factory=dict)
    readings: Mapping[str, Taken] = field(default_factory=dict)
    derivations: Mapping[str, Derivation] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    lots: Mapping[str, NamedLot] = field(default_factory=dict)
    varied: frozenset[tuple] = frozenset()
    memory: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def declared_mass_kg(self) -> Fraction:
        """Conditioned mass of the declared unit: 1 kg of yarn, or 1 m2 of fabric."""
        if self.scenario.product.surface_mass is None:
            return Fraction(1)
        return Fraction(self.scenario.product.surface_mass.amount) / 1000

    def all_steps(self) -> list[StepUse]:
        """List all steps in the order of the material."""
        steps: list[StepUse] = []
        for yarn in self.yarns:
            for line in yarn.lines:
                steps += line.steps
            steps += yarn.steps
        return steps + self.fabric_steps + self.packing
