"""The verbs before a calculation as functions: example, validate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union

from lca_cardato.api.notebook import Brief, Shown, table_of
from lca_cardato.errors import InputError, Problem
from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.at_once import all_at_once
from lca_cardato.model.resolve import resolve
from lca_cardato.results.notices import notices
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.shipped import shipped_scenario
from lca_cardato.words.language import Language


@dataclass(repr=False)
class Validation(Shown):
    """What is wrong with a scenario, or how many figures it leaves to the inventory.

    Attributes
    ----------
    name : str
        Name of the file.
    problems : list of Problem
        All that is wrong; empty when it can be calculated.
    figures : int
        Figures of the calculation.
    defaults : list of str
        Keys of the figures that the inventory gives.
    warnings : list of str
    notices : list of dict
        What was questioned and what is the user's own; see `lca_cardato.results.notices.notices`.
    """

    name: str
    problems: list[Problem] = field(default_factory=list)
    figures: int = 0
    defaults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)

    @property
    def valid(self) -> bool:
        """Whether it can be calculated."""
        return not self.problems

    def table(self) -> Any:
        """Give the problems as a pandas table, a row each."""
        names = ("code", "line", "key", "value", "message", "suggestion")
        rows = [[getattr(p, name) for name in names] for p in self.problems]
        return table_of(rows, list(names))

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        if self.problems:
            rows = [[p.code, str(p.line or ""), p.key, p.message, p.value, p.suggestion]
                    for p in self.problems]  # fmt: skip
            columns = ["code", "line", "key", "what is wrong", "typed", "cure"]
            return Brief(self.name, [f"{len(rows)} problems"], columns, rows)
        told = [f"valid, {self.figures} figures, {len(self.defaults)} of them defaults"]
        first = " ".join(item["text"] for item in self.notices)
        return Brief(self.name, told + self.warnings, first=first)


def validate(
    source: Union[str, Path, Mapping[str, Any]],
    inventories: Optional[Union[str, Path]] = None,
    lang: str = "en",
) -> Validation:
    """Check a scenario without calculating; problems are given back, not raised.

    Parameters
    ----------
    source : path or mapping
    inventories : path, optional
        Own folder of inventory files.
    lang : str
        Language of the warnings, ``"en"`` or ``"it"``.

    Returns
    -------
    Validation

    Raises
    ------
    DiskError
        The file can't be read.
    """
    name = "scenario" if isinstance(source, Mapping) else Path(source).name
    extra = Path(inventories) if inventories is not None else None
    inventory = load_inventory(extra=extra)
    try:
        with all_at_once(extra):
            model = resolve(load_scenario(source), inventory)
    except InputError as error:
        return Validation(name, list(error.problems))
    words = Language(lang)
    return Validation(
        name, [], len(model.parameters),
        [p.key for p in model.parameters.values() if p.origin == "default"],
        [words(code, **arguments) for code, arguments in model.warnings],
        notices(model.questions, inventory, words),
    )  # fmt: skip


def example(name: str) -> Path:
    """Give the path of a shipped scenario or space.

    Parameters
    ----------
    name : str
        Such as ``recycled-wool-70``, or ``blends.space`` for the space.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        ``E215``: no such scenario is shipped.

    Examples
    --------
    >>> from lca_cardato import api
    >>> api.example("virgin-wool").name
    'virgin-wool.yaml'
    """
    return shipped_scenario(name)
