"""Results as notebooks take them: plain data that shows itself as table, chart, line and HTML."""

from __future__ import annotations

from typing import Any, Optional, TypeVar

import lca_cardato.api.briefs as briefs
from lca_cardato.api.frames import frame
from lca_cardato.api.notebook import Brief, Charted, Shown, charts_of, table_of
from lca_cardato.audit import reproduce
from lca_cardato.batch import run
from lca_cardato.batch.frame import frame_of
from lca_cardato.charts.picture import Picture
from lca_cardato.measure import study
from lca_cardato.results import assessment
from lca_cardato.results.document import result_document
from lca_cardato.studies import best, compare, sensitivity, uncertainty

D = TypeVar("D", bound="Dressed")


class Dressed:
    """A plain result with a way to show itself."""

    @classmethod
    def of(cls: type[D], plain: Any) -> D:
        """Dress a plain result; its data are shared, not copied."""
        made = cls.__new__(cls)
        made.__dict__.update(vars(plain))
        return made


class Assessment(Charted, Dressed, assessment.Assessment):
    """An assessment with tables and charts."""

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give the result document; see ``docs/result.schema.json``."""
        return result_document(self, lang)

    def table(self, name: str = "indicators", lang: str = "en") -> Any:
        """Give a table as pandas, numbers in full.

        Parameters
        ----------
        name : str
            ``indicators``, ``stages``, ``contributions`` (to climate change, the largest first),
            ``mass_balance``, ``data_classes``, ``assumptions``, ``parameters``, ``reference``,
            ``notices``
            (what was questioned, what is the user's own), ``verdicts`` or ``claims`` (criterion
            by criterion).
        lang : str
            ``"en"`` or ``"it"``; language of names and sentences.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        InputError
            ``E307``: there is no such table.
        """
        return frame(self, name, lang)

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        return briefs.of_assessment(self.to_dict())

    def _pictures(self, lang: str, name: Optional[str]) -> dict[str, Picture]:
        if name is None or name in ("intervals", "tornado"):
            return super()._pictures(lang, name)
        from lca_cardato.report.stories.assessment import assessment_report
        from lca_cardato.studies import material

        return charts_of(assessment_report(material.of_assessment(self, lang, samples=0)))


class Comparison(Charted, Dressed, compare.Comparison):
    """A comparison with tables and charts; its results are dressed too."""

    @classmethod
    def of(cls, plain: Any) -> Comparison:
        """Dress a comparison, and every result in it."""
        made = super().of(plain)
        made.results = [Assessment.of(result) for result in plain.results]
        return made

    def table(self) -> Any:
        """Values as a pandas table: a row per indicator, a column per scenario."""
        import pandas

        rows = self.to_dict()["indicators"]
        data = {name: item["values"] for name, item in rows.items()}
        table = pandas.DataFrame.from_dict(data, orient="index", columns=self.names())
        return table.rename_axis("indicator")

    def samples(self) -> Any:
        """Scores of every paired draw as a pandas table with two levels of columns."""
        import pandas

        if self.simulation is None:
            raise ValueError("compare(..., samples=N) makes draws")
        scores = self.simulation.scores
        columns = pandas.MultiIndex.from_product([self.names(), self.indicators])
        return pandas.DataFrame(scores.reshape(-1, scores.shape[2]).T, columns=columns)

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        return briefs.of_comparison(self.to_dict())


class Uncertainty(Charted, Dressed, uncertainty.Uncertainty):
    """Draws of one product with tables and charts."""

    def table(self) -> Any:
        """Intervals as a pandas table, one row per indicator."""
        import pandas

        rows = self.to_dict()["indicators"]
        table = pandas.DataFrame.from_dict(rows, orient="index")
        return table.drop(columns=["drivers"]).rename_axis("indicator")

    def samples(self) -> Any:
        """Scores of every draw as a pandas table, one column per indicator."""
        return table_of(self.simulation.scores[0].T, self.simulation.indicators)

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        return briefs.of_uncertainty(self.to_dict())


class Sensitivity(Charted, Dressed, sensitivity.Sensitivity):
    """What a result hangs on, with tables and charts."""

    def table(self) -> Any:
        """Rows as a pandas table, the weightiest first."""
        return table_of(self.rows, index="figure")

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        return briefs.of_sensitivity(self.to_dict())


class MeasureNext(Shown, Dressed, study.MeasureNext):
    """What to measure next, as a table."""

    def table(self, lang: str = "en") -> Any:
        """Measures as a pandas table: those of the order first."""
        rows = [{**row, "proves": len(row["proves"])} for row in self.to_dict(lang)["measures"]]
        return table_of(rows, index="measure")

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        return briefs.of_measure_next(self.to_dict())


class Optimum(Charted, Dressed, best.Found):
    """The best blend, or a front of blends, with tables and charts."""

    def table(self, lang: str = "en") -> Any:
        """Blends as a pandas table, a row each: shares that enter in percent, then every quantity."""
        rows = []
        for blend in self.to_dict(lang)["blends"]:
            names = [item["name"] for item in blend["lines"]]
            shares = {
                name if names.count(name) == 1 else f"{name} ({item['line']})": float(
                    item["share"][:-2]
                )
                for name, item in zip(names, blend["lines"])
            }
            chosen = {item["path"]: item["value"] for item in blend["chosen"]}
            values = {name: item["value"] for name, item in blend["values"].items()}
            rows.append({**shares, **chosen, **values})
        return table_of(rows).rename_axis("blend")

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        return briefs.of_optimum(self.to_dict())


class BatchResult(Charted, Dressed, run.BatchResult):
    """A batch with tables and charts."""

    def table(self) -> Any:
        """Rows as a pandas table."""
        return frame_of(self)

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        return briefs.of_batch(self)


class Reproduction(Shown, Dressed, reproduce.Reproduction):
    """Outcome of a reproduction that shows itself."""

    def table(self) -> Any:
        """Give the differences as a pandas table, a row each."""
        rows = [(d.path, d.before, d.now, d.relative) for d in self.differences]
        return table_of(rows, ["path", "before", "now", "relative"])

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        if self.identical:
            return Brief("same result", ["byte by byte" if self.bytes_equal else "within 1e-9"])
        rows = [[d.path, str(d.before), str(d.now)] for d in self.differences[:10]]
        told = [f"{len(self.differences)} values", f"cause: {self.cause or 'unknown'}"]
        return Brief("another result", told, ["value", "in the run", "now"], rows, "; ".join(told))
