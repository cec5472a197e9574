"""The verb ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional, Union

from lca_cardato.audit.material import of_run
from lca_cardato.batch.run import BatchResult
from lca_cardato.report.make import write_reports
from lca_cardato.report.stories import assessment as story
from lca_cardato.report.stories import batch as story_batch
from lca_cardato.report.stories import many as story_many
from lca_cardato.report.stories import optimise as story_optimise
from lca_cardato.results.assessment import Assessment
from lca_cardato.studies.best import Found
from lca_cardato.studies.compare import Comparison
from lca_cardato.studies.material import of_assessment
from lca_cardato.studies.sensitivity import Sensitivity
from lca_cardato.studies.uncertainty import Uncertainty


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
    result : Assessment, Comparison, Uncertainty, Sensitivity, BatchResult, Optimum, str or Path
        What another verb gave, or a run folder.
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
    InputError, DiskError, IntegrityError
        An unknown ending, a file that is there, a run whose inputs have changed.

    Examples
    --------
    >>> from lca_cardato import api
    >>> api.report(api.assess("scenarios/virgin-wool.yaml"), "wool.html")      # doctest: +SKIP
    """
    made, document = report_of(result, lang)
    folder = Path(charts) if charts is not None else None
    return write_reports(made, document, [Path(file) for file in files], folder, force)


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
        material = of_run(Path(result), lang)
        return story.assessment_report(material), material.document
    if isinstance(result, Assessment):
        material = of_assessment(result, lang)
        return story.assessment_report(material), material.document
    if isinstance(result, Comparison):
        return story_many.comparison_report(result, lang), result.to_dict(lang)
    if isinstance(result, Uncertainty):
        return story_many.uncertainty_report(result, lang), result.to_dict(lang)
    if isinstance(result, Sensitivity):
        return story_many.sensitivity_report(result, lang), result.to_dict(lang)
    if isinstance(result, BatchResult):
        return story_batch.batch_report(result, lang), story_batch.batch_document(result, lang)
    if isinstance(result, Found):
        document = result.to_dict(lang)
        return story_optimise.optimise_report(document, lang), document
    raise TypeError(f"no report of {type(result).__name__}")
