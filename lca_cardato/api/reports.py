"""The verb ``report``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Callable, Optional, Union

from lca_cardato.files.extra import require
from lca_cardato.report.make import extras_of, write_reports

Made = tuple[Any, dict[str, Any]]
"""A report and the document that it rests on."""


def _of_run(folder: Any, lang: str) -> Made:
    from lca_cardato.audit.material import of_run
    from lca_cardato.report.stories.assessment import assessment_report

    material = of_run(Path(folder), lang)
    return assessment_report(material), material.document


def _of_assessment(result: Any, lang: str) -> Made:
    from lca_cardato.report.stories.assessment import assessment_report
    from lca_cardato.studies.material import of_assessment

    material = of_assessment(result, lang)
    return assessment_report(material), material.document


def _of_batch(result: Any, lang: str) -> Made:
    from lca_cardato.report.stories.batch import batch_document, batch_report

    return batch_report(result, lang), batch_document(result, lang)


def _of_result(module: str, name: str) -> Callable[[Any, str], Made]:
    """Give the way to a report that is made of a result."""

    def made(result: Any, lang: str) -> Made:
        story = getattr(import_module(f"lca_cardato.report.stories.{module}"), name)
        return story(result, lang), result.to_dict(lang)

    return made


def _of_document(module: str, name: str) -> Callable[[Any, str], Made]:
    """Give the way to a report that is made of the document of a result."""

    def made(result: Any, lang: str) -> Made:
        document = result.to_dict(lang)
        story = getattr(import_module(f"lca_cardato.report.stories.{module}"), name)
        return story(document, lang), document

    return made


MAKERS: dict[str, Callable[[Any, str], Made]] = {
    "lca_cardato.results.assessment.Assessment": _of_assessment,
    "lca_cardato.batch.run.BatchResult": _of_batch,
    "lca_cardato.studies.compare.Comparison": _of_result("many", "comparison_report"),
    "lca_cardato.studies.uncertainty.Uncertainty": _of_result("many", "uncertainty_report"),
    "lca_cardato.studies.sensitivity.Sensitivity": _of_result("many", "sensitivity_report"),
    "lca_cardato.studies.best.Found": _of_document("optimise", "optimise_report"),
    "lca_cardato.measure.study.MeasureNext": _of_document("measure", "measure_report"),
    "lca_cardato.season.study.Season": _of_document("season", "season_report"),
}
"""Class of a result -> how its report is made; nothing of a study is imported for another."""


def report(
    result: Any,
    *files: Union[str, Path],
    lang: str = "en",
    charts: Optional[Union[str, Path]] = None,
    force: bool = False,
) -> list[Path]:
    """Write the report of a result.

    Parameters
    ----------
    result : Assessment, Comparison, BatchResult, Uncertainty, Optimum, Season, str or Path
        What another verb gave, also a sensitivity or what to measure next; or a run folder.
    files : str or Path
        Their endings name the formats: ``.html``, ``.pdf``, ``.xlsx``, ``.json``, and ``.jsonld`` for
        an assessment.
    lang : str
        ``"en"`` or ``"it"``.
    charts : path, optional
        New folder for the charts as SVG and PNG.
    force : bool
        Whether files that are there may be replaced.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    MissingError
        ``E510``: the extra ``reports`` is not installed.
    InputError, DiskError, IntegrityError
        An unknown ending, a file that is there, a run whose inputs have changed.

    Examples
    --------
    >>> from lca_cardato import api
    >>> api.report(api.assess("scenarios/virgin-wool.yaml"), "wool.html")      # doctest: +SKIP
    """
    folder, wanted = Path(charts) if charts is not None else None, [Path(file) for file in files]
    require(extras_of(wanted, folder))
    made, document = report_of(result, lang)
    return write_reports(made, document, wanted, folder, force)


def report_of(result: Any, lang: str = "en") -> tuple[Any, dict[str, Any]]:
    """Make a report and the document it rests on.

    Returns
    -------
    tuple of (Report, dict)

    Raises
    ------
    TypeError
        There is no report of such a thing.
    """
    if isinstance(result, (str, Path)):
        return _of_run(result, lang)
    for kind in type(result).__mro__:
        if make := MAKERS.get(f"{kind.__module__}.{kind.__qualname__}"):
            return make(result, lang)
    raise TypeError(f"no report of {type(result).__name__}")
