"""Count, twist, mass, batch, prices, distances and current of a product against the trade."""

from __future__ import annotations

from typing import Any, Iterator

from lca_cardato.model.checks import Check, Makers, constant, count_key, price_key
from lca_cardato.model.contract import PHOTOVOLTAIC
from lca_cardato.model.ranges import Values
from lca_cardato.model.structure import Line, YarnUse
from lca_cardato.model.system import MASS
from lca_cardato.words.language import Word

VALUE = "question_value"


class OfProduct(Makers):
    """Makes the checks of what is no figure of a step."""

    def all(self) -> Iterator[Check]:
        """Give the checks in the order of the scenario."""
        scenario = self.model.scenario
        product = scenario.product
        for index, yarn in enumerate(self.model.yarns):
            path: tuple = ("yarns", index) if scenario.yarns else ()
            place = (*path, "count") if scenario.yarns else ("product", "count")
            yield from self.value("count", yarn.system, place, count_key(yarn))
            for line in yarn.lines:
                yield from self.line(line, yarn, path)
        if product.twist is not None and not scenario.yarns:
            count, twist = count_key(self.model.yarns[0]), float(product.twist)

            def factor(values: Values) -> Any:
                return twist / values[count] ** 0.5

            yield from self.absolute(
                "twist_factor", "", ("product", "twist"), factor, [count], code=VALUE,
                about={"figure": Word("twist_factor")}, slips=False,
            )  # fmt: skip
        if product.surface_mass is not None:

            def grams(values: Values) -> Any:
                return values[MASS] * 1000

            yield from self.absolute(
                "surface_mass", str(product.construction), ("product", "surface_mass"), grams,
                [MASS], code=VALUE, about={"figure": Word("surface_mass")},
            )  # fmt: skip
        if product.batch is not None:
            yield from self.absolute(
                "batch", "", ("product", "batch"), constant(float(product.batch.amount)),
                code=VALUE, about={"figure": Word("batch")},
            )  # fmt: skip
        for dataset, key in self.model.electricity:
            if dataset == PHOTOVOLTAIC:
                yield from self.value("photovoltaic", "", ("electricity", "photovoltaic"), key)

    def value(self, quantity: str, of: str, path: tuple, key: str) -> Iterator[Check]:
        """Hold one of the values against the limits of its kind."""
        yield from self.absolute(
            quantity, of, path, lambda values: values[key], [key], code=VALUE,
            about={"figure": Word(quantity)},
        )  # fmt: skip

    def line(self, line: Line, yarn: YarnUse, path: tuple) -> Iterator[Check]:
        """Price and distances of a fibre."""
        place = (*path, "blend", int(line.key.rpartition("/")[2]))
        if line.entry.price is not None:
            yield from self.value("price", "", (*place, "price"), price_key(line.key))
        for index, leg in enumerate(line.entry.transport or ()):
            spot = (*place, "transport", index, "distance")
            yield from self.value("distance", leg.mode, spot, self.model.bound[spot])
