"""Values that may be read in two ways."""

from __future__ import annotations

from typing import Any, Sequence

from lca_cardato.errors import MAX_PROBLEMS, InputError, Problem
from lca_cardato.space.axes import NUMERIC
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import refuse_two_readings


def one_reading(values: Sequence[Any], file: str, key: str) -> None:
    """Refuse masses, energies, volumes and distances that may be meant in thousands.

    Raises
    ------
    InputError
        ``E115`` for each value, at most 50.
    """
    problems = []
    for text in dict.fromkeys(value for value in values if isinstance(value, str)):
        match = NUMERIC.fullmatch(text)
        if match is None:
            continue
        try:
            refuse_two_readings(*match.groups())
        except QuantityError as error:
            told, cure = error.message, error.suggestion
            problems.append(Problem(error.code, told, file, key=key, value=text, suggestion=cure))
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
