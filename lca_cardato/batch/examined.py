"""Questions of many rows at once: what no axis changes is asked once, the rest on arrays."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Iterable, Mapping

import numpy as np

from lca_cardato.batch.bind import Bindings
from lca_cardato.claims.questioned import RESTS_ON, rests_on, subject
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.checks import MEAN_COUNT, Check, count_key, price_key, values_of_model
from lca_cardato.model.examine import checks_of, held_against, reason_of, spot_of
from lca_cardato.model.questions import Question
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import share_key
from lca_cardato.sentence import joined, say
from lca_cardato.text.yamltree import Document, dotted

MOST = 62
"""Checks that a number of 64 bits holds."""


@dataclass
class Found:
    """Questions of rows.

    Attributes
    ----------
    count : int or ndarray
        Values that are questioned and have no reason.
    held : dict
        Kind of criterion -> whether it rests on one of them, bool or ndarray.
    beyond : int or ndarray
        Row -> number of a set of `sets`; 0 where nothing is refused.
    sets : dict
        Number -> text of the problem of rows that a single scenario would refuse.
    """

    count: Any
    held: dict[str, Any]
    beyond: Any = 0
    sets: dict[int, str] = field(default_factory=dict)


@dataclass
class Examination:
    """What is asked about the rows of one product system.

    Attributes
    ----------
    constants : dict
        Values of the system that was resolved.
    fixed : list of str
        Subject of each question that no axis changes.
    moving : list of Check
        Checks of the values that an axis changes, or whose limit it moves.
    places : dict
        Path of each of them -> its place in the scenario, as an error names it.
    """

    constants: dict[str, Any]
    fixed: list[str] = field(default_factory=list)
    moving: list[Check] = field(default_factory=list)
    places: dict[tuple, str] = field(default_factory=dict)

    def find(self, values: Mapping[str, Any], prices: Mapping[str, Any]) -> Found:
        """Examine rows.

        Parameters
        ----------
        values : mapping
            Parameter -> float or ndarray of shape (rows,).
        prices : mapping
            Blend line -> EUR per kg.
        """
        found = of_subjects(self.fixed)
        if not self.moving:
            return found
        every = {**self.constants, **values}
        every.update({price_key(line): price for line, price in prices.items()})
        outside: dict[tuple, Any] = {}
        for place, check in enumerate(self.moving):
            here = check.outside(every)
            if np.any(here):
                unanswered = _unanswered(check, every)
                outside[check.path] = outside.get(check.path, False) | here & unanswered
                found.beyond = found.beyond + (check.refused(every) & unanswered) * (1 << place)
        for path, here in outside.items():
            found.count = found.count + here
            for kind in RESTS_ON:
                if rests_on(kind, (subject(path),)):
                    found.held[kind] = found.held[kind] | here
        for number in np.unique(found.beyond).tolist():
            if number:
                found.sets[number] = self._text(number)
        return found

    def _text(self, number: int) -> str:
        """Say what is refused in rows of a set: of each value the first limit."""
        first: dict[str, str] = {}
        for place, check in enumerate(self.moving):
            if number >> place & 1:
                first.setdefault(self.places[check.path], check.limit)
        return refused_text(first.items())


def _unanswered(check: Check, values: Mapping[str, Any]) -> Any:
    """Where no outlier that has a reason answers; the causes are those with one."""
    open_: Any = True
    for _, is_outlier in check.causes:
        open_ = open_ & np.logical_not(is_outlier(values))
    return open_


def refused_text(beyond: Iterable[tuple[str, str]]) -> str:
    """Write the problem of a row that is refused."""
    texts = [
        say("E116 {place}: beyond what {limit} allows", place=place, limit=limit)
        for place, limit in beyond
    ]
    return joined(texts[:3])


def of_subjects(subjects: list[str]) -> Found:
    """Questions that are the same in all rows."""
    return Found(len(subjects), {kind: rests_on(kind, subjects) for kind in RESTS_ON})


def of_questions(questions: Iterable[Question]) -> Found:
    """Questions of one scenario."""
    return of_subjects([subject(item.path) for item in questions if item.open])


def examination(bindings: Bindings, document: Document, inventory: Inventory) -> Examination:
    """Part the checks of a product system into those that an axis moves and the others.

    Parameters
    ----------
    bindings : Bindings
    document : Document
        Scenario of the row that was resolved.
    inventory : Inventory
    """
    model, keys = bindings.model, _moved(bindings)
    checks = checks_of(model, inventory)
    here = held_against(model, document, checks)
    paths = {check.path for check in checks if not keys.isdisjoint(check.uses)} | {*here.refused}
    moving = [
        replace(check, causes=tuple(one for one in check.causes if reason_of(model, one[0])))
        for check in checks
        if check.path in paths and not reason_of(model, check.path)
    ]
    fixed = [subject(q.path) for q in here.questions if q.open and q.path not in paths]
    places = {check.path: dotted(spot_of(document, check.path)) for check in moving}
    return Examination(values_of_model(model), fixed, moving[:MOST], places)


def _moved(bindings: Bindings) -> set[str]:
    """Keys of the values that an axis changes."""
    model: ProductModel = bindings.model
    keys: set[str] = set()
    for item in bindings.items:
        if item.kind == "share":
            for yarn in model.yarns:
                keys |= {share_key(line) for line in yarn.lines}
        elif item.kind == "count":
            keys |= {MEAN_COUNT, *(count_key(yarn) for yarn in model.yarns)}
        elif item.kind == "price":
            keys.add(price_key(item.key))
        elif item.kind == "photovoltaic":
            keys |= {key for _, key in model.electricity}
        else:
            keys.add(item.key)
    for one in model.derived:
        if one.base in keys or (one.less is not None and one.less.key in keys):
            keys.add(one.key)
    return keys
