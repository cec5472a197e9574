"""Formulas of other programs: arithmetic over declared parameters, and nothing else.

Brightway writes Python's arithmetic, openLCA writes ``^``, ``if(a; b; c)`` and ``and``. A text is a
formula only where it names a parameter that the file declares; a chemical formula beside an amount
of 0 is none.
"""

from __future__ import annotations

import ast
import math
import re
from typing import Any, Callable, Mapping, Optional

from lca_cardato.sentence import say

MAX_LENGTH, MAX_NODES = 2_000, 500
NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
FUNCTIONS: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt, "exp": math.exp, "ln": math.log, "log": math.log, "log10": math.log10,
    "lg": math.log10, "abs": abs, "min": min, "max": max, "sin": math.sin, "cos": math.cos,
    "tan": math.tan, "arcsin": math.asin, "arccos": math.acos, "arctan": math.atan,
    "ceil": math.ceil, "floor": math.floor, "round": round, "sqr": lambda x: x * x,
    "power": math.pow, "pow": math.pow, "sum": lambda *x: math.fsum(x),
}  # fmt: skip
CONSTANTS = {"pi": math.pi, "e": math.e, "true": 1.0, "false": 0.0}
_BINARY: dict[type, Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b, ast.Pow: math.pow, ast.Mod: math.fmod,
    ast.FloorDiv: lambda a, b: float(a // b),
}  # fmt: skip
_COMPARE: dict[type, Callable[[float, float], bool]] = {
    ast.Eq: lambda a, b: a == b, ast.NotEq: lambda a, b: a != b, ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b, ast.Gt: lambda a, b: a > b, ast.GtE: lambda a, b: a >= b,
}  # fmt: skip


class FormulaError(ValueError):
    """A formula that can't be evaluated.

    Attributes
    ----------
    why : str
        A sentence.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def names_of(text: str) -> set[str]:
    """Names in a formula that are neither functions nor constants."""
    return {n for n in NAME.findall(text) if n.lower() not in FUNCTIONS and n not in CONSTANTS}


class Scope:
    """Declared parameters, which may be formulas of each other.

    Parameters
    ----------
    amounts : mapping
        Name -> stated value.
    formulas : mapping
        Name -> formula, which counts before the stated value.
    above : Scope, optional
        Parameters that hold where these name nothing: of the database, of the project.
    fold : bool
        Whether capitals and small letters are the same, as in openLCA.
    """

    def __init__(
        self, amounts: Mapping[str, float], formulas: Mapping[str, str],
        above: Optional[Scope] = None, fold: bool = False,
    ) -> None:  # fmt: skip
        self.fold, self.above = fold, above
        self.amounts = {self.key(name): value for name, value in amounts.items()}
        self.formulas = {self.key(name): text for name, text in formulas.items() if text}
        self.open: set[str] = set()
        self.known: dict[str, float] = {}

    def key(self, name: str) -> str:
        """Name as it is looked up."""
        return name.lower() if self.fold else name

    def declares(self, name: str) -> bool:
        """Whether a parameter of this name is declared here or above."""
        key = self.key(name)
        own = key in self.amounts or key in self.formulas
        return own or (self.above is not None and self.above.declares(name))

    def is_formula(self, text: str) -> bool:
        """Whether a text names a declared parameter."""
        return any(self.declares(name) for name in names_of(text[:MAX_LENGTH]))

    def value(self, name: str) -> float:
        """Value of a parameter.

        Raises
        ------
        FormulaError
            It is not declared, or depends on itself.
        """
        key = self.key(name)
        if key in self.known:
            return self.known[key]
        if key in self.formulas:
            if key in self.open:
                raise FormulaError(say("the parameter '{name}' depends on itself", name=name))
            self.open.add(key)
            try:
                self.known[key] = self.evaluate(self.formulas[key])
            finally:
                self.open.discard(key)
            return self.known[key]
        if key in self.amounts:
            return self.amounts[key]
        if self.above is not None:
            return self.above.value(name)
        raise FormulaError(say("no parameter '{name}' is declared", name=name))

    def evaluate(self, text: str) -> float:
        """Evaluate a formula.

        Raises
        ------
        FormulaError
        """
        if len(text) > MAX_LENGTH:
            raise FormulaError(say("longer than {count} characters", count=MAX_LENGTH))
        try:
            tree = ast.parse(_python(text), mode="eval")
            if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
                raise FormulaError(say("the formula has more than {count} parts", count=MAX_NODES))
            value = float(self._node(tree.body))
        except FormulaError:
            raise
        except (
            SyntaxError,
            ValueError,
            TypeError,
            ArithmeticError,
            RecursionError,
            MemoryError,
        ) as e:
            raise FormulaError(str(e)[:100] or type(e).__name__) from None
        if not math.isfinite(value):
            raise FormulaError(say("not a finite number"))
        return value

    def _node(self, node: Any) -> float:
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            return float(node.value)
        if isinstance(node, ast.Name):
            if not self.declares(node.id) and node.id.lower() in CONSTANTS:
                return CONSTANTS[node.id.lower()]
            return self.value(node.id)
        if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
            return _BINARY[type(node.op)](self._node(node.left), self._node(node.right))
        if isinstance(node, ast.UnaryOp):
            value = self._node(node.operand)
            if isinstance(node.op, ast.Not):
                return float(not value)
            return -value if isinstance(node.op, ast.USub) else value
        if isinstance(node, ast.IfExp):
            return self._node(node.body if self._node(node.test) else node.orelse)
        if isinstance(node, ast.BoolOp):
            values = [bool(self._node(value)) for value in node.values]
            return float(all(values) if isinstance(node.op, ast.And) else any(values))
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            pair = self._node(node.left), self._node(node.comparators[0])
            return float(_COMPARE[type(node.ops[0])](*pair))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            return self._call(node.func.id.lower(), node.args)
        raise FormulaError(say("something other than arithmetic stands in the formula"))

    def _call(self, name: str, arguments: list[Any]) -> float:
        if name in ("if_", "where") and len(arguments) == 3:
            return self._node(arguments[1 if self._node(arguments[0]) else 2])
        if name not in FUNCTIONS or (self.fold and name == "log"):  # ln or lg: programs differ
            raise FormulaError(say("the function '{name}' is not known", name=name))
        return float(FUNCTIONS[name](*map(self._node, arguments)))


def _python(text: str) -> str:
    """Write a formula of openLCA as Python does; one of Python stays as it is."""
    text = text.strip().lstrip("=").replace("^", "**").replace(";", ",").replace("<>", "!=")
    text = re.sub(r"(?<![<>=!])=(?!=)", "==", text)
    text = re.sub(r"\bif\s*\(", "if_(", text, flags=re.I)
    return re.sub(r"\b(and|or|not)\b", lambda match: match.group().lower(), text, flags=re.I)
