"""A report is made by the kind of a result; the table of kinds names classes that are there."""

from importlib import import_module

import pytest

from lca_cardato import api
from lca_cardato.api.dressed import Dressed
from lca_cardato.api.reports import MAKERS, report_of


def test_every_kind_is_a_class():
    for name in MAKERS:
        module, _, kind = name.rpartition(".")
        assert isinstance(getattr(import_module(module), kind), type), name


def test_every_verb_that_calculates_has_a_report():
    verbs = ("assess", "batch", "compare", "measure_next", "optimise", "season", "sensitivity",
             "uncertainty")  # fmt: skip
    assert set(verbs) <= set(api.__all__)
    dressed = [kind for kind in Dressed.__subclasses__() if kind.__name__ not in ("Reproduction",)]
    assert len(dressed) == len(verbs) == len(MAKERS)
    for kind in dressed:
        bases = {f"{base.__module__}.{base.__qualname__}" for base in kind.__mro__}
        assert len(bases & set(MAKERS)) == 1, kind


def test_of_anything_else_there_is_none():
    with pytest.raises(TypeError, match="no report of int"):
        report_of(3)
