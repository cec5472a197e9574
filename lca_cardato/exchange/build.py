"""Make the product system of an assessment."""

from __future__ import annotations

import re
from math import log
from typing import TYPE_CHECKING, Any, Optional

import numpy as np

from lca_cardato.background.open import data_of
from lca_cardato.brightway.condense import RESULT
from lca_cardato.brightway.exchanges import dataset_amounts
from lca_cardato.exchange.system import Edge, Figure, Flow, Method, Process, ProductSystem, Spread
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.inventory.placed import BY_PLACE, plain
from lca_cardato.lcia.methods import describe
from lca_cardato.results.document import declared_unit
from lca_cardato.results.further import used_datasets
from lca_cardato.results.naming import step_name
from lca_cardato.results.notices import notices
from lca_cardato.words.language import Language
from lca_cardato.words.said import Said, one_line

if TYPE_CHECKING:
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
        self.result, self.lang, self.words = result, lang, Language(lang)
        self.scenario = result.main.model.scenario
        self.store = data_of(result.inventory, result.methods).store
        self.codes = {
            flow: code or f"result-{flow[0].replace('_', '-')}"
            for flow, code in zip(self.store.flows, self.store.codes)
            if flow == plain(flow)
        }
        self.figures: dict[str, Figure] = {}
        self.used: set[tuple[str, tuple[str, ...]]] = set()

    def system(self) -> ProductSystem:
        store, behind = self.store, used_datasets(self.result)
        stated = declared_unit(self.result, self.words)["text"]
        processes = [
            self.whole(stated), *self.foreground(),
            *(self.dataset(key) for key in store.datasets if key in behind),
        ]  # fmt: skip
        known = {process.code for process in processes}
        for process in processes:  # an input of 0, such as a metered one, has no dataset behind it
            process.edges = [e for e in process.edges if e.amount or e.flow or e.target in known]
        place = {flow: i for i, flow in enumerate(store.flows)}
        used = sorted(self.used)
        methods = []
        for column, name in enumerate(store.background.indicators):
            if name == BY_PLACE:  # flows of other programs have no place
                continue
            about, values = store.background.about(name), store.characterisation[:, column]
            factors = {self.codes[f]: float(values[place[f]]) for f in used if values[place[f]]}
            methods.append(
                Method(name, about.name or self.words(name).strip(), about.unit, factors)
            )
        return ProductSystem(
            self.scenario.id, one_line(self.scenario.product.name), stated, PRODUCT, processes,
            [self.flow(flow, store.units[place[flow]]) for flow in used],
            list(self.figures.values()), methods,
            {
                name: float(score)
                for name, score in zip(store.background.indicators, self.result.scores)
                if name != BY_PLACE
            },
        )  # fmt: skip

    def flow(self, flow: tuple[str, tuple[str, ...]], unit: str) -> Flow:
        name, categories = flow
        own = categories == RESULT
        if not unit:
            known = describe(name)
            unit = known.unit if known else "kg"
        title = f"{name}, published result" if own else name
        comment = self.words("export_only_here") if own else ""
        return Flow(self.codes[flow], title, list(categories), unit, own, comment)

    # -- foreground --------------------------------------------------------------------------

    def whole(self, stated: str) -> Process:
        """The process that makes one declared unit."""
        system, product = self.result.main.system, self.scenario.product
        last = code_of(system.activities[system.demand].key)
        return Process(
            PRODUCT, one_line(product.name), one_line(product.name), "m2" if product.type == "fabric" else "kg", "IT",
            "", self.about(stated), [Edge(last, float(np.ravel(system.mass)[0]), False)],
        )  # fmt: skip

    def about(self, stated: str) -> str:
        """Tell what was questioned and what is the user's own, then what is declared."""
        data, words = self.result, self.words
        found = notices(
            data.main.model.questions, data.inventory, words, data.methods, data.own_rules
        )
        note = self.scenario.note
        return joined(
            *(words(f"h_{item['level']}") + ": " + item["text"] for item in found), stated,
            words("said_note", text=Said(note)) if note else "",
        )  # fmt: skip

    def foreground(self) -> list[Process]:
        system = self.result.main.system
        processes = []
        for activity in system.activities:
            row = {"activity": activity.key, "step": activity.step, "stage": activity.stage}
            name = step_name(self.result, row, self.words) or activity.key
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
        return processes

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
            edge.comment += f" ({one_line(parameter.document or parameter.source)})"
        stated = float(parameter.amount)
        if exchange.role in DIRECT and stated and amount:
            edge.parameter, edge.factor = self.figure(parameter).name, amount / stated
            edge.spread = spread_of(parameter.uncertainty, stated, edge.factor)
        return edge

    def figure(self, parameter: Any) -> Figure:
        if parameter.key in self.figures:
            return self.figures[parameter.key]
        name = re.sub(r"[^a-z0-9]+", "_", parameter.key.lower()).strip("_")
        name = name if name[0].isalpha() else f"p_{name}"
        taken = {figure.name for figure in self.figures.values()}
        while name in taken:
            name += "_"
        own = parameter.origin == "scenario"
        note, reason = (
            self.words(key, text=Said(text)) if own and text else text if key == "said_note" else ""
            for key, text in (("said_note", parameter.note), ("said_reason", parameter.reason))
        )
        about = (parameter.key, parameter.data_class, parameter.source,
                 one_line(parameter.document), one_line(parameter.period), reason, note)  # fmt: skip
        amount = float(parameter.amount)
        figure = self.figures[parameter.key] = Figure(
            name, parameter.key, amount, parameter.unit if parameter.unit != "%" else "fraction",
            joined(*about), spread_of(parameter.uncertainty, amount, 1.0),
        )  # fmt: skip
        return figure

    # -- background --------------------------------------------------------------------------

    def dataset(self, key: str) -> Process:
        inventory = self.result.inventory
        dataset = inventory.datasets[key]
        units = dict(zip(self.store.flows, self.store.units))
        edges = []
        sources: dict[str, str] = {}
        for kind, target, amount, datum in dataset_amounts(dataset, inventory, units):
            flow = (target, RESULT) if kind == "result" else target
            flow = plain(flow) if kind == "flow" else flow
            if kind != "input":
                self.used.add(flow)
            stated = float(datum.amount or 0)
            edges.append(
                Edge(
                    target if kind == "input" else self.codes[flow], amount, kind != "input",
                    joined(datum.class_, datum.source, datum.at, datum.note, datum.reason),
                    spread_of(datum.uncertainty, stated, amount / stated) if stated else None,
                )
            )  # fmt: skip
            if datum.source:
                work = inventory.sources[datum.source]
                sources[datum.source] = f"{work.authors}: {work.title} ({work.year})"
        file, line = inventory.where["datasets", key]
        place = f"{file.rsplit('/', 1)[-1]}:{line}"
        return Process(
            key, getattr(dataset.name, self.lang), dataset.product.name, dataset.product.unit,
            dataset.geography, "",
            joined(str(dataset.kind), str(dataset.year), dataset.technology, dataset.note, place),
            edges, dataset.year, list(sources.values()),
        )  # fmt: skip


def joined(*parts: Optional[str]) -> str:
    """Join the parts that are not empty by semicolons."""
    return "; ".join(part for part in parts if part)


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
