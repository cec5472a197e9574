"""Arithmetic written as text: numbers, ``+ - * /`` and parentheses, evaluated exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from lca_cardato.sentence import say
from lca_cardato.text.number import BLANKS, QuantityError, check_range, parse_number, refuse_powers

_EXPRESSION = re.compile(r"[0-9eE+\-*/(). ]{1,200}")


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> Fraction:
    """Evaluate arithmetic written as text: numbers, ``+ - * /`` and parentheses only.

    Parameters
    ----------
    text : str
        A number, or ``= 118.59 / 267.56``; at most 200 characters.

    Returns
    -------
    Fraction

    Raises
    ------
    QuantityError
        ``E104`` when it is not such arithmetic, ``E109`` when too long or out of range.
    """
    stripped = text.strip(BLANKS)
    if not stripped.startswith("="):
        return parse_number(stripped)
    body = stripped[1:].strip(BLANKS)
    refuse_powers(body)
    if not _EXPRESSION.fullmatch(body):
        raise QuantityError(
            "E104", say("arithmetic may hold numbers, + - * / and parentheses (200 characters)")
        )
    tokens = re.findall(r"\d+\.?\d*(?:[eE][+-]?\d{1,2})?|\.\d+|[+\-*/()]", body)
    if "".join(tokens) != body.replace(" ", ""):
        raise QuantityError("E104", say("not arithmetic"))
    value, rest = _sum(tokens, 0, 0)
    if rest != len(tokens):
        raise QuantityError("E104", say("not arithmetic: something is left over"))
    check_range(value, 60)  # far steps of a conversion, and sums that a float holds
    return value


def _sum(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    value, at = _product(tokens, at, depth)
    while at < len(tokens) and tokens[at] in "+-":
        sign = tokens[at]
        other, at = _product(tokens, at + 1, depth)
        value = value + other if sign == "+" else value - other
    return value, at


def _product(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    value, at = _atom(tokens, at, depth)
    while at < len(tokens) and tokens[at] in "*/":
        sign = tokens[at]
        other, at = _atom(tokens, at + 1, depth)
        if sign == "/" and other == 0:
            raise QuantityError("E104", say("division by zero"))
        value = value * other if sign == "*" else value / other
    return value, at


def _atom(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    if at >= len(tokens) or depth > 10:
        raise QuantityError("E104", say("not arithmetic: it ends too early or nests too deeply"))
    token = tokens[at]
    if token == "-":
        value, at = _atom(tokens, at + 1, depth + 1)
        return -value, at
    if token == "(":
        value, at = _sum(tokens, at + 1, depth + 1)
        if at >= len(tokens) or tokens[at] != ")":
            raise QuantityError("E104", say("not arithmetic: a parenthesis is not closed"))
        return value, at + 1
    if token in "+*/)":
        raise QuantityError("E104", say("not arithmetic"))
    return parse_number(token), at + 1
