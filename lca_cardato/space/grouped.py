"""Equal problems of many rows, told once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterable, Sequence

from lca_cardato.errors import Problem
from lca_cardato.sentence import Sentence, say


def grouped(problems: Sequence[Problem]) -> list[Problem]:
    """Tell problems that differ by their row alone once: ``rows 5, 9-14: ...``."""
    groups: dict[tuple, list[Problem]] = {}
    for problem in problems:
        alike = (problem.code, str(problem.message), problem.key, str(problem.suggestion))
        groups.setdefault(alike, []).append(problem)
    found = []
    for group in groups.values():
        first = group[0]
        if len(group) > 1:
            values = list(dict.fromkeys(one.value for one in group))
            rows = rows_text([one.line for one in group])
            text = say("rows {rows}: {what}", rows=rows, what=first.message)
            some = ", ".join(values[:3]) + (", ..." if len(values) > 3 else "")
            first = replace(first, message=text, value=some)
        found.append(first)
    return found


def rows_text(rows: Iterable[int]) -> str:
    """Write numbers of rows shortly.

    Examples
    --------
    >>> rows_text([5, 9, 10, 11, 14])
    '5, 9-11, 14'
    """
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in spans)


def alike(text: str) -> Any:
    """Give what two sentences share that differ in what was typed alone."""
    if not isinstance(text, Sentence):
        return str(text)
    if set(text.arguments) == {"text", "value"}:
        return alike(text.arguments["text"])
    parts = [(name, alike(part) if isinstance(part, str) else repr(part))
             for name, part in text.arguments.items()]  # fmt: skip
    return (text.template, *parts)
