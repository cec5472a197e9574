"""Rows of a result held against the file that they follow from."""

from __future__ import annotations

from typing import Any, Iterator, Mapping

from lca_cardato.errors import shorten
from lca_cardato.sentence import say


def rows_of(result: Mapping[str, Any], section: str) -> list[Any]:
    """Rows of the scenario of a result; results before they were told have none.

    Parameters
    ----------
    result : mapping
        ``result.json``.
    section : str
        ``lots`` or ``yarns``.
    """
    return list(result["scenario"].get(section) or [])


def row_problems(section: str, said: Any, written: Any, file: str) -> Iterator[str]:
    """Tell what rows say otherwise than the file that they follow from.

    Parameters
    ----------
    section : str
        As for `rows_of`.
    said, written : object
        What the rows say, and what follows from the file, in the same form.
    file : str
        Name of the file in the run.
    """
    if said != written:
        name = f"result.json: scenario.{section}"
        yield say("{name}: not what {file} says", name=name, file=shorten(file))
