"""Read JSON that somebody handed over: nothing in it is taken on trust."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any, NoReturn

from lca_cardato.errors import shorten
from lca_cardato.sentence import say

_EXACT = re.compile(r"-?[0-9]{1,3000}(?:/[0-9]{1,3000}|\.[0-9]{1,300})?")
_HIDDEN = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_ESCAPED = re.compile(
    r"(?<!\\)(?:\\\\)*\\u(?:00[01]|007f|00[89]|202[89a-e]|206[6-9])", re.IGNORECASE
)


def parse(data: bytes) -> dict[str, Any]:
    """Read a JSON document: an object of plain values.

    Raises
    ------
    ValueError
        Not JSON or not an object; a key that stands twice, of which other readers may take the
        other; a number that is not finite; a control character, which would
        steer the terminal of whoever looks at it; nesting that no run has.
    """
    text = data.decode("utf-8")
    if _HIDDEN.search(text) or ("\\u" in text and _ESCAPED.search(text)):
        raise ValueError(say("a control character"))
    try:
        document = json.loads(
            text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_unique
        )
    except RecursionError:
        raise ValueError(say("nested too deeply")) from None
    if not isinstance(document, dict):
        raise ValueError(say("not a JSON object"))
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(say("the key {key} stands twice", key=shorten(twice, 40)))
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(say("{text} is no number of a result", text=text))


def _finite(text: str) -> float:
    number = float(text)
    if number - number != 0.0:
        _refuse(text)
    return number


def exact(value: Any) -> Fraction:
    """Read an exact fraction of the claim ledger, ``13/20``.

    Raises
    ------
    ValueError
        Another text, such as one whose power of ten would keep the machine busy for years.
    """
    if not isinstance(value, str) or not _EXACT.fullmatch(value):
        raise ValueError(say("not an exact number: {text}", text=f"{value!r:.60}"))
    return Fraction(value)
