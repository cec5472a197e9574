"""Make the product system of an assessment."""

from __future__ import annotations

import re
from math import log
from typing import TYPE_CHECKING, Any, Optional

import numpy as np

from lca_cardato.brightway.condense import RESULT
from lca_cardato.brightway.exchanges import dataset_amounts, published_results
from lca_cardato.exchange.system import Edge, Figure, Flow, Method, Process, ProductSystem, Spread
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.results.naming import step_name
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.inventory.datum import Datum
    from lca_cardato.inventory.models import Dataset
    from lca_cardato.results.assessment import Assessment

PRODUCT = "product"
DIRECT = ("electricity", "heat", "water", "chemical", "packaging", "direct", "transport")


def product_system(result: Assessment, lang: str = "en") -> ProductSystem:
    """Make the product system of an assessment.

    Parameters
    ----------
    result : Assessment
    lang : str
        Language of names and comments.

    Returns
    -------
    ProductSystem
        Foreground and background in double precision; the last process makes one declared unit.
    """
    return _Builder(result, lang).system()


class _Builder:
    def __init__(self, result: Assessment, lang: str) -> None:
        from lca_cardato.background.open import data_of

        self.result, self.lang, self.words = result, lang, Language(lang)
        self.store = data_of(result.inventory, result.methods).store
        self.codes = {
            flow: code or f"result-{flow[0].replace('_', '-')}"
            for flow, code in zip(self.store.flows, self.store.codes)
        }
        self.figures: dict[str, Figure] = {}
        self.used: set[tuple[str, tuple[str, ...]]] = set()

    def system(self) -> ProductSystem:
        from lca_cardato.results.document import declared_unit

        result = self.result
        foreground = self.foreground()
        background = [self.dataset(key) for key in self.behind()]
        store = self.store
        flows, methods = [], []
        place = {flow: i for i, flow in enumerate(store.flows)}
        for flow in sorted(self.used):
            unit = store.units[place[flow]] or self.result_unit(flow[0])
            flows.append(Flow(self.codes[flow], flow[0] if flow[1] != RESULT else f"{flow[0]}, "
                              "published result", list(flow[1]), unit, flow[1] == RESULT))  # fmt: skip
        for column, name in enumerate(store.background.indicators):
            about = store.background.about(name)
            factors = {
                self.codes[flow]: float(store.characterisation[place[flow], column])
                for flow in sorted(self.used)
                if store.characterisation[place[flow], column]
            }
            title = about.name or self.words(name).strip()
            methods.append(Method(name, title, about.unit, factors))
        scores = dict(zip(store.background.indicators, map(float, result.scores)))
        stated = declared_unit(result, self.words)["text"]
        return ProductSystem(
            result.main.model.scenario.id, result.main.model.scenario.product.name, stated,
            PRODUCT, [*foreground, *background], flows, list(self.figures.values()), methods,
            scores,
        )  # fmt: skip

    # -- foreground --------------------------------------------------------------------------

    def foreground(self) -> list[Process]:
        result, system = self.result, self.result.main.system
        fabric = result.main.model.scenario.product.type == "fabric"
        processes = []
        for activity in system.activities:
            row = {"activity": activity.key, "step": activity.step, "stage": activity.stage}
            name = step_name(result, row, self.words) or activity.key
            processes.append(
                Process(
                    code_of(activity.key), f"{name} [{activity.key}]", name, "kg", "IT",
                    activity.stage, f"{self.words(activity.stage)}; foreground",
                )
            )  # fmt: skip
        for source, at, amount in system.links:
            processes[at].edges.append(
                Edge(code_of(system.activities[source].key), float(np.ravel(amount)[0]), False)
            )
        for exchange in system.exchanges:
            processes[exchange.activity].edges.append(self.foreground_edge(exchange))
        last = code_of(system.activities[system.demand].key)
        from lca_cardato.results.document import declared_unit

        unit = declared_unit(result, self.words)
        product = result.main.model.scenario.product.name
        whole = Process(
            PRODUCT, product, product, "m2" if fabric else "kg", "IT", "", unit["text"],
            [Edge(last, float(np.ravel(system.mass)[0]), False)],
        )  # fmt: skip
        return [whole, *processes]

    def foreground_edge(self, exchange: Any) -> Edge:
        amount = float(np.ravel(exchange.amount)[0])
        is_flow = not isinstance(exchange.target, str)
        if is_flow:
            self.used.add(exchange.target)
        code = self.codes[exchange.target] if is_flow else exchange.target
        comment = f"{self.words(exchange.stage)}; {exchange.role}"
        edge = Edge(code, amount, is_flow, comment)
        if not exchange.parameter:
            return edge
        parameter = self.result.main.model.parameters[exchange.parameter]
        edge.comment = f"{parameter.data_class}; {comment}; {parameter.key}"
        if parameter.document or parameter.source:
            edge.comment += f" ({parameter.document or parameter.source})"
        stated = float(parameter.amount)
        if exchange.role in DIRECT and stated and amount:
            figure = self.figure(parameter)
            edge.parameter = figure.name
            edge.spread = spread_of(parameter.uncertainty, stated, amount / stated)
        return edge

    def figure(self, parameter: Any) -> Figure:
        name = re.sub(r"[^a-z0-9]+", "_", parameter.key.lower()).strip("_")
        name = name if name[0].isalpha() else f"p_{name}"
        taken = {figure.name: key for key, figure in self.figures.items()}
        while taken.get(name, parameter.key) != parameter.key:
            name += "_"
        comment = "; ".join(
            text for text in (parameter.key, parameter.data_class, parameter.source,
                              parameter.document, parameter.period, parameter.note) if text
        )  # fmt: skip
        unit = parameter.unit if parameter.unit != "%" else "fraction"
        amount = float(parameter.amount)
        spread = spread_of(parameter.uncertainty, amount, 1.0)
        return self.figures.setdefault(
            parameter.key, Figure(name, parameter.key, amount, unit, comment, spread)
        )

    # -- background --------------------------------------------------------------------------

    def behind(self) -> list[str]:
        """Datasets behind the product, in the order of the store."""
        from lca_cardato.results.further import used_datasets

        used = used_datasets(self.result)
        return [key for key in self.store.datasets if key in used]

    def dataset(self, key: str) -> Process:
        dataset = self.result.inventory.datasets[key]
        process = Process(
            key, getattr(dataset.name, self.lang), dataset.product.name, dataset.product.unit,
            dataset.geography, "", self.describe(key, dataset),
        )  # fmt: skip
        units = dict(zip(self.store.flows, self.store.units))
        rows = dataset_amounts(dataset, self.result.inventory, units)
        figures: list[Datum] = [
            *dataset.exchanges, *(datum for _, datum in published_results(dataset))
        ]  # fmt: skip
        for (kind, target, amount, _), datum in zip(rows, figures):
            flow = (target, RESULT) if kind == "result" else target
            if kind != "input":
                self.used.add(flow)
            stated = float(datum.amount or 0)
            process.edges.append(
                Edge(
                    target if kind == "input" else self.codes[flow], amount, kind != "input",
                    "; ".join(t for t in (datum.class_, datum.source or "", datum.at, datum.note,
                                          datum.reason) if t),
                    spread_of(datum.uncertainty, stated, amount / stated) if stated else None,
                )
            )  # fmt: skip
        process.year = dataset.year
        process.sources = self.sources(figures)
        return process

    def sources(self, figures: list[Datum]) -> list[str]:
        """Works that the figures were read in, in the order of first use."""
        works = self.result.inventory.sources
        read = dict.fromkeys(datum.source for datum in figures if datum.source)
        return [f"{works[key].authors}: {works[key].title} ({works[key].year})" for key in read]

    def describe(self, key: str, dataset: Dataset) -> str:
        file, line = self.result.inventory.where[("datasets", key)]
        parts = [str(dataset.kind), str(dataset.year), dataset.technology, dataset.note]
        return "; ".join([part for part in parts if part] + [f"{file.rsplit('/', 1)[-1]}:{line}"])

    def result_unit(self, name: str) -> str:
        from lca_cardato.lcia.methods import describe

        known = describe(name)
        return known.unit if known else "kg"


def code_of(key: str) -> str:
    """Code of a foreground process."""
    return "fg/" + key


def spread_of(spread: Optional[Uncertainty], stated: float, factor: float) -> Optional[Spread]:
    """Distribution of ``factor * figure``; None where there is none.

    Parameters
    ----------
    spread : Uncertainty, optional
        Of the figure as stated.
    stated : float
    factor : float
        From the figure to the amount; bounds swap below 0.
    """
    if spread is None or spread.distribution == "none":
        return None
    amount = stated * factor
    if spread.distribution == "lognormal" and spread.gsd and amount:
        return Spread(2, log(abs(amount)), log(float(spread.gsd)))
    if spread.distribution == "normal" and spread.sd:
        return Spread(3, amount, abs(float(spread.sd) * factor))
    if spread.min is None or spread.max is None:
        return None
    low, high = sorted((float(spread.min) * factor, float(spread.max) * factor))
    if not low < high:
        return None
    if spread.distribution == "uniform":
        return Spread(4, None, None, low, high)
    return Spread(5, min(max(amount, low), high), None, low, high)
