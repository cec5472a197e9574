"""What the page and the command say of a scenario, in plain data that can be compared."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lca_cardato.errors import CardatoError
from lca_cardato.results.assessment import Assessment
from lca_cardato.results.document import result_document
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.serve.form.engine import loaded_text
from lca_cardato.words.told import problem_text


def answered(
    text: str, base: Path, lang: str, assess: Callable[[LoadedScenario], Assessment]
) -> dict[str, Any]:
    """Assess a scenario, and say what came of it.

    Parameters
    ----------
    text : str
    base : Path
        Folder of its files.
    lang : {"en", "it"}
    assess : callable
        Loaded scenario -> Assessment.

    Returns
    -------
    dict
        ``scores``, indicator -> number as it was calculated, and ``document``, the result document
        without draws and without where it was made, with the digest of the factors; or ``problems``, code and text of each.
    """
    try:
        found = assess(loaded_text(text, base))
    except CardatoError as error:
        return {"problems": [[one.code, problem_text(one, lang)] for one in error.problems]}
    plain = dataclasses.replace(found, drawn=None, elsewhere={})
    return {
        "scores": dict(zip(found.background.indicators, map(float, found.scores))),
        "document": result_document(plain, lang) | {"factors_sha256": found.method_digest},
    }
