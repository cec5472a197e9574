"""The same product system in lca_algebraic, for its own interpreter.

The foreground is written as its users write it: parameters by name, amounts as short formulas.
All fibres lose the same in a step, so what a step puts back has the composition of the mixture.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from peers import answer, keep_doubles

VISCOSE = 0.05
WOOL_LINE, POLYAMIDE_LINE, VISCOSE_LINE = "yarn/0", "yarn/1", "yarn/2"


class AlgebraicSide:
    """A project with a background database and a parametrised foreground."""

    def __init__(self, folder):
        import brightway2 as bw
        import lca_algebraic as agb

        self.bw, self.agb = bw, agb
        keep_doubles()
        self.about = json.loads((folder / "system.json").read_text(encoding="utf-8"))
        with np.load(folder / "numbers.npz") as data:
            self.numbers = {name: data[name] for name in data.files}
        with np.load(folder / "parameters.npz") as data:
            self.parameters = {name: data[name] for name in data.files}
        bw.projects.set_current("benchmark")
        self._background()
        self._foreground()

    def _background(self):
        bw, numbers = self.bw, self.numbers
        flows = {
            ("biosphere", str(i)): {"name": name, "type": "emission", "unit": "kg", "exchanges": []}
            for i, name in enumerate(self.about["flows"])
        }
        bw.Database("biosphere").write(flows)
        datasets = {}
        for j, name in enumerate(self.about["datasets"]):
            exchanges = []
            for i in np.flatnonzero(numbers["technosphere"][:, j]).tolist():
                amount = float(numbers["technosphere"][i, j])
                kind = "production" if i == j else "technosphere"
                exchanges.append({
                    "input": ("background", str(i)), "type": kind,
                    "amount": amount if i == j else -amount,
                })  # fmt: skip
            for i in np.flatnonzero(numbers["biosphere"][:, j]).tolist():
                exchanges.append({
                    "input": ("biosphere", str(i)), "type": "biosphere",
                    "amount": float(numbers["biosphere"][i, j]),
                })  # fmt: skip
            datasets["background", str(j)] = {
                "name": name, "unit": "kg", "type": "process", "exchanges": exchanges,
            }  # fmt: skip
        bw.Database("background").write(datasets)
        self.agb.setBackground("background")
        self.methods = []
        for k, name in enumerate(self.about["indicators"]):
            method = bw.Method(("benchmark", name, "total"))
            method.register(unit="unit")
            method.write([
                (("biosphere", str(i)), float(factor))
                for i, factor in enumerate(numbers["factors"][:, k]) if factor
            ])  # fmt: skip
            self.methods.append(("benchmark", name, "total"))

    def _foreground(self):
        agb, bw, about = self.agb, self.bw, self.about
        agb.resetDb("foreground", foreground=True)
        agb.resetParams()
        p = {
            name: agb.newFloatParam(
                name, default=float(values.mean()), min=float(values.min()), max=float(values.max())
            )
            for name, values in self.parameters.items()
        }
        names = about["activities"]
        amounts = self._formulas(p, names)
        activities = []
        for index, name in enumerate(names):
            exchanges = {}
            for entry in about["foreground"]:
                if entry["activity"] != index:
                    continue
                target = self._target(entry, activities, bw)
                amount = entry["amount"]
                if "varies" in entry:
                    where = entry["target"]
                    if entry["kind"] == "activity":
                        where = names[entry["target"]]
                    elif entry["kind"] == "dataset":
                        where = about["datasets"][entry["target"]]
                    amount = amounts.pop((name, where))
                exchanges[target] = amount
            activities.append(agb.newActivity("foreground", name, "kg", exchanges))
        assert not amounts, amounts
        self.model = activities[about["demand"]]

    @staticmethod
    def _target(entry, activities, bw):
        if entry["kind"] == "activity":
            return activities[entry["target"]]
        database = {"dataset": "background", "flow": "biosphere"}[entry["kind"]]
        return bw.get_activity((database, str(entry["target"])))

    @staticmethod
    def _formulas(p, names):
        """Amounts that vary: (activity, what it takes) -> formula."""
        delivery = {
            WOOL_LINE: "yarn/0/tearing",
            POLYAMIDE_LINE: "yarn/1/dyeing-stock",
            VISCOSE_LINE: "yarn/2/delivery",
        }
        share = {
            WOOL_LINE: 1 - VISCOSE - p["polyamide_share"],
            POLYAMIDE_LINE: p["polyamide_share"],
            VISCOSE_LINE: VISCOSE,
        }
        found = {
            ("yarn/blending", delivery[line]): share[line] / (1 - 0.01)
            for line in (WOOL_LINE, POLYAMIDE_LINE)
        }
        found["yarn/1/dyeing-stock", "natural-gas-burned"] = p["dyeing_heat"]
        steps = [
            ("yarn/carding", "yarn/blending", "carding", 0.6),
            ("yarn/spinning-ring", "yarn/carding", "spinning", 0.7),
        ]
        for step, before, word, reclaimed in steps:
            loss = p[f"{word}_loss"]
            found[step, before] = 1 / (1 - loss)
            found[step, "electricity-it-mv"] = p[f"{word}_electricity"]
            found[step, "waste-textile-incineration"] = (1 - reclaimed) * loss / (1 - loss)
            for line, end in delivery.items():
                found[step, end] = -reclaimed * loss / (1 - loss) * share[line]
        return found

    def compute(self, rows, repeat=1, prepare=False, cse=True, keep=()):
        """Time ``compute_impacts`` for the first rows; `prepare` forgets the formulas before.

        Scores of the background stay known: they are Brightway's part, and ours are kept as well.
        """
        agb = self.agb
        agb.LambdaWithParamNames.use_sympy_cse(cse)
        parameters = {name: values[:rows] for name, values in self.parameters.items()}
        times = []
        for _ in range(repeat):
            if prepare:
                from lca_algebraic.cache import ExprCache

                with ExprCache("foreground") as cache:
                    cache.data.clear(disk=True)
            start = time.perf_counter()
            found = agb.compute_impacts(self.model, self.methods, **parameters)
            times.append(time.perf_counter() - start)
        scores = found.to_numpy()[list(keep)] * self.about["mass"]
        return {"seconds": times, "scores": scores.tolist(), "shape": list(found.shape)}


if __name__ == "__main__":
    side = AlgebraicSide(Path(sys.argv[1]))
    answer({"compute": side.compute})
